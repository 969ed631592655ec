import type { Reply } from './endpoint.js';

export type Opened =
  | { readonly kind: 'ok'; readonly reply: Reply }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly reason: string | undefined;
      readonly details: Readonly<Record<string, string>> | undefined;
    }
  | { readonly kind: 'unreadable'; readonly status: number; readonly reason: string };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Opens one reply. Success needs both a 2xx and a `meta.status` that does not contradict it (wire note 1.3); the text
 * of a refusal is looked for where wire note 1.4 says. Anything that is no JSON object is unreadable, unless the
 * status alone is a refusal.
 */
export function openEnvelope(httpStatus: number, contentType: string | undefined, text: string, bare = false): Opened {
  const refusedByHttp = httpStatus >= 400;
  const parsed = parse(text);
  if (!isRecord(parsed)) {
    if (httpStatus === 204) return { kind: 'ok', reply: { meta: {}, data: undefined, body: {} } };
    if (refusedByHttp) return { kind: 'refused', status: httpStatus, reason: undefined, details: undefined };
    const what =
      text.trim() === '' ? 'an empty body' : `something that is not JSON (${contentType ?? 'no type given'})`;
    return { kind: 'unreadable', status: httpStatus, reason: `status ${httpStatus} with ${what}` };
  }
  const meta = isRecord(parsed['meta']) ? parsed['meta'] : {};
  const status = moreSevere(httpStatus, Number(meta['status']));
  const failed = status < 200 || status >= 300 || (bare && parsed['success'] === false);
  if (!failed) return { kind: 'ok', reply: { meta, data: bare ? parsed : parsed['data'], body: parsed } };
  return { kind: 'refused', status, reason: reasonOf(meta), details: detailsOf(meta) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const moreSevere = (http: number, stated: number): number =>
  Number.isInteger(stated) && stated > http ? stated : http;

function reasonOf(meta: Record<string, unknown>): string | undefined {
  for (const field of ['error', 'message']) {
    const value = meta[field];
    if (typeof value === 'string' && value.trim() !== '' && !/^\d{3} [A-Z]/.test(value)) return value.trim();
  }
  return undefined;
}

function detailsOf(meta: Record<string, unknown>): Record<string, string> | undefined {
  const found = ['reason', 'required', 'balance', 'currency'].flatMap(field => {
    const value = meta[field];
    return typeof value === 'string' || typeof value === 'number' ? [[field, String(value)] as const] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}
