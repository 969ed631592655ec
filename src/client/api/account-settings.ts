import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing } from '../endpoint.js';
import { emailAddress, zeroOrOne } from '../fields.js';
import { idOrNull, list, record, text, time } from '../wire.js';

/** Fields that are left out keep their value. */
export const updateAccount = defineEndpoint({
  id: 'updateAccount',
  does: 'change the contact details of the account',
  method: 'PUT',
  path: '/account',
  effect: 'update',
  repeatable: true,
  secrets: [],
  body: z.object({
    cust_address: z.string().optional(),
    cust_address2: z.string().optional(),
    cust_zipcode: z.string().optional(),
    cust_city: z.string().optional(),
    cust_province: z.string().optional(),
    cust_country: z.string().optional(),
    cust_billing_email: z.string().optional().describe('Where invoices go'),
    cust_billing_email2: z.string().optional().describe('A second address for invoices'),
  }),
  decode: nothing,
});

const ActivityWire = record({
  id: ['log_id', idOrNull],
  at: ['log_timestamp', time],
  user_id: ['contact_id', idOrNull],
  user: ['contact_name', text],
  login: ['contact_username', text],
  entry: ['log_entry', text],
});

export const listAccountActivity = defineEndpoint({
  id: 'listAccountActivity',
  does: 'read the activity log',
  method: 'GET',
  path: '/account/activity',
  effect: 'read',
  repeatable: true,
  secrets: [],
  refusals: { 403: 'The activity log is for administrators who sign in with name and password; API keys are refused.' },
  decode: fromData(list(ActivityWire)),
});

/** All five are required: those that are to stay have to be sent as they are. */
export const updateNotificationPreferences = defineEndpoint({
  id: 'updateNotificationPreferences',
  does: 'set the notifications',
  method: 'PUT',
  path: '/account/notifications',
  effect: 'update',
  repeatable: true,
  secrets: [],
  body: z.object({
    cust_newsletter: zeroOrOne.describe('Newsletter'),
    cust_incident: zeroOrOne.describe('Incidents and maintenance'),
    cust_bandwidth_notification: zeroOrOne.describe('Traffic use of servers'),
    cust_email_on_login: zeroOrOne.describe('Each sign-in'),
    cust_notify_service_renewal: zeroOrOne.describe('Services about to renew'),
  }),
  decode: nothing,
});

export const changePassword = defineEndpoint({
  id: 'changePassword',
  does: 'change your password',
  method: 'POST',
  path: '/account/password',
  effect: 'disrupt',
  repeatable: true,
  secrets: ['request.current', 'request.new'],
  body: z.object({
    current: z.string().min(1).describe('Present password'),
    new: z.string().min(1).describe('New password'),
  }),
  refusals: { 400: 'The present password is wrong, or the new one is weak or known from a leak.' },
  decode: nothing,
});

/** Two stages: the address starts it, the hash from the mail that follows completes it. */
export const changeAccountEmail = defineEndpoint({
  id: 'changeAccountEmail',
  does: 'change the e-mail address of the account',
  method: 'POST',
  path: '/account/email',
  effect: 'disrupt',
  repeatable: false,
  secrets: ['request.hash'],
  body: z
    .object({
      email: emailAddress.optional().describe('To start: the new address, which gets a mail'),
      hash: z.string().min(1).optional().describe('To complete: from the link in that mail'),
    })
    .refine(body => (body.email === undefined) !== (body.hash === undefined), 'one of email and hash'),
  decode: nothing,
});

export const validateContactEmail = defineEndpoint({
  id: 'validateContactEmail',
  does: 'confirm the e-mail address of a user',
  method: 'POST',
  path: '/account/validate',
  effect: 'update',
  repeatable: true,
  secrets: ['request.hash'],
  body: z.object({
    hash: z
      .string()
      .regex(/^[0-9a-fA-F]{32}$/)
      .describe('From the mail'),
  }),
  decode: nothing,
});

/** Switching off is for good: the enrolled authenticator cannot be used again. */
export const setTwoFactor = defineEndpoint({
  id: 'setTwoFactor',
  does: 'switch two-factor sign-in',
  method: 'POST',
  path: '/account/2fa',
  effect: 'update',
  effectOf: ({ type }) => (type === 'disable' ? 'destroy' : undefined),
  repeatable: true,
  secrets: ['request.code'],
  body: z.object({
    type: z.enum(['enable', 'disable']),
    /** As text: a number would lose leading zeros (wire note 4.2). */
    code: z
      .string()
      .regex(/^[0-9]{6}$/, 'must be six digits')
      .describe('Present six-digit code'),
  }),
  decode: nothing,
});

/** Needs the authenticator of a browser. Nobody knows the shape of the options, so they are kept as they are. */
export const registerPasskey = defineEndpoint({
  id: 'registerPasskey',
  does: 'register a passkey',
  method: 'POST',
  path: '/account/passkey',
  effect: 'create',
  repeatable: false,
  secrets: [],
  body: z.object({
    step: z.enum(['begin', 'finish']),
    clientDataJSON: z.string().optional().describe('To finish: base64url'),
    attestationObject: z.string().optional().describe('To finish: base64url'),
    name: z.string().max(64).optional().describe('To finish: what to call it'),
  }),
  decode: fromData(z.unknown()),
});

export const deletePasskey = defineEndpoint({
  id: 'deletePasskey',
  does: 'delete the passkey',
  method: 'DELETE',
  path: '/account/passkey/{id}',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: z.object({ id: idOf('passkey') }),
  decode: nothing,
});

export const setContactLanguage = defineEndpoint({
  id: 'setContactLanguage',
  does: 'set your language',
  method: 'PUT',
  path: '/account/language',
  effect: 'update',
  repeatable: true,
  secrets: [],
  body: z.object({ contact_language: z.enum(['no', 'en']) }),
  decode: nothing,
});

/** Two stages. The second sets a new password and mails it. */
export const resetPassword = defineEndpoint({
  id: 'resetPassword',
  does: 'reset the password',
  method: 'POST',
  path: '/account/reset',
  effect: 'disrupt',
  repeatable: false,
  secrets: ['request.hash'],
  body: z
    .object({
      username: z.string().min(1).optional().describe('To start: login, which gets a mail'),
      stage: z.literal('2').optional().describe('To complete'),
      hash: z.string().min(1).optional().describe('To complete: from that mail'),
    })
    .refine(
      ({ username, stage, hash }) =>
        username === undefined ? stage !== undefined && hash !== undefined : stage === undefined && hash === undefined,
      'username alone, or stage and hash',
    ),
  decode: nothing,
});

/** For the completeness of the contract: nothing offers it. */
export const closeAccount = defineEndpoint({
  id: 'closeAccount',
  does: 'close the account',
  method: 'DELETE',
  path: '/account/delete',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  decode: nothing,
});
