import * as z from 'zod';
import { listSshKeys as list } from '../../inventory/ssh-keys.js';
import { Cursor } from '../params.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { defineRead } from '../tool.js';

export const listSshKeys = defineRead({
  name: 'list_ssh_keys',
  title: 'List SSH keys',
  effect: 'read',
  toolset: 'account',
  description: 'List the SSH public keys of the account with type and fingerprint.',
  input: z.strictObject({ cursor: Cursor }),
  output: z.looseObject(TableOutput),

  async read({ client, signal }, { cursor }) {
    const keys = await list(client, { signal });
    const rows = keys.map(({ id, name, addedAt, key }) => [
      name,
      id,
      key?.kind ?? null,
      key?.fingerprint ?? null,
      key?.comment ?? null,
      addedAt,
    ]);
    return page(['name', 'id', 'type', 'fingerprint', 'comment', 'added_at'], rows, { cursor, key: ['ssh keys'] });
  },

  say: output => tableWords(output, 'SSH keys'),
});
