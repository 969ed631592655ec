import * as z from 'zod';
import { defineEndpoint, idOf, nothing } from '../endpoint.js';
import { ClientId, PARTNERS_ONLY } from './clients.js';

/*
 * What a partner gives to a sub-client. Whether giving twice makes two assignments is not known; an assignment ends by
 * its own id, not by that of what was assigned, which is what people name.
 */

/** Somebody else is let in: whoever does that is to be asked first. */
const handsOver = () => 'disrupt' as const;

export const assignClientServer = defineEndpoint({
  id: 'assignClientServer',
  does: 'give the sub-client the server',
  method: 'PUT',
  path: '/account/clients/{id}/server',
  effect: 'create',
  effectOf: handsOver,
  repeatable: false,
  secrets: [],
  params: ClientId,
  body: z.object({ srv_id: idOf('server') }),
  refusals: PARTNERS_ONLY,
  decode: nothing,
});

export const unassignClientServer = defineEndpoint({
  id: 'unassignClientServer',
  does: 'take the server from the sub-client',
  method: 'DELETE',
  path: '/account/clients/{id}/server/{relation_id}',
  effect: 'disrupt',
  repeatable: true,
  secrets: [],
  params: ClientId.extend({ relation_id: idOf('assigned_server') }),
  refusals: PARTNERS_ONLY,
  decode: nothing,
});

export const assignClientDomain = defineEndpoint({
  id: 'assignClientDomain',
  does: 'give the sub-client the domain',
  method: 'PUT',
  path: '/account/clients/{id}/domain',
  effect: 'create',
  effectOf: handsOver,
  repeatable: false,
  secrets: [],
  params: ClientId,
  body: z.object({ zone_id: idOf('zone') }),
  refusals: PARTNERS_ONLY,
  decode: nothing,
});

export const unassignClientDomain = defineEndpoint({
  id: 'unassignClientDomain',
  does: 'take the domain from the sub-client',
  method: 'DELETE',
  path: '/account/clients/{id}/domain/{relation_id}',
  effect: 'disrupt',
  repeatable: true,
  secrets: [],
  params: ClientId.extend({ relation_id: idOf('assigned_domain') }),
  refusals: PARTNERS_ONLY,
  decode: nothing,
});

export const assignClientWebhosting = defineEndpoint({
  id: 'assignClientWebhosting',
  does: 'give the sub-client the web hosting',
  method: 'PUT',
  path: '/account/clients/{id}/webhosting',
  effect: 'create',
  effectOf: handsOver,
  repeatable: false,
  secrets: [],
  params: ClientId,
  body: z.object({ hosting_id: idOf('hosting') }),
  refusals: PARTNERS_ONLY,
  decode: nothing,
});

export const unassignClientWebhosting = defineEndpoint({
  id: 'unassignClientWebhosting',
  does: 'take the web hosting from the sub-client',
  method: 'DELETE',
  path: '/account/clients/{id}/webhosting/{relation_id}',
  effect: 'disrupt',
  repeatable: true,
  secrets: [],
  params: ClientId.extend({ relation_id: idOf('assigned_webhosting') }),
  refusals: PARTNERS_ONLY,
  decode: nothing,
});
