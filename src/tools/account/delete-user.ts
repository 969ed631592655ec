import * as z from 'zod';
import { deleteUser as remove } from '../../client/api/users.js';
import { describeUser, listUsers, nameOfAssigned, readUser, seenServers, userNamed } from '../../inventory/users.js';
import { some } from '../../inventory/some.js';
import { defineChange } from '../tool.js';
import { UserRef } from './params.js';

export const deleteUser = defineChange({
  name: 'delete_user',
  title: 'Delete a user',
  effect: 'destroy',
  settledBy: 'list_users',
  toolset: 'account',
  covers: ['deleteUser'],
  description: 'Delete a user of the account for good. Their servers stay.',
  input: z.strictObject({ user: UserRef }),
  output: z.looseObject({ user: z.string(), id: z.string(), still_listed: z.boolean(), remaining: z.number() }),

  async plan({ client, inventory, signal }, { user }) {
    const [users, seen] = await Promise.all([listUsers(client, { signal }), seenServers(inventory, { signal })]);
    const found = userNamed(user, users);
    const now = await readUser(client, found, seen, { signal });
    const servers = some(now.servers.map(nameOfAssigned));
    return {
      what: `Delete the user ${describeUser(found)}`,
      consequences: [
        `They can no longer sign in. The access level was ${now.access ?? found.access ?? 'unknown'}${servers && `, with ${servers}`}; the servers themselves stay.`,
        'To let them in again they have to be invited anew. set_user_access can take servers without deleting the user.',
      ],
      name: found.name,
      state: { id: found.id, name: found.name, login: found.login, access: now.access, servers },
      subject: found,
    };
  },

  async apply({ client }, { subject: { id, name } }) {
    await client.call(remove, { params: { id } });
    const left = await listUsers(client);
    const still_listed = left.some(user => user.id === id);
    return { user: name, id, still_listed, remaining: left.length - (still_listed ? 1 : 0) };
  },

  say: ({ user, id, still_listed, remaining }) =>
    still_listed
      ? `Gigahost accepted deleting the user ${user} (id ${id}), but still lists them. Look again with list_users; do not delete again.`
      : `The user ${user} (id ${id}) is deleted; ${remaining} remain${remaining === 1 ? 's' : ''}. Passwords and keys they knew of servers keep working: change those.`,
});
