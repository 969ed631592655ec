import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing } from '../endpoint.js';
import { untyped } from '../untyped.js';

const HostingId = z.object({ id: idOf('hosting') });
/** One path segment; the @ and any plus sign are percent-encoded on the way. */
const Address = z.string().min(3).describe('Whole e-mail address');
const destinations = z.array(z.string().min(1)).min(1).describe('Addresses the mail goes to');

/** Shape not documented. */
export const listEmails = defineEndpoint({
  id: 'listEmails',
  does: 'list the mailboxes',
  method: 'GET',
  path: '/webhosting/{id}/emails',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: fromData(untyped),
});

/** The part before the @ here, the whole address in the other calls. */
export const createEmail = defineEndpoint({
  id: 'createEmail',
  does: 'create the mailbox',
  method: 'POST',
  path: '/webhosting/{id}/emails',
  effect: 'create',
  repeatable: true,
  secrets: ['request.password'],
  params: HostingId,
  body: z.object({
    email: z.string().min(1).describe('Part before the @'),
    password: z.string().min(1),
    quota: z.int().min(0).optional().describe('MB; 0 = unlimited'),
  }),
  decode: nothing,
});

export const setEmailPassword = defineEndpoint({
  id: 'setEmailPassword',
  does: 'change the mailbox password',
  method: 'PUT',
  path: '/webhosting/{id}/emails/{email}/password',
  effect: 'disrupt',
  repeatable: true,
  secrets: ['request.password'],
  params: HostingId.extend({ email: Address }),
  body: z.object({ password: z.string().min(1) }),
  decode: nothing,
});

export const setEmailQuota = defineEndpoint({
  id: 'setEmailQuota',
  does: 'change the mailbox quota',
  method: 'PUT',
  path: '/webhosting/{id}/emails/{email}/quota',
  effect: 'update',
  repeatable: true,
  secrets: [],
  params: HostingId.extend({ email: Address }),
  body: z.object({ quota: z.int().min(0).describe('MB; 0 = unlimited') }),
  decode: nothing,
});

export const deleteEmail = defineEndpoint({
  id: 'deleteEmail',
  does: 'delete the mailbox',
  method: 'DELETE',
  path: '/webhosting/{id}/emails/{email}',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: HostingId.extend({ email: Address }),
  decode: nothing,
});

/** Shape not documented. */
export const listEmailForwarders = defineEndpoint({
  id: 'listEmailForwarders',
  does: 'list the e-mail forwarders',
  method: 'GET',
  path: '/webhosting/{id}/email-forwarders',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: fromData(untyped),
});

export const createEmailForwarder = defineEndpoint({
  id: 'createEmailForwarder',
  does: 'create the e-mail forwarder',
  method: 'POST',
  path: '/webhosting/{id}/email-forwarders',
  effect: 'create',
  repeatable: true,
  secrets: [],
  params: HostingId,
  body: z.object({ user: z.string().min(1).describe('Part before the @'), destinations }),
  decode: nothing,
});

export const updateEmailForwarder = defineEndpoint({
  id: 'updateEmailForwarder',
  does: 'change the e-mail forwarder',
  method: 'PUT',
  path: '/webhosting/{id}/email-forwarders/{user}',
  effect: 'update',
  repeatable: true,
  secrets: [],
  params: HostingId.extend({ user: z.string().min(1).describe('Forwarding address') }),
  body: z.object({ destinations }),
  decode: nothing,
});

export const deleteEmailForwarder = defineEndpoint({
  id: 'deleteEmailForwarder',
  does: 'delete the e-mail forwarder',
  method: 'DELETE',
  path: '/webhosting/{id}/email-forwarders/{user}',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: HostingId.extend({ user: z.string().min(1).describe('Forwarding address') }),
  decode: nothing,
});
