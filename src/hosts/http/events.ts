import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerEvent, ServerEventBus } from '@modelcontextprotocol/server';
import type { Catalogue } from '../../catalogue.js';
import type { Config } from '../../config.js';
import type { Principal } from '../../guard/principal.js';
import { scopeOfAll } from '../../guard/scope.js';
import type { Log } from '../../log.js';
import type { Store } from '../../store/index.js';
import type { Changed } from '../../tools/observer.js';
import { resourcesOn } from '../mcp-resources.js';
import { accountOf, isToldOf, isUri, type Hearer, type Note } from './events-told.js';
import type { Identity } from './identity.js';

/** Streams that one principal may have open on one node. */
const MOST_EACH = 20;
/** URIs that one stream may be about. */
const MOST_URIS = 500;
const CHANNEL = 'resources';

/** Who hears of which changes: a stream hears of what its principal may read, and of their own account only. */
export interface Events {
  /** Where the protocol's streams listen. Nothing else is published on it. */
  readonly bus: ServerEventBus;
  /** Tells the streams of all nodes of a change that somebody made. Never throws. */
  changed(change: Changed, by: Principal): void;
  /** Has `open` open the stream that a request with this body asks for, unless they have too many. */
  listen(body: unknown, identity: Identity, open: () => Promise<Response>): Promise<Response>;
  close(): Promise<void>;
}

interface Stream {
  readonly hearer: Hearer;
  readonly uris: readonly string[];
  tell?: (event: ServerEvent) => void;
  /** No longer counted. */
  readonly end: () => void;
}

interface Parts {
  readonly catalogue: Catalogue;
  readonly config: Config;
  readonly store: Pick<Store, 'publish' | 'subscribe'>;
  readonly log: Log;
  /** Hears that a stream was refused, because there were too many. */
  readonly onTooMany: () => void;
}

export function createEvents({ catalogue, config, store, log, onTooMany }: Parts): Events {
  const opening = new AsyncLocalStorage<Stream>();
  const open = new Set<Stream>();
  const counts = new Map<string, number>();
  const ended = store.subscribe(CHANNEL, message => {
    const note = message === undefined ? undefined : (JSON.parse(message) as Note);
    for (const { tell, hearer, uris } of [...open])
      for (const uri of uris)
        // Where messages were missed, anything may have changed: whoever hears of it reads it again, if they may.
        if (note ? isToldOf(uri, note, hearer) : isUri(uri)) tell?.({ kind: 'resource_updated', uri });
  });

  function streamOf({ key, principal }: Identity, uris: readonly string[]): Stream | undefined {
    const count = counts.get(key) ?? 0;
    if (count >= MOST_EACH) return undefined;
    counts.set(key, count + 1);
    let isOver = false;
    const stream: Stream = {
      uris,
      hearer: {
        account: accountOf(principal, config),
        principal: principal.name,
        scope: scopeOfAll([config, principal]),
        reads: resourcesOn(catalogue, config, principal).map(({ uri }) => uri),
      },
      end() {
        open.delete(stream);
        if (isOver) return;
        isOver = true;
        const left = (counts.get(key) ?? 1) - 1;
        if (left > 0) counts.set(key, left);
        else counts.delete(key);
      },
    };
    return stream;
  }

  return {
    bus: {
      publish: () => undefined,
      subscribe(tell) {
        const stream = opening.getStore();
        if (!stream) throw new Error('a stream was opened for nobody');
        stream.tell = tell;
        open.add(stream);
        return stream.end;
      },
    },
    changed({ effect, toolset, mayDiffer, server, zone }, by) {
      const names = server && { id: server.id, name: server.name, label: server.label, hostname: server.hostname };
      const [account, principal] = [accountOf(by, config), by.name];
      const note: Note = { account, principal, effect, toolset, mayDiffer, server: names, zone };
      store
        .publish(CHANNEL, JSON.stringify(note))
        .catch((error: Error) => log.warn(`Who listens for changes was not told of one: ${error.message}`));
    },
    async listen(body, identity, work) {
      const { id, uris } = askedFor(body);
      if (uris.length > MOST_URIS) return refusal(400, -32_602, id, `One stream is about ${MOST_URIS} URIs at most.`);
      const stream = streamOf(identity, uris);
      if (!stream) {
        onTooMany();
        return refusal(429, -32_603, id, `There are ${MOST_EACH} subscriptions open already; close one first.`);
      }
      try {
        return await opening.run(stream, work);
      } finally {
        // What was refused, or is about nothing, does not count on.
        if (!open.has(stream)) stream.end();
      }
    },
    async close() {
      (await ended)();
    },
  };
}

/** What a stream is to be about; nothing where the request is malformed, which the protocol answers. */
function askedFor(body: unknown) {
  const { id = null, params } = (body ?? {}) as { id?: unknown; params?: { notifications?: unknown } };
  const { resourceSubscriptions: asked } = (params?.notifications ?? {}) as { resourceSubscriptions?: unknown };
  return { id, uris: Array.isArray(asked) ? [...new Set(asked.filter(uri => typeof uri === 'string'))] : [] };
}

const refusal = (status: number, code: number, id: unknown, message: string): Response =>
  Response.json({ jsonrpc: '2.0', id, error: { code, message } }, { status });
