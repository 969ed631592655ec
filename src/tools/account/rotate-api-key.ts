import * as z from 'zod';
import { rotateApiKey as rotate } from '../../client/api/api-keys.js';
import { activeApiKeys, apiKeyNamed, describeApiKey, labelOf } from '../../inventory/api-keys.js';
import { defineChange } from '../tool.js';
import { lastUse } from './last-use.js';
import { ApiKeyRef } from './params.js';

export const rotateApiKey = defineChange({
  name: 'rotate_api_key',
  title: 'Rotate an API key',
  effect: 'disrupt',
  settledBy: 'list_api_keys',
  toolset: 'account',
  covers: ['rotateApiKey'],
  description:
    'Give an API key a new secret, which the user gets outside the conversation. The old one stops at once; its rights stay.',
  input: z.strictObject({ key: ApiKeyRef }),
  output: z.looseObject({
    label: z.string(),
    id: z.string(),
    prefix: z.string().nullable(),
    previous_prefix: z.string().nullable(),
    key_in: z.string().nullable().describe('Where the user finds the key'),
  }),

  async plan({ client, secrets, signal }, { key }) {
    const found = apiKeyNamed(key, await activeApiKeys(client, { signal }));
    await secrets.ready();
    return {
      what: `Give the API key ${describeApiKey(found)} a new secret`,
      consequences: [lastUse(found), 'The old secret is dead from then on; put the new one wherever it is used.'],
      name: labelOf(found),
      state: { id: found.id, label: found.label, prefix: found.prefix },
      subject: found,
    };
  },

  async apply({ client, secrets }, { subject }) {
    const { secret, prefix } = await client.call(rotate, { params: { id: subject.id } });
    const label = labelOf(subject);
    const key_in = secret && (await secrets.deliver(`Gigahost API key "${label}", new secret`, { 'API key': secret }));
    return { label, id: subject.id, prefix, previous_prefix: subject.prefix, key_in };
  },

  say: ({ label, id, prefix, key_in }) =>
    `The API key "${label}" (id ${id}) has a new secret${prefix ? `, which begins ${prefix}` : ''}; the old one is refused from now on. ${
      key_in
        ? `The key is in ${key_in}; Gigahost shows it only this once. Do not rotate it again: that would kill this one.`
        : 'Gigahost did not return it, so nobody knows it: rotate_api_key makes another one.'
    }`,
});
