import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, type Dispatcher } from 'undici';

/** Four base64 pictures fit several times over; anything larger is not an answer of this API. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;
const CONNECTIONS = { connections: 6, connect: { timeout: 10_000 }, headersTimeout: 0, bodyTimeout: 0 };

/** Clients commonly kill a server a few seconds after they have closed its input. */
const LAST_ANSWERS_MS = 5000;

export type Answer =
  | {
      readonly kind: 'whole';
      readonly status: number;
      readonly contentType: string | undefined;
      readonly retryAfterSeconds: number | undefined;
      readonly text: string;
    }
  /** `sent` is false when it never reached a connection. */
  | { readonly kind: 'broken'; readonly sent: boolean; readonly error: unknown };

export class TooLarge extends Error {
  override readonly message = `the answer was larger than ${MAX_BODY_BYTES / 1024 / 1024} MiB`;
}

/** The connections to one API. The only file that imports undici. */
export function openConnections(origin: string) {
  const reads = new Pool(origin, CONNECTIONS);
  /** A connection each: one that had gone stale while idle would leave the outcome of a change unknown. */
  const changes = new Pool(origin, { ...CONNECTIONS, pipelining: 0 });
  const underway = new Set<Promise<Answer>>();
  return {
    read: (request: Request, ends: Ends) => exchange(reads, request, ends, true),
    change: (request: Request, ends: Ends): Promise<Answer> => {
      const answer = exchange(changes, request, ends, false);
      underway.add(answer);
      void answer.finally(() => underway.delete(answer));
      return answer;
    },
    /** Cuts reads off at once. A change that is on its way is given a while to be answered. */
    close: async (): Promise<void> => {
      await reads.destroy();
      await Promise.race([Promise.all(underway), sleep(LAST_ANSWERS_MS, undefined, { ref: false })]);
      await changes.destroy();
    },
  };
}

/** What may end an exchange early. A caller who leaves ends a read, and a change that has not been sent yet. */
export interface Ends {
  readonly deadline: AbortSignal;
  readonly caller: AbortSignal | undefined;
}

type Request = Pick<Dispatcher.DispatchOptions, 'method' | 'path' | 'headers' | 'body'>;

/** One request and its answer. Never rejects. Ending early closes the connection. */
function exchange(pool: Pool, request: Request, { deadline, caller }: Ends, isRead: boolean): Promise<Answer> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    let size = 0;
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
      },
      onResponseData(_, chunk) {
        size += chunk.length;
        if (size > MAX_BODY_BYTES) hangUp(new TooLarge());
        else chunks.push(chunk);
      },
      onResponseEnd: () =>
        end({
          kind: 'whole',
          status,
          contentType: first(headers['content-type']),
          retryAfterSeconds: retryAfter(first(headers['retry-after'])),
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      onResponseError: (_, error) => end({ kind: 'broken', sent: connection !== undefined, error }),
    });
  });
}

const first = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}
