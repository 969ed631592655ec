import * as z from 'zod';
import { revokeApiKey as revoke } from '../../client/api/api-keys.js';
import { activeApiKeys, apiKeyNamed, describeApiKey, labelOf } from '../../inventory/api-keys.js';
import { defineChange } from '../tool.js';
import { lastUse } from './last-use.js';
import { ApiKeyRef } from './params.js';

export const revokeApiKey = defineChange({
  name: 'revoke_api_key',
  title: 'Revoke an API key',
  effect: 'disrupt',
  settledBy: 'list_api_keys',
  toolset: 'account',
  covers: ['revokeApiKey'],
  description: 'Revoke an API key for good. Whatever uses it stops at once.',
  input: z.strictObject({ key: ApiKeyRef }),
  output: z.looseObject({ label: z.string(), id: z.string(), still_listed: z.boolean() }),

  async plan({ client, signal }, { key }) {
    const found = apiKeyNamed(key, await activeApiKeys(client, { signal }));
    return {
      what: `Revoke the API key ${describeApiKey(found)}`,
      consequences: [lastUse(found), 'It cannot be made valid again. rotate_api_key would keep it, with a new secret.'],
      name: labelOf(found),
      state: { id: found.id, label: found.label, prefix: found.prefix },
      subject: found,
    };
  },

  async apply({ client }, { subject }) {
    await client.call(revoke, { params: { id: subject.id } });
    const left = await activeApiKeys(client);
    return { label: labelOf(subject), id: subject.id, still_listed: left.some(({ id }) => id === subject.id) };
  },

  say: ({ label, id, still_listed }) =>
    still_listed
      ? `Gigahost accepted revoking the API key "${label}" (id ${id}), but still lists it as valid. Look again with list_api_keys.`
      : `The API key "${label}" (id ${id}) is revoked: the next request with it is refused.`,
});
