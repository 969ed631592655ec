import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { AllCalls } from '../calls.js';

const LOOK_EVERY_MS = 25;
/** Time for answers that are ready to be written. */
const WRITING_MS = 1000;

/** What is being answered, and how it ends when the server stops. */
export interface Departure {
  /** Whether the server takes nothing more. */
  readonly isLeaving: boolean;
  /** Counts a response until it is over. Calls are waited for; streams, which last as long as the client wants, are ended. */
  watch(response: ServerResponse, kind: 'call' | 'stream'): void;
  /**
   * Accepts no more connections, lets calls finish for that many milliseconds, then has the rest answer what became of
   * them, ends streams and closes all connections. Connections that are kept alive stay until then, so that what comes
   * over them is answered.
   */
  leave(server: Server, patienceMs: number, ends: Ends): Promise<void>;
}

interface Ends {
  /** Cuts off what calls wait for, once they were told. */
  sessions(): Promise<void>;
  streams(): Promise<void>;
}

export function createDeparture(calls: AllCalls): Departure {
  const open = { call: new Set<ServerResponse>(), stream: new Set<ServerResponse>() };
  let isLeaving = false;
  const isBusy = (): boolean => open.call.size > 0 || calls.underway > 0;
  const isOpen = (): boolean => isBusy() || open.stream.size > 0;

  return {
    get isLeaving() {
      return isLeaving;
    },
    watch(response, kind) {
      if (response.closed) return;
      open[kind].add(response);
      response.once('close', () => open[kind].delete(response));
    },
    async leave(server, patienceMs, ends) {
      isLeaving = true;
      // That of an HTTP server would cut off requests that are on their way over idle connections.
      NetServer.prototype.close.call(server);
      await whileIts(isBusy, patienceMs);
      calls.end();
      await whileIts(isBusy, WRITING_MS);
      await ends.sessions();
      await whileIts(isBusy, WRITING_MS);
      await ends.streams();
      await whileIts(isOpen, WRITING_MS);
      server.closeAllConnections();
    },
  };
}

async function whileIts(so: () => boolean, mostMs: number): Promise<void> {
  for (const end = performance.now() + mostMs; so() && performance.now() < end;) await wait(LOOK_EVERY_MS);
}
