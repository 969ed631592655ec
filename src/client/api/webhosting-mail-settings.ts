import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing } from '../endpoint.js';
import { untyped } from '../untyped.js';

const HostingId = z.object({ id: idOf('hosting') });
/** One path segment; the @ and any plus sign are percent-encoded on the way. */
const Address = z.string().min(3).describe('Whole e-mail address');
const user = z.string().min(1).describe('Part before the @');
const reply = {
  subject: z.string().optional(),
  text: z.string().optional().describe('The reply'),
  cc: z.enum(['ON', 'OFF']).optional().describe('Copy to the sender'),
  reply_once_time: z.string().optional().describe('Least time between two replies to one sender, e.g. 2d'),
};

/** Shape not documented. */
export const getEmailCatchAll = defineEndpoint({
  id: 'getEmailCatchAll',
  does: 'read the catch-all setting',
  method: 'GET',
  path: '/webhosting/{id}/email-catch-all',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: fromData(untyped),
});

export const setEmailCatchAll = defineEndpoint({
  id: 'setEmailCatchAll',
  does: 'change the catch-all setting',
  method: 'PUT',
  path: '/webhosting/{id}/email-catch-all',
  effect: 'update',
  repeatable: true,
  secrets: [],
  params: HostingId,
  body: z.object({
    catch: z.string().min(1).describe('Action. The words are not documented: read the present setting first'),
    value: z.string().optional().describe('Address, when all is sent to one'),
  }),
  decode: nothing,
});

/** Shape not documented. */
export const listAutoresponders = defineEndpoint({
  id: 'listAutoresponders',
  does: 'list the autoresponders',
  method: 'GET',
  path: '/webhosting/{id}/autoresponders',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: fromData(untyped),
});

export const createAutoresponder = defineEndpoint({
  id: 'createAutoresponder',
  does: 'create the autoresponder',
  method: 'POST',
  path: '/webhosting/{id}/autoresponders',
  effect: 'create',
  repeatable: true,
  secrets: [],
  params: HostingId,
  body: z.object({ user, ...reply }),
  decode: nothing,
});

/** Shape not documented. */
export const getAutoresponder = defineEndpoint({
  id: 'getAutoresponder',
  does: 'read the autoresponder',
  method: 'GET',
  path: '/webhosting/{id}/autoresponders/{email}',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId.extend({ email: Address }),
  decode: fromData(untyped),
});

export const updateAutoresponder = defineEndpoint({
  id: 'updateAutoresponder',
  does: 'change the autoresponder',
  method: 'PUT',
  path: '/webhosting/{id}/autoresponders/{email}',
  effect: 'update',
  repeatable: true,
  secrets: [],
  params: HostingId.extend({ email: Address }),
  body: z.object({ user: user.optional(), ...reply }),
  decode: nothing,
});

export const deleteAutoresponder = defineEndpoint({
  id: 'deleteAutoresponder',
  does: 'delete the autoresponder',
  method: 'DELETE',
  path: '/webhosting/{id}/autoresponders/{email}',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: HostingId.extend({ email: Address }),
  decode: nothing,
});

/** Shape not documented. */
export const getEmailDkim = defineEndpoint({
  id: 'getEmailDkim',
  does: 'read the DKIM state',
  method: 'GET',
  path: '/webhosting/{id}/email-dkim',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: fromData(untyped),
});

export const setEmailDkim = defineEndpoint({
  id: 'setEmailDkim',
  does: 'switch DKIM',
  method: 'PUT',
  path: '/webhosting/{id}/email-dkim',
  effect: 'update',
  repeatable: true,
  secrets: [],
  params: HostingId,
  body: z.object({ enable: z.boolean().describe('Also sets the DNS record when the domain is on Gigahost DNS') }),
  decode: nothing,
});

/** Shape not documented. */
export const getSpamFilter = defineEndpoint({
  id: 'getSpamFilter',
  does: 'read the spam filter settings',
  method: 'GET',
  path: '/webhosting/{id}/spamfilter',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: fromData(untyped),
});

export const setSpamFilter = defineEndpoint({
  id: 'setSpamFilter',
  does: 'change the spam filter settings',
  method: 'PUT',
  path: '/webhosting/{id}/spamfilter',
  effect: 'update',
  repeatable: true,
  secrets: [],
  params: HostingId,
  body: z.object({
    where: z
      .string()
      .optional()
      .describe('Where spam goes. The words are not documented: read the present setting first'),
    required_hits: z.number().optional().describe('Score from which mail is spam'),
    high_score_block: z
      .enum(['yes', 'no'])
      .optional()
      .describe('Whether mail from high_score on is not delivered at all'),
    high_score: z.number().optional(),
    rewrite_subject: z.boolean().optional().describe('Whether subject_tag is put before the subject of spam'),
    subject_tag: z.string().optional(),
    blacklist_from: z.string().optional().describe('Senders whose mail is spam'),
    whitelist_from: z.string().optional().describe('Senders whose mail is never spam'),
  }),
  decode: nothing,
});
