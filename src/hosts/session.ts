import type { Entry, Journal } from '../guard/journal.js';
import type { Principal } from '../guard/principal.js';
import type { Scope } from '../guard/scope.js';
import type { SecretEntry, SessionDelivery } from '../guard/secrets/index.js';
import type { Files } from '../guard/files.js';
import type { Session } from '../tools/run.js';
import { once } from '../once.js';
import type { Ground } from './ground.js';
import { traceHeaders } from './trace.js';

/** A session of one principal, and how to end it. */
export interface OpenSession extends Session {
  close(): Promise<void>;
}

/** What is different where the person does not sit at the machine the server runs on. */
export interface Surroundings {
  readonly secrets: SessionDelivery;
  readonly entry: SecretEntry;
  readonly files: Files;
  /** Most requests to Gigahost at the same time, for whom no other number is set. */
  readonly concurrentUpstream: number;
}

/** What a session is made of, and what carries out its calls. */
export const loadParts = () =>
  Promise.all([
    import('../client/index.js'),
    import('../inventory/index.js'),
    import('./ground.js'),
    import('./guards.js'),
    import('../tools/index.js'),
    import('../tools/select.js'),
    import('../tools/describe.js'),
    import('../tools/meter.js'),
    import('../tools/run.js'),
    import('../resources/index.js'),
  ]);

/**
 * Makes the account reachable for one principal. Everything heavy is loaded here and not before, so that a server that
 * is only asked for its tools starts fast. Nothing is sent yet.
 */
export async function openSession(ground: Ground, principal: Principal, around?: Surroundings): Promise<OpenSession> {
  const [{ createClient }, { accountId, createInventory }, , guards, { TOOLS }, select, { relays }, { metered }] =
    await loadParts();
  const { config, log, journal } = ground;
  const words = ground.messages.page;
  const scrubber = guards.createScrubber();
  const conceal = (secret: string): void => {
    scrubber.add(secret);
    ground.scrubber.add(secret);
  };
  const secrets = around?.secrets ?? guards.createSecretDelivery(config.secrets, config.stateDir, ground.store, words);
  const entry = around?.entry ?? guards.createSecretEntry(guards.createEntries(ground.store, words));
  const scope = guards.scopeOfAll([config, principal]);
  const observe = ground.observe?.(principal);
  const bare = createClient({
    ...ground.clientOptions(principal.credentials),
    mostAtOnce: around && (principal.concurrentUpstream ?? around.concurrentUpstream),
    onSecret: conceal,
    onMarkedSecret: conceal,
    onSent: observe?.sent,
    extraHeaders: traceHeaders,
  });
  const client = metered(bare);
  const selections = select.selectionsOf(config, principal);
  const sees = seenIn(scope);
  // What was bought counts whatever is in scope now, and for who asked for it, whoever approved it.
  const spendOf: Session['spendOf'] = (name, limits) =>
    guards.allLimits(config.maxSpend.perDay ? 'everybody' : name, [
      guards.spendLimits(config.maxSpend, journal),
      guards.spendLimits(
        limits,
        keeping(journal, entry => entry.principal === name),
      ),
    ]);

  return {
    principal: principal.name,
    role: principal.role,
    client,
    lookup: ground.lookup,
    tools: TOOLS.map(tool => {
      const { name, effect, toolset, fourEyes } = tool;
      const selectable = { name, effect, toolset, fourEyes, relays: relays(tool) };
      return {
        tool,
        on: select.whyOff(selectable, selections) === undefined,
        barred: select.whyBarred(selectable, selections),
      };
    }),
    inventory: createInventory(client, scope),
    tickets: guards.createTickets(ground.store),
    queue: guards.createQueue(ground.store),
    scrubber: { add: conceal, scrub: scrubber.scrub },
    // What others changed is theirs to see; what is out of scope is as good as absent.
    journal: keeping(journal, entry => [entry.principal, entry.approved_by].includes(principal.name) && sees(entry)),
    spendOf,
    limits: principal.maxSpend,
    fourEyes: principal.fourEyes,
    pending: guards.createPending(ground.store, once(() => accountId(client)).get, (change, outcome, reason) =>
      journal.end(change.change_id, { outcome, reason, after: null, requests: 0, duration_ms: 0 }),
    ),
    sees,
    secrets,
    entry,
    files: around?.files ?? guards.createFiles(config.files, config.maxFileMb),
    confirm: principal.mustBeAsked && config.confirm === 'auto' ? 'elicit' : config.confirm,
    maxTargets: Math.min(config.maxTargets, principal.maxTargets ?? Infinity),
    observe,
    onBug: (error, tool) => log.error(`${tool} failed`, error),
    close: async () => {
      await secrets.close();
      await entry.close();
      await bare.close();
    },
  };
}

const keeping = (journal: Journal, holds: (entry: Entry) => boolean): Journal => ({
  ...journal,
  read: async () => (await journal.read()).filter(holds),
});

/** Whether the server or zone that a change concerns is in scope; of neither, whether everything is. */
const seenIn =
  ({ servers, zones }: Scope): Session['sees'] =>
  ({ server, zone, zone_id }) =>
    server
      ? servers.holds(server)
      : zone
        ? zones.holds({ name: zone, ...(zone_id && { id: zone_id }) })
        : servers.whole && zones.whole;
