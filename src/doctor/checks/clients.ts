import { findClients, readEntries, Refusal, type FoundClient, type NamedEntry } from '../../clients/index.js';
import { once } from '../../once.js';
import type { Check, Finding } from '../check.js';
import type { Situation } from '../situation.js';
import { tryEntry } from '../start-entry.js';
import { plainSecrets } from '../plain-secrets.js';

interface Held {
  readonly found: FoundClient;
  /** Ours, and those called like it. */
  readonly entries: readonly NamedEntry[];
}

export const clients: Check = {
  id: 'clients',
  patienceMs: 90_000,
  async look(situation) {
    const { machine, env, say } = situation;
    const all = await findClients(machine.platform, env, machine.home);
    const installed = all.filter(one => one.installed);
    if (installed.length === 0) return [say('ok', 'noAssistants')];
    const read = await Promise.all(installed.map(found => heldBy(found, situation)));
    const held = read.filter(one => 'found' in one);
    const without = held.filter(({ entries }) => entries.length === 0).map(({ found }) => found.client.name);
    const isAnywhere = held.some(({ entries }) => entries.length > 0);
    const start = startsOf(situation);
    return [
      ...read.filter(one => 'code' in one),
      ...(await Promise.all(held.map(one => entriesOf(one, start, situation)))).flat(),
      ...(without.length > 0
        ? [say(isAnywhere ? 'ok' : 'warning', isAnywhere ? 'notEverywhere' : 'nowhere', without.join(', '))]
        : []),
    ];
  },
};

async function heldBy(found: FoundClient, { say, whyWords }: Situation): Promise<Held | Finding> {
  try {
    return { found, entries: await readEntries(found) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return say('problem', 'clientUnreadable', found.client.name, found.file, whyWords(error.why));
  }
}

type Start = (entry: NamedEntry) => ReturnType<typeof tryEntry>;

/** What several clients start alike is started once. */
function startsOf(situation: Situation): Start {
  const tried = new Map<string, Start>();
  return entry => {
    const { command, args, env } = entry;
    const key = JSON.stringify([command, args, env]);
    const begun = tried.get(key) ?? once(() => tryEntry(entry, situation)).get;
    tried.set(key, begun);
    return begun(entry);
  };
}

async function entriesOf({ found, entries }: Held, start: Start, { say, scrubber }: Situation): Promise<Finding[]> {
  const { client, file } = found;
  const findings: Finding[] = [];
  for (const entry of entries) {
    const secrets = plainSecrets(entry);
    secrets.forEach(({ value }) => scrubber.add(value));
    findings.push(...(await start(entry))(client.name, entry.name));
    if (secrets.length > 0)
      findings.push(say('warning', 'secretInConfig', client.name, file, secrets.map(({ name }) => name).join(', ')));
  }
  return findings;
}
