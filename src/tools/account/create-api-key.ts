import * as z from 'zod';
import { createApiKey as create } from '../../client/api/api-keys.js';
import { activeApiKeys, describeApiKey, labelOf } from '../../inventory/api-keys.js';
import { InputError } from '../../inventory/input-error.js';
import { NewName } from '../params.js';
import { defineChange } from '../tool.js';
import { CATEGORIES, isPermission, mayGrant, permissionsOf } from './api-key-permissions.js';
import { ServerRefs, ZoneRefs } from './params.js';

const DAY_SECONDS = 24 * 3600;

export const createApiKey = defineChange({
  name: 'create_api_key',
  title: 'Create an API key',
  effect: 'create',
  settledBy: 'list_api_keys',
  toolset: 'account',
  partly: ['createApiKey'],
  description:
    'Create an API key with the rights named and no others. The user gets the secret outside the conversation; the result says where.',
  input: z.strictObject({
    label: NewName.describe('What it is for'),
    permissions: z
      .array(z.string())
      .refine(
        words => words.length > 0 && words.every(isPermission),
        `must be categories (${CATEGORIES.join(', ')}) with :read or :write, such as servers:read`,
      )
      .describe('Such as servers:read, dns:write; also webhosting, billing, account, support, racks'),
    servers: ServerRefs.optional().describe('Only these, by name or id; default: all'),
    zones: ZoneRefs.optional().describe('Only these; default: all'),
    expires_in_days: z.int().min(1).max(3650).optional().describe('Default: never'),
  }),
  output: z.looseObject({
    label: z.string(),
    id: z.string().nullable().describe('Null while Gigahost does not list it yet'),
    prefix: z.string().nullable().describe('Beginning of the key, to tell it by'),
    expires_at: z.string().nullable(),
    key_in: z.string().nullable().describe('Where the user finds the key'),
  }),

  async plan({ client, inventory, secrets, signal }, { label, permissions, servers, zones }) {
    if (!inventory.whole) mayGrant(permissions, { servers, dns: zones });
    const [keys, serverLimit, zoneLimit] = await Promise.all([
      activeApiKeys(client, { signal }),
      servers && Promise.all(servers.map(server => inventory.server(server, { signal }))),
      zones && Promise.all(zones.map(zone => inventory.zones.find(zone, { signal }))),
    ]);
    const allowed = permissionsOf(permissions, { servers: serverLimit, dns: zoneLimit });
    const namesake = keys.find(key => labelOf(key).toLowerCase() === label.toLowerCase());
    if (namesake)
      throw new InputError(
        `There is an API key of that label, ${describeApiKey(namesake)}. Choose another label, or give that one a new secret with rotate_api_key.`,
      );
    await secrets.ready();
    return {
      staysWithin: true,
      what: `Create the API key "${label}"`,
      consequences: [],
      name: label,
      state: { keys: keys.map(({ id }) => id) },
      subject: allowed,
    };
  },

  async apply({ client, secrets }, { subject }, { label, expires_in_days: days }) {
    const expires_at = days === undefined ? undefined : Math.floor(Date.now() / 1000) + days * DAY_SECONDS;
    const body = { label, permissions: subject, ...(expires_at !== undefined && { expires_at }) };
    const made = await client.call(create, { body });
    const key_in = made.secret && (await secrets.deliver(`Gigahost API key "${label}"`, { 'API key': made.secret }));
    const { prefix } = made;
    const id = await activeApiKeys(client).then(
      keys => keys.find(key => (prefix === null ? key.label === label : key.prefix === prefix))?.id ?? null,
      () => null,
    );
    return { label, id, prefix, expires_at: made.expires_at, key_in };
  },

  say: ({ label, id, prefix, expires_at, key_in }) =>
    [
      `The API key "${label}"${id === null ? '' : ` (id ${id}${prefix ? `, ${prefix}…` : ''})`} is created and ${expires_at ? `ends at ${expires_at}` : 'does not end by itself'}.`,
      key_in
        ? `The key is in ${key_in}; Gigahost shows it only this once.`
        : 'Gigahost did not return the key, and shows it only once: revoke it with revoke_api_key.',
    ].join(' '),
});
