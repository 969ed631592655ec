import * as z from 'zod';
import { defineEndpoint, idOf, nothing, PathId, rowOf } from '../endpoint.js';
import { emailAddress } from '../fields.js';
import { flagOrNull, id, idOrNull, list, record, text } from '../wire.js';

const User = z.object({ id: idOf('user') });
const accessLevel = z.enum(['admin', 'user', 'server']).describe('server: only servers given to the user');

/** A set-up link that is good for 24 hours goes to the address. Whoever lets somebody in is to be asked first. */
export const inviteUser = defineEndpoint({
  id: 'inviteUser',
  does: 'invite the user',
  method: 'POST',
  path: '/account',
  effect: 'create',
  effectOf: () => 'disrupt',
  repeatable: true,
  secrets: [],
  body: z.object({
    name: z.string().min(1).describe('No HTML characters'),
    username: emailAddress.describe('E-mail address; the login'),
    accesslevel: accessLevel,
  }),
  decode: nothing,
});

const free = { server_id: ['srv_id', idOrNull], server: ['srv_name', text], address: ['ip_address', text] } as const;
export const ASSIGNABLE_SERVERS = list(record(free));
/** `relation_id` is the assignment, which is what ends it; `server_id` is the server. */
export const ASSIGNED_SERVERS = list(record({ relation_id: ['id', id], ...free }));

/** There is no list of users but the one in the account. */
export const getUser = defineEndpoint({
  id: 'getUser',
  does: 'read the user',
  method: 'GET',
  path: '/account/user/{id}',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: User,
  decode: rowOf({
    id: ['contact_id', idOrNull],
    name: ['contact_name', text],
    login: ['contact_username', text],
    access: ['contact_access_level', text],
    active: ['contact_active', flagOrNull],
    two_factor: ['contact_2fa', flagOrNull],
    servers: ['servers', ASSIGNED_SERVERS],
    servers_unassigned: ['servers_unassigned', ASSIGNABLE_SERVERS],
  }),
});
export type User = ReturnType<typeof getUser.decode>;

/** All three facts are needed: those that are to stay have to be sent as they are. */
export const updateUser = defineEndpoint({
  id: 'updateUser',
  does: 'change the user',
  method: 'PUT',
  path: '/account/user/{id}',
  effect: 'update',
  /**
   * Always sends an access level and a login: it may lock somebody out, make an administrator of them, or hand their
   * login to another address, and which of these only the state tells.
   */
  effectOf: () => 'disrupt',
  repeatable: true,
  secrets: ['request.contact_password'],
  params: User,
  body: z.object({
    contact_name: z.string().min(1),
    contact_username: z.string().min(1).describe('E-mail address; a new one has to be confirmed again'),
    contact_access_level: accessLevel,
    contact_password: z.string().min(5).optional().describe('New password'),
  }),
  refusals: { 400: 'The last administrator cannot become less, and an e-mail address belongs to one user only.' },
  decode: nothing,
});

export const deleteUser = defineEndpoint({
  id: 'deleteUser',
  does: 'delete the user',
  method: 'DELETE',
  path: '/account/user/{id}',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: User,
  decode: nothing,
});

/** Whether a repeat makes a second assignment is not known. */
export const grantUserServer = defineEndpoint({
  id: 'grantUserServer',
  does: 'give the user the server',
  method: 'PUT',
  path: '/account/user/{id}/server',
  effect: 'create',
  repeatable: false,
  secrets: [],
  params: User,
  body: z.object({ srv_id: idOf('server') }),
  decode: nothing,
});

export const revokeUserServer = defineEndpoint({
  id: 'revokeUserServer',
  does: 'take the server from the user',
  method: 'DELETE',
  path: '/account/user/{id}/server/{relation_id}',
  effect: 'disrupt',
  repeatable: true,
  secrets: [],
  params: User.extend({ relation_id: PathId.describe('Of the row in servers of getUser; not the server') }),
  decode: nothing,
});
