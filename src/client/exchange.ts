import { setTimeout as sleep } from 'node:timers/promises';
import { openPool, type Dispatcher } from './pools.js';
import type { Route } from './route.js';
import { createTurns } from './turns.js';

/** Four base64 pictures fit several times over; anything larger is not an answer of this API. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;
const CONNECTIONS = 6;

/** Clients commonly kill a server a few seconds after they have closed its input. */
const LAST_ANSWERS_MS = 5000;

export type Answer =
  | {
      readonly kind: 'whole';
      readonly status: number;
      readonly contentType: string | undefined;
      /** What `content-disposition` names the file. */
      readonly fileName: string | undefined;
      readonly retryAfterSeconds: number | undefined;
      readonly bytes: Buffer;
      readonly size: number;
    }
  /** `sent` is false when it never reached a connection. */
  | { readonly kind: 'broken'; readonly sent: boolean; readonly error: unknown };

export class TooLarge extends Error {
  constructor(mostBytes: number) {
    super(`the answer was larger than ${mostBytes / 1024 / 1024} MiB`);
  }
}

/** Where a file goes. Every attempt begins it anew. */
export interface Place {
  readonly mostBytes: number;
  /** `total` is what the answer announces, in bytes. */
  begin(total: number | undefined): (chunk: Buffer) => Promise<void>;
}

/**
 * The connections to one API, for so many requests at a time; without a number, for as many as connections of each kind
 * carry.
 */
export function openConnections(origin: string, mostAtOnce?: number, route: Route = {}) {
  const settings = { connections: mostAtOnce ?? CONNECTIONS };
  const turns = mostAtOnce === undefined ? undefined : createTurns(mostAtOnce);
  const reads = openPool(origin, settings, route);
  /** A connection each: one that had gone stale while idle would leave the outcome of a change unknown. */
  const changes = openPool(origin, { ...settings, pipelining: 0 }, route);
  const underway = new Set<Promise<Answer>>();
  async function inTurn(ends: Ends, work: () => Promise<Answer>): Promise<Answer> {
    if (!turns) return work();
    const giveBack = await turns.take(ends.deadline, ends.caller);
    return giveBack
      ? work().finally(giveBack)
      : { kind: 'broken', sent: false, error: new Error('ended before its turn') };
  }
  return {
    read: (request: Request, ends: Ends) =>
      inTurn(ends, async () => exchange(await reads.get(), { origin, ...request }, ends, true)),
    change: (request: Request, ends: Ends): Promise<Answer> => {
      const answer = inTurn(ends, async () => exchange(await changes.get(), { origin, ...request }, ends, false));
      underway.add(answer);
      const over = (): void => void underway.delete(answer);
      answer.then(over, over);
      return answer;
    },
    /** Cuts reads off at once. A change that is on its way is given a while to be answered. */
    close: async (): Promise<void> => {
      await reads.destroy();
      await Promise.race([Promise.allSettled(underway), sleep(LAST_ANSWERS_MS, undefined, { ref: false })]);
      await changes.destroy();
    },
  };
}

/** What may end an exchange early. A caller who leaves ends a read, and a change that has not been sent yet. */
export interface Ends {
  readonly deadline: AbortSignal;
  readonly caller: AbortSignal | undefined;
  readonly into?: Place | undefined;
}

type Request = Pick<Dispatcher.DispatchOptions, 'method' | 'path' | 'headers' | 'body'>;
type Addressed = Request & { readonly origin: string };

/** One request and its answer. Never rejects. Ending early closes the connection. */
function exchange(
  pool: Dispatcher,
  request: Addressed,
  { deadline, caller, into }: Ends,
  isRead: boolean,
): Promise<Answer> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    let size = 0;
    let write: ((chunk: Buffer) => Promise<void>) | undefined;
    let writing: Promise<void> = Promise.resolve();
    let status = 0;
    let headers: Readonly<Record<string, string | string[] | undefined>> = {};
    let connection: Dispatcher.DispatchController | undefined;

    const done = new AbortController();
    const end = (answer: Answer): void => {
      done.abort();
      resolve(answer);
    };
    const hangUp = (error: Error): void => {
      end({ kind: 'broken', sent: connection !== undefined, error });
      connection?.abort(error);
    };
    const expire = (): void => hangUp(new Error('ended by the deadline'));
    const leave = (): void => {
      if (isRead || connection === undefined) hangUp(new Error('ended by the caller'));
    };

    if (deadline.aborted) return expire();
    deadline.addEventListener('abort', expire, { signal: done.signal });
    caller?.addEventListener('abort', leave, { signal: done.signal });
    pool.dispatch(request, {
      onRequestStart(controller) {
        if (done.signal.aborted) controller.abort(new Error('ended before it was sent'));
        else connection = controller;
      },
      onResponseStart(_, statusCode, received) {
        status = statusCode;
        headers = received;
        const total = Number(first(received['content-length']) ?? NaN);
        if (into && status >= 200 && status < 300) write = into.begin(Number.isFinite(total) ? total : undefined);
      },
      onResponseData(controller, chunk) {
        size += chunk.length;
        const most = write && into ? into.mostBytes : MAX_BODY_BYTES;
        if (size > most) return hangUp(new TooLarge(most));
        if (!write) return void chunks.push(chunk);
        // Resumed before more has come, undici gives an empty chunk; pausing at that would stop the connection for good.
        if (chunk.length === 0) return;
        controller.pause();
        writing = write(chunk).then(() => controller.resume(), hangUp);
      },
      onResponseEnd: () =>
        void writing.then(() =>
          end({
            kind: 'whole',
            status,
            contentType: first(headers['content-type']),
            fileName: fileNameIn(first(headers['content-disposition'])),
            retryAfterSeconds: retryAfter(first(headers['retry-after'])),
            bytes: Buffer.concat(chunks),
            size,
          }),
        ),
      onResponseError: (_, error) => end({ kind: 'broken', sent: connection !== undefined, error }),
    });
  });
}

const first = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

/** A name only: whatever path it came with is left off. */
function fileNameIn(disposition: string | undefined): string | undefined {
  const [, quoted, plain] = /filename="([^"]*)"|filename=([^;\s]+)/i.exec(disposition ?? '') ?? [];
  return (quoted ?? plain)?.replace(/^.*[\\/]/, '') || undefined;
}

function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}
