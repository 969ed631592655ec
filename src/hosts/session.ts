import type { Client } from '../client/index.js';
import type { Config } from '../config.js';
import type { Entry, Journal } from '../guard/journal.js';
import type { Scope } from '../guard/scope.js';
import type { Scrubber } from '../guard/scrub.js';
import type { Lookup } from '../inventory/forward.js';
import type { Log } from '../log.js';
import type { Session } from '../tools/run.js';
import { VERSION } from '../version.js';

/** Of the demo account. It is struck out of every answer, so it is nothing else that an answer may say. */
const SANDBOX_PASSWORD = 'fjordkaffe-sandbox';

/** A session of the local user, and how to end it. */
export interface LocalSession extends Session {
  close(): Promise<void>;
}

/** What a session is made of, and what carries out its calls. */
export const loadParts = () =>
  Promise.all([
    import('../client/index.js'),
    import('../inventory/index.js'),
    import('../inventory/forward.js'),
    import('./guards.js'),
    import('../tools/index.js'),
    import('../tools/select.js'),
    import('../tools/meter.js'),
    import('../tools/run.js'),
    import('../resources/index.js'),
  ]);

/**
 * Makes the account reachable: starts the sandbox where there is no account, builds the client. Everything heavy is
 * loaded here and not before, so that a server that is only asked for its tools starts fast. Nothing is sent yet.
 */
export async function openSession(config: Config, log: Log, scrubber: Scrubber): Promise<LocalSession> {
  const [
    { createClient },
    { createInventory },
    { createLookup },
    guards,
    { TOOLS },
    { whyBarred, whyOff },
    { metered },
  ] = await loadParts();
  const common = {
    timeoutMs: config.timeoutMs,
    userAgent: `gigahost-mcp/${VERSION}`,
    onSecret: scrubber.add,
    onMarkedSecret: scrubber.add,
  };
  const parts: { client: Client; lookup: Lookup; end(): Promise<void> } =
    config.upstream.kind === 'sandbox' ? await sandbox(common) : api(config.upstream);
  const delivery = guards.createSecretDelivery(config.secrets, config.stateDir);
  const entry = guards.createSecretEntry();
  const scope = guards.scopeOf({ servers: config.onlyServers, zones: config.onlyZones });
  const client = metered(parts.client);
  const journal = openJournal();

  return {
    principal: 'local',
    client,
    lookup: parts.lookup,
    tools: TOOLS.map(tool => ({ tool, on: whyOff(tool, config) === undefined, barred: whyBarred(tool, config) })),
    inventory: createInventory(client, scope),
    tickets: guards.createTickets(),
    queue: guards.createQueue(),
    scrubber,
    journal: inScope(journal, scope),
    // What was bought counts whatever is in scope now.
    spend: guards.spendLimits(config.maxSpend, journal),
    secrets: delivery,
    entry,
    files: guards.createFiles(config.files, config.maxFileMb),
    confirm: config.confirm,
    maxTargets: config.maxTargets,
    onBug: (error, tool) => log.error(`${tool} failed`, error),
    close: async () => {
      await delivery.close();
      await entry.close();
      await parts.client.close();
      await parts.end();
    },
  };

  function openJournal(): Journal {
    if (config.journal === null) return guards.noJournal;
    return config.upstream.kind === 'sandbox' ? guards.memoryJournal() : guards.fileJournal(config.journal);
  }

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
    // Signed in by name, as API keys are refused where keys are made and where activity is read.
    const running = await startSandbox({ password: SANDBOX_PASSWORD });
    const client = createClient({
      ...options,
      baseUrl: running.url,
      credentials: { username: { value: running.username }, password: { value: running.password } },
      stateDir: undefined,
    });
    return { client, lookup: (name: string) => Promise.resolve(running.lookup(name)), end: () => running.close() };
  }
}

/** Changes of servers and zones that are out of scope are as good as absent. */
function inScope(journal: Journal, { servers, zones }: Scope): Journal {
  const whole = servers.whole && zones.whole;
  const sees = ({ server, zone, zone_id }: Entry): boolean =>
    server ? servers.holds(server) : zone ? zones.holds({ name: zone, ...(zone_id && { id: zone_id }) }) : whole;
  return whole ? journal : { ...journal, read: async () => (await journal.read()).filter(sees) };
}
