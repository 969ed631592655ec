import * as z from 'zod';
import { grantUserServer, revokeUserServer, updateUser, type User } from '../../client/api/users.js';
import { InputError } from '../../inventory/input-error.js';
import { describeServer } from '../../inventory/state.js';
import { theOne } from '../../inventory/the-one.js';
import {
  ACCESS_LEVELS,
  describeUser,
  listUsers,
  nameOfAssigned,
  readUser,
  seenServers,
  userNamed,
} from '../../inventory/users.js';
import { defineChange } from '../tool.js';
import { mayGive, MEANS } from './access.js';
import { Access, ServerRefs, UserRef } from './params.js';
import { stepByStep } from './steps.js';

type Assigned = User['servers'][number];

/** Names in one order, each once: what is undone must read the same. */
const namesOf = (rows: readonly Assigned[]): string[] => [...new Set(rows.map(nameOfAssigned))].sort();

const levelOf = (access: string | null) => ACCESS_LEVELS.find(level => level === access?.toLowerCase());

export const setUserAccess = defineChange({
  name: 'set_user_access',
  title: 'Set a user’s access',
  effect: 'disrupt',
  settledBy: 'list_users',
  toolset: 'account',
  covers: ['grantUserServer', 'revokeUserServer'],
  partly: ['updateUser'],
  description: 'Change the access level of a user, and give or take servers. What is not named stays.',
  input: z.strictObject({
    user: UserRef,
    access: Access.optional(),
    add_servers: ServerRefs.optional().describe('By name or id'),
    remove_servers: ServerRefs.optional().describe('By name or id'),
  }),
  output: z.looseObject({
    user: z.string(),
    id: z.string(),
    access: z.string().nullable().describe('As read back'),
    previous_access: z.string().nullable(),
    servers: z.array(z.string()).describe('As read back'),
    previous_servers: z.array(z.string()),
    problem: z.string().nullable().describe('What could not be done'),
  }),

  async plan({ client, inventory, signal }, { user, access, add_servers = [], remove_servers = [] }) {
    mayGive(access, inventory);
    const [users, seen] = await Promise.all([listUsers(client, { signal }), seenServers(inventory, { signal })]);
    const found = userNamed(user, users);
    const [now, wanted] = await Promise.all([
      readUser(client, found, seen, { signal }),
      Promise.all(add_servers.map(server => inventory.server(server, { signal }))),
    ]);
    const has = (id: string) => now.servers.some(({ server_id }) => server_id === id);
    const given = [...new Map(wanted.map(server => [server.id, server])).values()].filter(({ id }) => !has(id));
    const taken = assignmentsOf(remove_servers, now.servers, found.name);
    const before = now.access ?? found.access;
    const level = access !== undefined && access !== levelOf(before) ? access : undefined;
    if (level !== undefined && isOnlyAdmin(found.id, users))
      throw new InputError(
        `${describeUser(found)} is the only admin; the account must keep one. Make another one first.`,
      );
    const login = now.login ?? found.login;
    if (level !== undefined && login === null)
      throw new InputError(`Gigahost does not tell the login of ${found.name}, without which the level cannot be set.`);
    if (level === undefined && given.length === 0 && taken.length === 0)
      throw new InputError(
        `There is nothing to change: ${describeUser(found)} has the access level ${before ?? 'unknown'} and ${namesOf(now.servers).join(', ') || 'no server'}.`,
      );
    return {
      what: `Change what ${describeUser(found)} may do`,
      consequences: [
        level && `The access level changes from ${before ?? 'unknown'} to ${level}. ${MEANS[level]}`,
        given.length > 0 && `Gets ${given.map(describeServer).join(', ')}.`,
        taken.length > 0 && `Loses ${namesOf(taken).join(', ')}, at once.`,
        `Then has ${namesOf([...now.servers.filter(row => !taken.includes(row)), ...given.map(assignedTo)]).join(', ') || 'no server'}.`,
      ].filter(line => line !== false && line !== undefined),
      targets: given.length + taken.length + (level === undefined ? 0 : 1),
      name: found.name,
      state: { id: found.id, access: before, name: now.name, login, servers: now.servers.map(row => row.relation_id) },
      subject: { user: found, login, level, before, given, taken, servers: namesOf(now.servers) },
    };
  },

  undo: {
    before: ({ before, servers }) => ({ access: before, servers: servers.join(', ') }),
    after: ({ access, servers }) => ({ access, servers: servers.join(', ') }),
    arguments: ({ user, level, before, given, taken }) => {
      const access = levelOf(before);
      if (level !== undefined && access === undefined) return undefined;
      const takenIds = [...new Set(taken.flatMap(({ server_id }) => server_id ?? []))];
      return {
        user: user.id,
        ...(level !== undefined && { access }),
        ...(takenIds.length > 0 && { add_servers: takenIds }),
        ...(given.length > 0 && { remove_servers: given.map(({ id }) => id) }),
      };
    },
  },

  async apply({ client, inventory }, { subject: { user, login, level, before, given, taken, servers } }) {
    const params = { id: user.id };
    const problem = await stepByStep(
      [
        ...given.map(({ id, name }) => ({
          what: `give ${name}`,
          run: () => client.call(grantUserServer, { params, body: { srv_id: id } }),
        })),
        ...(level === undefined || login === null
          ? []
          : [
              {
                what: `set the access level ${level}`,
                run: () =>
                  client.call(updateUser, {
                    params,
                    body: { contact_name: user.name, contact_username: login, contact_access_level: level },
                  }),
              },
            ]),
        ...taken.map(row => ({
          what: `take ${nameOfAssigned(row)}`,
          run: () => client.call(revokeUserServer, { params: { ...params, relation_id: row.relation_id } }),
        })),
      ],
      { alone: true },
    );
    const now = await readUser(client, user, await seenServers(inventory));
    return {
      user: user.name,
      id: user.id,
      access: now.access,
      previous_access: before,
      servers: namesOf(now.servers),
      previous_servers: servers,
      problem,
    };
  },

  say: ({ user, access, previous_access, servers, previous_servers, problem }) =>
    [
      `${user} now has the access level ${access ?? 'unknown'} (before: ${previous_access ?? 'unknown'}) and ${servers.join(', ') || 'no server'} (before: ${previous_servers.join(', ') || 'none'}).`,
      problem && `Not all was done: ${problem}. Call again for the rest once that is mended.`,
    ]
      .filter(Boolean)
      .join(' '),
});

const isOnlyAdmin = (
  id: string,
  users: readonly { readonly id: string; readonly access: string | null }[],
): boolean => {
  const admins = users.filter(({ access }) => levelOf(access) === 'admin');
  return admins.length === 1 && admins[0]?.id === id;
};

const assignedTo = ({ id, name }: { readonly id: string; readonly name: string }): Assigned => ({
  relation_id: '',
  server_id: id,
  server: name,
  address: null,
});

/** All assignments of the servers that are called so: giving twice may have made two (contract `grantUserServer`). */
function assignmentsOf(references: readonly string[], rows: readonly Assigned[], user: string): Assigned[] {
  const once = [...new Map(rows.map(row => [row.server_id, row])).values()];
  if (references.length > 0 && once.length === 0) throw new InputError(`No server is given to ${user}.`);
  const ids = references.map(
    reference =>
      theOne(reference, once, {
        nouns: [`server given to ${user}`, `servers given to ${user}`],
        idOf: ({ server_id }) => server_id ?? '',
        namesOf: ({ server, address }) => [server, address],
      }).server_id,
  );
  return rows.filter(({ server_id }) => ids.includes(server_id));
}
