import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing } from '../endpoint.js';
import { untyped } from '../untyped.js';

const HostingId = z.object({ id: idOf('hosting') });

/** Shape not documented. */
export const listFtpAccounts = defineEndpoint({
  id: 'listFtpAccounts',
  does: 'list the FTP accounts',
  method: 'GET',
  path: '/webhosting/{id}/ftp',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: fromData(untyped),
});

export const createFtpAccount = defineEndpoint({
  id: 'createFtpAccount',
  does: 'create the FTP account',
  method: 'POST',
  path: '/webhosting/{id}/ftp',
  effect: 'create',
  repeatable: true,
  secrets: ['request.password'],
  params: HostingId,
  body: z.object({
    username: z.string().min(1),
    password: z.string().min(1),
    path: z.string().optional().describe('Folder below the web root; left out = the whole site'),
  }),
  decode: nothing,
});

export const setFtpPassword = defineEndpoint({
  id: 'setFtpPassword',
  does: 'change the FTP password',
  method: 'PUT',
  path: '/webhosting/{id}/ftp/{ftp_user}/password',
  effect: 'disrupt',
  repeatable: true,
  secrets: ['request.password'],
  params: HostingId.extend({ ftp_user: z.string().min(1) }),
  body: z.object({ password: z.string().min(1) }),
  decode: nothing,
});

export const deleteFtpAccount = defineEndpoint({
  id: 'deleteFtpAccount',
  does: 'delete the FTP account',
  method: 'DELETE',
  path: '/webhosting/{id}/ftp/{ftp_user}',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: HostingId.extend({ ftp_user: z.string().min(1) }),
  decode: nothing,
});
