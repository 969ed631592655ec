import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing, rowOf, rowsOf, type Referred } from '../endpoint.js';
import { flagOrNull, id, idOrNull, list, objectOrNull, record, secret, text, time } from '../wire.js';

const ApiKeyId = z.object({ id: idOf('api_key') });
/** API keys cannot manage API keys. */
const refusals = { 403: 'API keys are managed by administrators who sign in with name and password, not by API keys.' };

const mode = z.enum(['r', 'rw']).describe('r: look, rw: everything');
const global = z.object({ mode }).optional();
const scoped = (what: Referred) =>
  z
    .object({
      mode,
      all: z.boolean().optional().describe('true: every one; false: only ids'),
      ids: z.array(idOf(what)).optional(),
    })
    .optional();
const permissions = z
  .object({
    dns: scoped('zone'),
    servers: scoped('server'),
    webhosting: scoped('hosting'),
    racks: global,
    support: global,
    billing: global,
    account: global,
  })
  .describe('A category that is absent grants nothing');

/** Every category it has, also those that are newer than this list. */
const PermissionsWire = objectOrNull(
  z.record(
    z.string(),
    objectOrNull(record({ mode: ['mode', text], all: ['all', flagOrNull], ids: ['ids', list(idOrNull)] })),
  ),
);

const key = {
  id: ['key_id', id],
  label: ['key_label', text],
  prefix: ['key_prefix', text],
  permissions: ['permissions', PermissionsWire],
  status: ['status', text],
  created_at: ['created_at', time],
  expires_at: ['expires_at', time],
  last_used_at: ['last_used_at', time],
  last_used_ip: ['last_used_ip', text],
  revoked_at: ['revoked_at', time],
  user_id: ['contact_id', idOrNull],
} as const;

export const listApiKeys = defineEndpoint({
  id: 'listApiKeys',
  does: 'list the API keys',
  method: 'GET',
  path: '/account/apikeys',
  effect: 'read',
  repeatable: true,
  secrets: [],
  refusals,
  decode: rowsOf(key),
});
export type ApiKey = ReturnType<typeof listApiKeys.decode>[number];

export const getApiKey = defineEndpoint({
  id: 'getApiKey',
  does: 'read the API key',
  method: 'GET',
  path: '/account/apikeys/{id}',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: ApiKeyId,
  refusals,
  decode: rowOf(key),
});

/** The reply has no id: the key is found in the list by its prefix. */
export const createApiKey = defineEndpoint({
  id: 'createApiKey',
  does: 'create the API key',
  method: 'POST',
  path: '/account/apikeys',
  effect: 'create',
  repeatable: false,
  secrets: ['data.secret'],
  body: z.object({
    label: z.string().min(1).max(100).describe('No HTML characters'),
    permissions,
    expires_at: z.int().optional().describe('Unix seconds; never where left out'),
  }),
  refusals,
  decode: rowOf({
    secret: ['secret', secret],
    prefix: ['prefix', text],
    label: ['label', text],
    expires_at: ['expires_at', time],
  }),
});

export const updateApiKey = defineEndpoint({
  id: 'updateApiKey',
  does: 'change the API key',
  method: 'PUT',
  path: '/account/apikeys/{id}',
  effect: 'update',
  /** What uses the key may stop, as after a revocation, or may do more than anybody agreed to. */
  effectOf: ({ permissions: replaced }) => (replaced === undefined ? undefined : 'disrupt'),
  repeatable: true,
  secrets: [],
  params: ApiKeyId,
  body: z.object({
    label: z.string().min(1).max(100).optional(),
    permissions: permissions.optional().describe('Replaces all it had; a category that is absent grants nothing'),
  }),
  refusals,
  decode: nothing,
});

export const revokeApiKey = defineEndpoint({
  id: 'revokeApiKey',
  does: 'revoke the API key',
  method: 'DELETE',
  path: '/account/apikeys/{id}',
  effect: 'disrupt',
  repeatable: true,
  secrets: [],
  params: ApiKeyId,
  refusals,
  decode: nothing,
});

/** Nobody has told its fields. What can hold a request or a reply can hold secrets, so only short facts are kept. */
const LogWire = z
  .record(z.string(), z.unknown())
  .transform(row =>
    Object.fromEntries(
      Object.entries(row).filter(
        ([name, value]) =>
          !/body|query|header|payload|data|^request$|^response$/i.test(name) &&
          (value === null || ['string', 'number', 'boolean'].includes(typeof value)),
      ),
    ),
  );

export const getApiKeyLog = defineEndpoint({
  id: 'getApiKeyLog',
  does: 'read the log of the API key',
  method: 'GET',
  path: '/account/apikeys/{id}/log',
  effect: 'read',
  repeatable: true,
  secrets: ['data[].request_body', 'data[].response_body', 'data[].query_string'],
  params: ApiKeyId,
  query: z.object({
    limit: z.int().min(1).max(200).optional().describe('Default: 50'),
    offset: z.int().min(0).optional(),
  }),
  refusals,
  decode: fromData(list(LogWire)),
});

/** The old secret is dead at once, and so is the new one when this is done again. */
export const rotateApiKey = defineEndpoint({
  id: 'rotateApiKey',
  does: 'replace the secret of the API key',
  method: 'POST',
  path: '/account/apikeys/{id}/rotate',
  effect: 'disrupt',
  repeatable: false,
  secrets: ['data.secret'],
  params: ApiKeyId,
  refusals,
  decode: rowOf({ secret: ['secret', secret], prefix: ['prefix', text] }),
});
