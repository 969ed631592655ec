import * as z from 'zod';
import { updateNotificationPreferences } from '../../client/api/account-settings.js';
import { getAccount, type Account } from '../../client/api/account.js';
import { InputError } from '../../inventory/input-error.js';
import { defineChange } from '../tool.js';

type Preferences = Account['notifications'];
type Name = keyof Preferences;
const NAMES = ['newsletter', 'incidents', 'bandwidth', 'login', 'renewal'] as const satisfies readonly Name[];

/** Those of the preferences that are named. */
const only = (names: readonly Name[], from: Preferences): Partial<Preferences> =>
  Object.fromEntries(names.map(name => [name, from[name]]));

const preference = (what: string) => z.boolean().optional().describe(what);

export const setNotifications = defineChange({
  name: 'set_notifications',
  title: 'Set notifications',
  effect: 'update',
  settledBy: 'get_account',
  toolset: 'account',
  covers: ['updateNotificationPreferences'],
  description: 'Choose which e-mails Gigahost sends to the account. What is not named stays.',
  input: z.strictObject({
    newsletter: preference('News'),
    incidents: preference('Incidents'),
    bandwidth: preference('Traffic use'),
    login: preference('Each sign-in'),
    renewal: preference('Services about to renew'),
  }),
  output: z.looseObject({
    notifications: z.record(z.string(), z.boolean().nullable()).describe('Those named, as read back'),
    previous: z.record(z.string(), z.boolean().nullable()),
  }),

  async plan({ client, signal }, args) {
    const names = NAMES.filter(name => args[name] !== undefined);
    if (names.length === 0) throw new InputError(`Name at least one of ${NAMES.join(', ')}.`);
    const { notifications: now } = await client.call(getAccount, {}, { signal });
    const unknown = NAMES.filter(name => now[name] === null && args[name] === undefined);
    if (unknown.length > 0)
      throw new InputError(
        `Gigahost wants all preferences at once and does not tell how ${unknown.join(', ')} ${unknown.length === 1 ? 'is' : 'are'} set: name ${unknown.length === 1 ? 'it' : 'them'} too.`,
      );
    return {
      what: `Set ${names.map(name => `the notification ${name} ${args[name] ? 'on' : 'off'}`).join(', ')}`,
      consequences: [],
      name: 'notifications',
      state: now,
      subject: { names, now },
    };
  },

  undo: {
    before: ({ names, now }) => only(names, now),
    after: ({ notifications }) => notifications,
    arguments: ({ names, now }) => (names.some(name => now[name] === null) ? undefined : only(names, now)),
  },

  async apply({ client }, { subject: { names, now } }, args) {
    const flag = (name: Name): 0 | 1 => ((args[name] ?? now[name]) ? 1 : 0);
    await client.call(updateNotificationPreferences, {
      body: {
        cust_newsletter: flag('newsletter'),
        cust_incident: flag('incidents'),
        cust_bandwidth_notification: flag('bandwidth'),
        cust_email_on_login: flag('login'),
        cust_notify_service_renewal: flag('renewal'),
      },
    });
    const { notifications } = await client.call(getAccount, {});
    return { notifications: only(names, notifications), previous: only(names, now) };
  },

  say: ({ notifications, previous }) => [
    {
      title: 'Notifications',
      columns: ['preference', 'now', 'before'],
      rows: Object.entries(notifications).map(([name, now]) => [name, onOff(now), onOff(previous[name] ?? null)]),
    },
  ],
});

const onOff = (value: boolean | null): string => (value === null ? 'unknown' : value ? 'on' : 'off');
