import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './faults.js';
import { bodyOf, statusLine } from './reply.js';
import { sendRaw } from './send.js';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const TRICKLE_MS = 25;
const FLOOD_CHUNK = Buffer.alloc(64 * 1024, ' ');

/** Sends what the fault dictates instead of `body`, the honest answer. Ends when the peer leaves or the signal fires. */
export async function misdeliver(
  response: ServerResponse,
  fault: Exclude<Fault, { kind: 'delay' }>,
  body: string,
  signal: AbortSignal,
): Promise<void> {
  switch (fault.kind) {
    case 'drop':
      response.socket?.destroy();
      return;
    case 'status':
      return sendRaw(response, fault.status, fault.body ?? plainRefusal(fault.status), {
        ...JSON_TYPE,
        ...fault.headers,
      });
    case 'reply':
      return sendRaw(response, fault.status ?? 200, JSON.stringify(fault.body) ?? '', JSON_TYPE);
    case 'garbage':
      return sendRaw(response, 200, '<html><body><h1>It works!</h1></body></html>', { 'content-type': 'text/html' });
    case 'empty':
      return sendRaw(response, 200, '', JSON_TYPE);
    case 'truncate':
      return truncate(response, Buffer.from(body));
    case 'endless':
      return endless(response, signal);
    case 'flood':
      return flood(response, signal);
  }
}

const plainRefusal = (status: number): string =>
  bodyOf({ status, meta: { message: statusLine(status) }, data: [] }, null) ?? '';

function truncate(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, { ...JSON_TYPE, 'content-length': String(body.length) });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.end());
}

async function endless(response: ServerResponse, signal: AbortSignal): Promise<void> {
  response.writeHead(200, JSON_TYPE);
  response.write('{"meta":{"status":200,"status_message":"200 OK"},"data":[');
  while (!response.destroyed) {
    response.write(' ');
    await wait(TRICKLE_MS, undefined, { signal });
  }
}

async function flood(response: ServerResponse, signal: AbortSignal): Promise<void> {
  response.writeHead(200, JSON_TYPE);
  const gone = AbortSignal.any([signal, whenClosed(response)]);
  while (!gone.aborted) {
    if (!response.write(FLOOD_CHUNK)) await once(response, 'drain', { signal: gone });
  }
}

function whenClosed(response: ServerResponse): AbortSignal {
  const closed = new AbortController();
  response.once('close', () => closed.abort());
  return closed.signal;
}
