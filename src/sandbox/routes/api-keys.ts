import { arePermissions } from '../auth/key-permissions.js';
import { apiKeyRow, createdKey, keyPrefix, keyUseRow } from '../encode/api-key.js';
import { done, invalidData, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { newKeySecret } from '../world/people.js';
import type { ApiKey, Contact } from '../world/records.js';
import { adminRoute } from './people-guards.js';
import { isPlain, isText, isWhole } from '../input.js';

const LABEL_LENGTH = 100;
const LOG_ROWS = 50;
const MOST_LOG_ROWS = 200;

type Handle = (key: ApiKey, call: Call, self: Contact) => Reply;

/** A route below /account/apikeys/:id. */
const keyRoute = (method: string, tail: string, handle: Handle): Route =>
  adminRoute(
    method,
    `/account/apikeys/:id${tail}`,
    (call, self) => {
      const key = call.world.apiKeys.find(({ id }) => id === call.param('id'));
      return key ? handle(key, call, self) : keyNotFound();
    },
    'no-api-keys',
  );

/** The same for keys that are not revoked. */
const activeKeyRoute = (method: string, tail: string, handle: Handle): Route =>
  keyRoute(method, tail, (key, call, self) => (key.revokedAt === null ? handle(key, call, self) : keyNotFound()));

export const apiKeyRoutes: Route[] = [
  adminRoute('GET', '/account/apikeys', listKeys, 'no-api-keys'),
  adminRoute('POST', '/account/apikeys', createKey, 'no-api-keys'),
  keyRoute('GET', '', key => ok(apiKeyRow(key))),
  activeKeyRoute('PUT', '', updateKey),
  activeKeyRoute('DELETE', '', revokeKey),
  keyRoute('GET', '/log', readLog),
  activeKeyRoute('POST', '/rotate', rotateKey),
];

const keyNotFound = (): Reply => refused(404, 'API key not found.');
const wrongLabel = (): Reply => refused(400, 'Label is required (max 100 characters).');
const wrongPermissions = (): Reply => refused(400, 'Invalid permissions payload.');

const isLabel = (value: unknown): value is string => isText(value) && isPlain(value) && value.length <= LABEL_LENGTH;

function listKeys({ world }: Call): Reply {
  return ok(world.apiKeys.filter(({ revokedAt }) => revokedAt === null).map(apiKeyRow));
}

function createKey({ world, body }: Call, self: Contact): Reply {
  const { label, permissions, expires_at: end } = body;
  if (!isLabel(label)) return wrongLabel();
  if (!arePermissions(permissions)) return wrongPermissions();
  let expiresAt: number | null = null;
  if (end !== undefined && end !== null) {
    if (!isWhole(end)) return invalidData();
    expiresAt = end * 1000;
    if (expiresAt <= world.now()) return refused(400, 'Expiry must be in the future.');
  }
  const key = world.people.issueKey({ label, permissions, contactId: self.id, expiresAt });
  world.people.log(self, `API key "${label}" created.`);
  return { ...ok(createdKey(key)), status: 201 };
}

function updateKey(key: ApiKey, { world, body: { label, permissions } }: Call, self: Contact): Reply {
  if (label === undefined && permissions === undefined) return invalidData();
  if (label !== undefined && !isLabel(label)) return wrongLabel();
  if (permissions !== undefined && !arePermissions(permissions)) return wrongPermissions();
  if (label !== undefined) key.label = label;
  if (permissions !== undefined) key.permissions = permissions;
  world.people.log(self, `API key "${key.label}" updated.`);
  return done('API key has been updated.', []);
}

function revokeKey(key: ApiKey, { world }: Call, self: Contact): Reply {
  key.revokedAt = world.now();
  world.people.log(self, `API key "${key.label}" revoked.`);
  return done('API key has been revoked.', []);
}

function readLog(key: ApiKey, { query }: Call): Reply {
  const limit = Number(query.get('limit') ?? LOG_ROWS);
  const offset = Number(query.get('offset') ?? 0);
  if (!isWhole(limit, 1, MOST_LOG_ROWS)) return invalidData();
  if (!isWhole(offset, 0)) return invalidData();
  return ok(
    key.uses
      .toReversed()
      .slice(offset, offset + limit)
      .map(keyUseRow),
  );
}

function rotateKey(key: ApiKey, { world }: Call, self: Contact): Reply {
  key.secret = newKeySecret();
  world.people.log(self, `API key "${key.label}" rotated.`);
  return ok({ secret: key.secret, prefix: keyPrefix(key) });
}
