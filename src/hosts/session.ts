import type { Client } from '../client/index.js';
import type { Config } from '../config.js';
import type { Lookup } from '../inventory/forward.js';
import type { Log } from '../log.js';
import type { Session } from '../tools/run.js';
import { VERSION } from '../version.js';

/** A session of the local user, and how to end it. */
export interface LocalSession extends Session {
  close(): Promise<void>;
}

/**
 * Makes the account reachable: starts the sandbox where there is no account, builds the client. Everything heavy is
 * loaded here and not before, so that a server that is only asked for its tools starts fast. Nothing is sent yet.
 */
export async function openSession(config: Config, log: Log, secrets: Set<string>): Promise<LocalSession> {
  const [{ createClient }, { createInventory }, { createLookup }, { fileDelivery }, { createTickets }] =
    await Promise.all([
      import('../client/index.js'),
      import('../inventory/index.js'),
      import('../inventory/forward.js'),
      import('../guard/secrets.js'),
      import('../guard/tickets.js'),
    ]);
  const common = {
    timeoutMs: config.timeoutMs,
    userAgent: `gigahost-mcp/${VERSION}`,
    onSecret: (value: string) => void secrets.add(value),
  };
  const parts: { client: Client; lookup: Lookup; end(): Promise<void> } =
    config.upstream.kind === 'sandbox' ? await sandbox(common) : api(config.upstream);

  return {
    principal: 'local',
    client: parts.client,
    lookup: parts.lookup,
    inventory: createInventory(parts.client),
    tickets: createTickets(),
    secrets: fileDelivery(config.stateDir),
    confirm: config.confirm,
    onBug: (error, tool) => log.error(`${tool} failed`, error),
    close: async () => {
      await parts.client.close();
      await parts.end();
    },
  };

  function api({ baseUrl, credentials }: Extract<Config['upstream'], { kind: 'api' }>) {
    const stateDir = config.tokenCache ? config.stateDir : undefined;
    return {
      client: createClient({ ...common, baseUrl, credentials, stateDir }),
      lookup: createLookup(config.resolver),
      end: () => Promise.resolve(),
    };
  }

  async function sandbox(options: typeof common) {
    const { startSandbox } = await import('../sandbox/index.js');
    const running = await startSandbox();
    const client = createClient({
      ...options,
      baseUrl: running.url,
      credentials: { apiKey: { value: running.apiKey } },
      stateDir: undefined,
    });
    return { client, lookup: (name: string) => Promise.resolve(running.lookup(name)), end: () => running.close() };
  }
}
