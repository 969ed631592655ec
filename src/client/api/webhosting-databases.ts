import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing } from '../endpoint.js';
import { untyped } from '../untyped.js';

const HostingId = z.object({ id: idOf('hosting') });

/** Shape not documented. */
export const listDatabases = defineEndpoint({
  id: 'listDatabases',
  does: 'list the databases',
  method: 'GET',
  path: '/webhosting/{id}/databases',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: fromData(untyped),
});

export const createDatabase = defineEndpoint({
  id: 'createDatabase',
  does: 'create the database',
  method: 'POST',
  path: '/webhosting/{id}/databases',
  effect: 'create',
  repeatable: true,
  secrets: ['request.password'],
  params: HostingId,
  body: z.object({ name: z.string().min(1), password: z.string().min(1).describe('Of the database user') }),
  decode: nothing,
});

export const setDatabasePassword = defineEndpoint({
  id: 'setDatabasePassword',
  does: 'change the database password',
  method: 'PUT',
  path: '/webhosting/{id}/databases/{dbname}/password',
  effect: 'disrupt',
  repeatable: true,
  secrets: ['request.password'],
  params: HostingId.extend({ dbname: z.string().min(1) }),
  body: z.object({ password: z.string().min(1) }),
  decode: nothing,
});

export const deleteDatabase = defineEndpoint({
  id: 'deleteDatabase',
  does: 'delete the database',
  method: 'DELETE',
  path: '/webhosting/{id}/databases/{dbname}',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: HostingId.extend({ dbname: z.string().min(1) }),
  decode: nothing,
});
