import { STATUS_CODES } from 'node:http';
import type { Endpoint, FileReply, Reply } from './endpoint.js';
import type { Answer } from './exchange.js';
import { flagOrNull } from './wire.js';

export type Opened =
  | { readonly kind: 'ok'; readonly reply: Reply }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly reason: string | undefined;
      readonly details: Readonly<Record<string, string>> | undefined;
    }
  | { readonly kind: 'unreadable'; readonly status: number; readonly reason: string };

type Whole = Extract<Answer, { kind: 'whole' }>;

/** Opens one reply as the operation sends it: an envelope, a text, or a file. A refusal is an envelope in all three. */
export function openReply(answer: Whole, { bare, replies }: Pick<Endpoint, 'bare' | 'replies'>): Opened {
  const { status, contentType, bytes } = answer;
  const text = (): string => bytes.toString('utf8');
  if (!replies || status >= 300) return openEnvelope(status, contentType, text(), bare);
  if (replies === 'text') return { kind: 'ok', reply: { meta: {}, data: text(), body: { body: text() } } };
  const refusing = contentType?.includes('json') ? openEnvelope(status, contentType, text()) : undefined;
  if (refusing?.kind === 'refused') return refusing;
  const mimeType = contentType?.split(';')[0]?.trim() || 'application/octet-stream';
  const file: FileReply = { name: answer.fileName ?? null, mimeType, bytes, size: answer.size };
  return { kind: 'ok', reply: { meta: {}, data: file, body: {} } };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Opens one reply. Success needs both a 2xx and a `meta.status` that does not contradict it (wire note 1.3); the text
 * of a refusal is looked for where wire note 1.4 says. A redirect, and anything that is no JSON object, is unreadable,
 * unless the status alone is a refusal.
 */
export function openEnvelope(httpStatus: number, contentType: string | undefined, text: string, bare = false): Opened {
  const parsed = parse(text);
  if (httpStatus >= 300 && httpStatus < 400) return unreadable(httpStatus, 'a redirect, which is not followed');
  if (!isRecord(parsed)) {
    if (httpStatus === 204) return { kind: 'ok', reply: { meta: {}, data: undefined, body: {} } };
    if (httpStatus >= 400) return { kind: 'refused', status: httpStatus, reason: undefined, details: undefined };
    if (text.trim() === '') return unreadable(httpStatus, 'an empty body');
    return unreadable(httpStatus, `something that is not a JSON object (${contentType ?? 'no type given'})`);
  }
  const meta = isRecord(parsed['meta']) ? parsed['meta'] : {};
  const stated = statedStatus(meta);
  if (stated < 200) return unreadable(httpStatus, `a meta.status of ${stated}`);
  const status = Math.max(httpStatus, stated);
  const failed = status >= 300 || (bare && is(parsed['success'], false));
  if (!failed) return { kind: 'ok', reply: { meta, data: bare ? parsed : parsed['data'], body: parsed } };
  return { kind: 'refused', status, reason: reasonOf(meta) ?? reasonOf(parsed), details: detailsOf(meta) };
}

const unreadable = (status: number, what: string): Opened => ({
  kind: 'unreadable',
  status,
  reason: `status ${status} with ${what}`,
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const is = (value: unknown, flag: boolean): boolean => flagOrNull.safeParse(value).data === flag;

/** `meta.status` as a number, bare or quoted; 200 where it is missing or says nothing. */
function statedStatus({ status }: Record<string, unknown>): number {
  const quoted = typeof status === 'string' && /^\d+$/.test(status) ? Number(status) : status;
  return typeof quoted === 'number' && Number.isInteger(quoted) ? quoted : 200;
}

const LONGEST_REASON = 500;

/** The first text that says more than the status line does, on one line. */
function reasonOf(fields: Record<string, unknown>): string | undefined {
  return ['error', 'message', 'status_message']
    .map(field => fields[field])
    .filter(value => typeof value === 'string')
    .map(value => value.replace(/\s+/g, ' ').trim().slice(0, LONGEST_REASON))
    .find(value => value !== '' && !isStatusLine(value));
}

function isStatusLine(text: string): boolean {
  const [, status = '', words = ''] = /^(\d{3})(?: (.*))?$/.exec(text) ?? [];
  return status !== '' && (words === '' || words.toLowerCase() === STATUS_CODES[status]?.toLowerCase());
}

function detailsOf(meta: Record<string, unknown>): Record<string, string> | undefined {
  const found = ['reason', 'required', 'balance', 'currency'].flatMap(field => {
    const value = meta[field];
    return typeof value === 'string' || typeof value === 'number' ? [[field, String(value)] as const] : [];
  });
  if (is(meta['maintenance'], true)) found.push(['maintenance', 'under way']);
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}
