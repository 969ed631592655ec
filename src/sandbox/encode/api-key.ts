import { FULL_RIGHTS } from '../auth/key-permissions.js';
import { seconds, type WireRecord } from '../wire.js';
import type { ApiKey, KeyUse } from '../world/records.js';

const PREFIX_LENGTH = 'flux_live_'.length + 8;

export const keyPrefix = ({ secret }: ApiKey): string => secret.slice(0, PREFIX_LENGTH);

export const apiKeyRow = (key: ApiKey): WireRecord => ({
  key_id: Number(key.id),
  key_label: key.label,
  key_prefix: keyPrefix(key),
  permissions: key.permissions ?? FULL_RIGHTS,
  created_at: seconds(key.createdAt),
  expires_at: secondsOrNull(key.expiresAt),
  last_used_at: secondsOrNull(key.lastUsedAt),
  last_used_ip: key.lastUsedIp,
  status: key.revokedAt === null ? 'active' : 'revoked',
  revoked_at: secondsOrNull(key.revokedAt),
  contact_id: key.contactId,
});

/** The one reply with the secret, and without an id. */
export const createdKey = (key: ApiKey): WireRecord => ({
  secret: key.secret,
  prefix: keyPrefix(key),
  label: key.label,
  expires_at: secondsOrNull(key.expiresAt),
  permissions: key.permissions ?? FULL_RIGHTS,
});

// Of these keys only query_string, request_body and response_body are known.
export const keyUseRow = (use: KeyUse): WireRecord => ({
  log_id: Number(use.id),
  created_at: seconds(use.at),
  ip: use.ip,
  method: use.method,
  path: use.path,
  query_string: use.query,
  request_body: use.requestBody,
  status: use.status,
  response_body: use.responseBody,
  truncated: use.truncated,
});

const secondsOrNull = (ms: number | null): number | null => (ms === null ? null : seconds(ms));
