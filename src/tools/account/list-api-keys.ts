import * as z from 'zod';
import { activeApiKeys, labelOf, namesIn, permissionWords } from '../../inventory/api-keys.js';
import { Cursor } from '../params.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { defineRead } from '../tool.js';

const COLUMNS = ['label', 'id', 'prefix', 'may', 'last_used_at', 'last_used_ip', 'expires_at', 'created_at'];

export const listApiKeys = defineRead({
  name: 'list_api_keys',
  title: 'List API keys',
  effect: 'read',
  toolset: 'account',
  covers: ['listApiKeys', 'getApiKey'],
  description: 'List the API keys of the account: what each may do, when it was used and when it ends.',
  input: z.strictObject({ cursor: Cursor }),
  output: z.looseObject(TableOutput),

  async read({ client, inventory, signal }, { cursor }) {
    const keys = await activeApiKeys(client, { signal });
    const names = await namesIn(keys, inventory, { signal });
    const rows = keys.map(key => [
      labelOf(key),
      key.id,
      key.prefix,
      permissionWords(key, names, inventory.whole),
      key.last_used_at,
      key.last_used_ip,
      key.expires_at,
      key.created_at,
    ]);
    return page(COLUMNS, rows, { cursor, key: ['api keys'] });
  },

  say: output => tableWords(output, 'API keys'),
});
