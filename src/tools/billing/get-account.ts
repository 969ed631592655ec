import * as z from 'zod';
import { AccountView } from '../../inventory/account.js';
import { fit } from '../../words/fit.js';
import { defineRead } from '../tool.js';

const namesOf = (settings: Readonly<Record<string, boolean | null>>, wanted: boolean): string =>
  Object.entries(settings)
    .flatMap(([name, on]) => (on === wanted ? [name] : []))
    .join(', ');

export const getAccount = defineRead({
  name: 'get_account',
  title: 'Show the account',
  effect: 'read',
  toolset: 'billing',
  covers: ['getLegacyAccount'],
  description: 'Show the customer account: owner, contact details, users, SSH keys, orders and notification settings.',
  input: z.strictObject({}),
  output: AccountView,
  read: async ({ inventory, signal }) => fit(await inventory.account({ signal })),

  say: account => [
    {
      facts: [
        ['customer', account.id],
        ['name', account.name],
        ['company number', account.company_number],
        ['address', account.address],
        ['phone', account.phone],
        ['e-mail', account.email],
        ['billing e-mail', account.billing_email],
        ['notifications on', namesOf(account.notifications, true)],
        ['notifications off', namesOf(account.notifications, false)],
      ],
    },
    account.users_total > 0 && {
      title: `Users (${account.users.length} of ${account.users_total})`,
      columns: ['name', 'login', 'access', 'two-factor'],
      rows: account.users.map(user => [user.name, user.login, user.access, user.two_factor]),
    },
    account.ssh_keys_total > 0 && {
      title: `SSH keys (${account.ssh_keys.length} of ${account.ssh_keys_total})`,
      columns: ['name', 'id', 'added'],
      rows: account.ssh_keys.map(key => [key.name, key.id, key.added_at]),
    },
    account.passkeys_total > 0 && {
      title: `Passkeys (${account.passkeys.length} of ${account.passkeys_total})`,
      columns: ['name', 'last used'],
      rows: account.passkeys.map(key => [key.name, key.last_used_at ?? 'never']),
    },
    account.orders_total > 0 && {
      title: `Orders (${account.orders.length} of ${account.orders_total})`,
      columns: ['number', 'status', 'cycle', 'products'],
      rows: account.orders.map(order => [order.number, order.status, order.cycle, order.products.join('; ')]),
    },
    account.orders.length < account.orders_total && 'get_server shows the order behind each server.',
    account.limited &&
      'This credential may read the profile only; SSH keys, orders and settings are not visible to it.',
  ],
});
