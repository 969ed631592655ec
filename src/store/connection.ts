import { createClient, ErrorReply } from '@redis/client';
import { StoreError } from './store.js';

/** Longest that anybody waits for a connection or an answer. */
const ANSWER_MS = 2000;
const LONGEST_PAUSE_MS = 1000;

const clientOf = (url: string) =>
  createClient({
    url,
    // What cannot be sent now fails now: sent later, it would be done for a caller who was told that it was not.
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: ANSWER_MS,
      reconnectStrategy: retries => Math.min(50 * (retries + 1), LONGEST_PAUSE_MS),
    },
  });
export type Client = ReturnType<typeof clientOf>;

export interface Connection {
  /** Sends one command, once. @throws {StoreError} at once where there is no connection, else within two seconds. */
  readonly send: <T>(command: (client: Client) => Promise<T>) => Promise<T>;
  close(): void;
}

/** A connection that comes back by itself. `onUp` is told each time it is there. */
export function connect(url: string, onUp: () => void): Connection {
  /** What went wrong since it was last there; undefined as long as nothing did. */
  let failure: unknown;
  let isClosed = false;
  let { client, settled } = open();

  /** `settled` once it is there, or went wrong for the first time. */
  function open(): { readonly client: Client; readonly settled: Promise<void> } {
    const made = clientOf(url);
    made.on('error', (error: unknown) => {
      if (made === client) failure = error;
    });
    made.on('ready', () => {
      if (made !== client) return;
      failure = undefined;
      onUp();
    });
    made.connect().catch(() => undefined);
    return {
      client: made,
      settled: new Promise(resolve => made.once('ready', () => resolve()).once('error', () => resolve())),
    };
  }

  /** A connection that gives no answer may be dead without a sign of it. */
  function openAnew(silent: Client): void {
    if (client !== silent || isClosed) return;
    failure = new Silence();
    ({ client, settled } = open());
    silent.destroy();
  }

  /** Waits for the first connection; one that was lost is not waited for. */
  async function up(): Promise<void> {
    if (isClosed) throw new StoreError('closed');
    if (client.isReady) return;
    if (failure === undefined) await within(settled).catch((error: unknown) => (failure ??= error));
    if (!client.isReady) throw new StoreError(reasonOf(failure), failure);
  }

  return {
    async send(command) {
      await up();
      const used = client;
      try {
        return await within(command(used));
      } catch (error) {
        if (error instanceof Silence) openAnew(used);
        throw new StoreError(reasonOf(error), error);
      }
    },
    close() {
      isClosed = true;
      client.destroy();
    },
  };
}

class Silence extends Error {
  override readonly name = 'no answer';
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Silence()), ANSWER_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A code and never a message: one may hold the address, with the password in it. */
function reasonOf(error: unknown): string {
  if (error instanceof ErrorReply) return /^[A-Z]+/.exec(error.message)?.[0] ?? 'refused';
  if (!(error instanceof Error)) return 'not connected';
  return (error as NodeJS.ErrnoException).code ?? (error instanceof Silence ? error.name : 'connection lost');
}
