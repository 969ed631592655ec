import { STATUS_CODES } from 'node:http';
import { seconds } from '../wire.js';

/** An answer before it is spelled out. */
export interface Reply {
  readonly status: number;
  /** Keys of meta beside the status pair; null for the replies that have no meta at all. */
  readonly meta: Record<string, unknown> | null;
  /** Payload; the key is left out when undefined. */
  readonly data?: unknown;
  /** Keys beside meta and data. */
  readonly top?: Record<string, unknown>;
  /** meta.status as text. */
  readonly statusQuoted?: boolean;
  /** No body whatsoever. */
  readonly bodyless?: boolean;
  /** A body that is no JSON, sent as it is under these headers. */
  readonly raw?: { readonly body: string | Buffer; readonly headers: Record<string, string> };
}

export const statusLine = (status: number): string => `${status} ${STATUS_CODES[status] ?? 'Unknown'}`;

/** A success with a payload and, where the operation has them, further keys in meta. */
export const ok = (data: unknown, meta: Record<string, unknown> = {}): Reply => ({ status: 200, meta, data });

/** A success without payload. Upstream spells "nothing" as [], as {} or by leaving data out. */
export const done = (message: string, nothing?: [] | Record<string, never>): Reply => ({
  status: 200,
  meta: { message },
  data: nothing,
});

/** A refusal whose text is in meta.message. */
export const refused = (status: number, message: string): Reply => ({ status, meta: { message }, data: [] });

/** A refusal whose text is in meta.error, with whatever else meta tells. */
export const refusedWithError = (status: number, error: string, details: Record<string, unknown> = {}): Reply => ({
  status,
  meta: { error, ...details },
  data: [],
});

export const notFound = (): Reply => refused(404, '404 Not Found');
export const forbidden = (): Reply => refused(403, 'You do not have permission for this operation.');
export const invalidData = (): Reply => refused(400, 'Invalid data received.');
export const methodNotAllowed = (): Reply => refused(405, 'Method not allowed');

/** The body of a reply as JSON text, or null for none. Newer replies also carry maintenance and the server's clock. */
export function bodyOf(reply: Reply, newer: { maintenance: boolean; now: number } | null): string | null {
  if (reply.bodyless) return null;
  const { status, meta, data, top } = reply;
  if (meta === null) return JSON.stringify({ ...top });
  const statusPair = { status: reply.statusQuoted ? String(status) : status, status_message: statusLine(status) };
  const clock = newer === null ? {} : { maintenance: newer.maintenance, time: seconds(newer.now) };
  return JSON.stringify({ ...top, meta: { ...statusPair, ...clock, ...meta }, data });
}
