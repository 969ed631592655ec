import * as z from 'zod';
import { some } from '../../inventory/some.js';
import { listUsers as list, nameOfAssigned, readUser, seenServers } from '../../inventory/users.js';
import { Cursor } from '../params.js';
import { TableOutput, tableWords } from '../../words/table.js';
import { defineRead } from '../tool.js';
import { detailedPage } from './detailed-page.js';

const COLUMNS = ['name', 'id', 'login', 'access', 'active', 'two_factor', 'servers'];

export const listUsers = defineRead({
  name: 'list_users',
  title: 'List users',
  effect: 'read',
  toolset: 'account',
  covers: ['getUser'],
  description: 'List who may sign in to the account, with access level and the servers given to them.',
  input: z.strictObject({ cursor: Cursor }),
  output: z.looseObject(TableOutput),

  async read({ client, inventory, signal }, { cursor }) {
    const [users, seen] = await Promise.all([list(client, { signal }), seenServers(inventory, { signal })]);
    return detailedPage(
      COLUMNS,
      users,
      async user => {
        const { active, two_factor, access, servers } = await readUser(client, user, seen, { signal });
        return [
          user.name,
          user.id,
          user.login,
          access ?? user.access,
          active,
          two_factor ?? user.twoFactor,
          some(servers.map(nameOfAssigned)) || null,
        ];
      },
      { cursor, key: ['users'] },
    );
  },

  say: output => [...tableWords(output, 'users'), 'admin may do everything; server only sees the servers given to it.'],
});
