import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends a JSON text, compressed when the request offers it; null sends the status with no body. */
export function sendJson(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: string | null,
): void {
  if (body === null) return sendRaw(response, status, '', {});
  const offered = String(request.headers['accept-encoding'] ?? '');
  if (!/\bgzip\b/.test(offered)) return sendRaw(response, status, body, { 'content-type': JSON_TYPE });
  sendRaw(response, status, gzipSync(body), { 'content-type': JSON_TYPE, 'content-encoding': 'gzip' });
}

/** Sends a status with exactly these headers, a content-length and a body. */
export function sendRaw(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  headers: Record<string, string>,
): void {
  response.writeHead(status, { 'content-length': String(Buffer.byteLength(body)), ...headers });
  response.end(body);
}
