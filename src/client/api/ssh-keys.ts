import * as z from 'zod';
import { defineEndpoint, idOf, nothing } from '../endpoint.js';

/** The reply does not name the key: it is found in the account by its text. */
export const addSshKey = defineEndpoint({
  id: 'addSshKey',
  does: 'add the SSH key',
  method: 'POST',
  path: '/account/sshkey',
  effect: 'create',
  repeatable: false,
  secrets: [],
  body: z.object({
    name: z.string().min(1),
    data: z.string().min(1).describe('OpenSSH public key: type, base64, comment'),
  }),
  refusals: { 400: 'Gigahost does not take this as a public key.' },
  decode: nothing,
});

export const deleteSshKey = defineEndpoint({
  id: 'deleteSshKey',
  does: 'delete the SSH key',
  method: 'DELETE',
  path: '/account/sshkey/{id}',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: z.object({ id: idOf('ssh_key') }),
  decode: nothing,
});
