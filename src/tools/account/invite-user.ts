import * as z from 'zod';
import { grantUserServer, inviteUser as invite } from '../../client/api/users.js';
import { emailAddress } from '../../client/fields.js';
import { InputError } from '../../inventory/input-error.js';
import { describeServer } from '../../inventory/state.js';
import { describeUser, listUsers, nameOfAssigned, readUser, seenServers } from '../../inventory/users.js';
import { NewName } from '../params.js';
import { defineChange } from '../tool.js';
import { mayGive, MEANS } from './access.js';
import { Access, ServerRefs } from './params.js';
import { stepByStep } from './steps.js';

export const inviteUser = defineChange({
  name: 'invite_user',
  title: 'Invite a user',
  /** Lets somebody in: a person has to agree, as with what disrupts. */
  effect: 'disrupt',
  settledBy: 'list_users',
  toolset: 'account',
  covers: ['inviteUser'],
  description: 'Invite somebody to the account by e-mail, with an access level and, if wanted, servers.',
  input: z.strictObject({
    name: NewName.describe('The person’s name'),
    email: emailAddress.max(253).describe('Becomes the login'),
    access: Access,
    servers: ServerRefs.optional().describe('Servers to give, by name or id'),
  }),
  output: z.looseObject({
    user: z.string(),
    id: z.string().nullable().describe('Null while Gigahost does not list the user yet'),
    login: z.string(),
    access: z.string(),
    servers: z.array(z.string()),
    problem: z.string().nullable().describe('What could not be done after the invitation'),
  }),

  async plan({ client, inventory, signal }, { name, email, access, servers = [] }) {
    mayGive(access, inventory);
    const [users, given] = await Promise.all([
      listUsers(client, { signal }),
      Promise.all(servers.map(server => inventory.server(server, { signal }))),
    ]);
    const present = users.find(({ login }) => login?.toLowerCase() === email.toLowerCase());
    if (present)
      throw new InputError(`${describeUser(present)} is a user already. set_user_access changes what they may do.`);
    const unique = [...new Map(given.map(server => [server.id, server])).values()];
    return {
      what: `Invite ${name} (${email}) to the account as ${access}`,
      consequences: [
        `An e-mail with a link that is good for 24 hours goes to ${email}: whoever reads it gets in.`,
        MEANS[access],
        unique.length > 0
          ? `Servers given: ${unique.map(describeServer).join(', ')}.`
          : access === 'server' &&
            'No server is given yet, so there is nothing to see until set_user_access gives one.',
      ].filter(line => line !== false),
      targets: 1 + unique.length,
      name,
      state: { users: users.length, servers: unique.map(({ id }) => id) },
      subject: unique,
    };
  },

  async apply({ client, inventory }, { subject }, { name, email, access }) {
    await client.call(invite, { body: { name, username: email, accesslevel: access } });
    const find = async () =>
      (await listUsers(client)).find(({ login }) => login?.toLowerCase() === email.toLowerCase());
    const user = await find();
    const problem = !user
      ? subject.length > 0
        ? 'the user is not listed yet, so no server was given'
        : null
      : await stepByStep(
          subject.map(server => ({
            what: `give ${server.name}`,
            run: () => client.call(grantUserServer, { params: { id: user.id }, body: { srv_id: server.id } }),
          })),
          { alone: false },
        );
    const seen = await seenServers(inventory);
    const now = user && (await readUser(client, user, seen));
    return {
      user: name,
      id: user?.id ?? null,
      login: email,
      access: now?.access ?? access,
      servers: now?.servers.map(nameOfAssigned) ?? [],
      problem,
    };
  },

  say: ({ user, id, login, access, servers, problem }) =>
    [
      `${user} is invited as ${access}${id === null ? '' : ` (id ${id})`}${servers.length > 0 ? `, with ${servers.join(', ')}` : ''}. A set-up link that is good for 24 hours went to ${login}.`,
      problem && `Not all was done: ${problem}. set_user_access can do the rest; do not invite again.`,
    ]
      .filter(Boolean)
      .join(' '),
});
