import { setTimeout as sleep } from 'node:timers/promises';
import { createDnsRecord, deleteDnsRecord, updateDnsRecord, type DnsRecord, type Zone } from '../../client/api/dns.js';
import { GigahostError } from '../../client/errors.js';
import { isOf, type Step } from '../../inventory/dns/rrsets.js';
import { deletedBy, SEEN_REFUSED, shownValue, wireValue } from '../../inventory/dns/values.js';
import { field } from '../../words/text.js';
import type { ToolContext } from '../tool.js';

export interface Written {
  /** The records as read after the last write. */
  readonly rows: readonly DnsRecord[];
  /** Why it stopped before the end; null where it did not. */
  readonly stopped: string | null;
  readonly undone: readonly Step[];
  /** What a write took that was not meant to go, and what was added again. */
  readonly putBack: readonly Step[];
}

type Reach = Pick<ToolContext, 'client' | 'inventory' | 'progress'>;
type Rows = readonly DnsRecord[];
type Create = Extract<Step, { kind: 'create' }>;

/** A 500 of overlapping writes, by others than us, is over in a moment (wire note 10.6). */
const TRIES = 3;
const PAUSE_MS = 400;
const DEFAULT_TTL = 3600;
const LONGEST_WORDS = 300;

/**
 * Carries the steps out one after another. Record ids are hashes of the content, so the zone is read anew after every
 * write; whatever vanished beside what was meant to is put back. Stops at the first step that does not take.
 * @throws {GigahostError} when that is the first one and Gigahost refused it, or the zone cannot be read.
 */
export async function writeRecords(reach: Reach, zone: Zone, steps: readonly Step[]): Promise<Written> {
  let rows = await reach.inventory.zones.records(zone);
  const putBack: Step[] = [];
  for (const [index, step] of steps.entries()) {
    await reach.progress(`Writing to ${zone.name}: ${inWords(step)}`, index, steps.length);
    const taken = await take(reach, zone, step, rows);
    rows = taken.now;
    putBack.push(...taken.putBack);
    if (taken.stopped === null) continue;
    const nothingYet = index === 0 && taken.putBack.length === 0 && taken.lost.length === 0;
    if (nothingYet && taken.refusal) throw about(step, taken.refusal);
    return { rows, stopped: taken.stopped, undone: [...taken.lost, ...taken.left, ...steps.slice(index + 1)], putBack };
  }
  return { rows, stopped: null, undone: [], putBack };
}

interface Taken {
  readonly now: Rows;
  readonly stopped: string | null;
  readonly refusal?: GigahostError | undefined;
  readonly putBack: readonly Step[];
  /** What went with it and could not be put back. */
  readonly lost: readonly Step[];
  /** The step itself, where it did not take. */
  readonly left: readonly Step[];
}

async function take(reach: Reach, zone: Zone, step: Step, before: Rows): Promise<Taken> {
  const putBack: Step[] = [];
  let now = before;
  for (let tries = 1; ; tries += 1) {
    if (stands(step, now)) return { now, stopped: null, putBack, lost: [], left: [] };
    const refusal = await send(reach, zone, step, now);
    const restored = await restore(reach, zone, lostBeside(step, now, await reach.inventory.zones.records(zone)));
    const { lost } = restored;
    const nearer = notYet(step, restored.now) < notYet(step, now);
    now = restored.now;
    putBack.push(...restored.putBack);
    const left = stands(step, now) ? [] : [step];
    if (lost.length > 0) {
      const stopped = `Gigahost took ${lost.map(lostWords).join('; ')} as well, and it could not be put back (${whyNot(restored.refusal)})`;
      return { now, stopped, putBack, lost, left };
    }
    if (left.length === 0 || (nearer && !refusal)) continue;
    if (refusal?.facts.status === 500 && tries < TRIES) {
      await sleep(PAUSE_MS * tries);
      continue;
    }
    return { now, stopped: `${inWords(step)}: ${whyNot(refusal)}`, refusal, putBack, lost: [], left };
  }
}

const lostWords = ({ name, type, to }: Create): string => field(`${type} ${name} ${to}`, LONGEST_WORDS);

function whyNot(refusal: GigahostError | undefined): string {
  if (!refusal) return 'Gigahost accepted it, and the zone does not show it: it may be protected';
  const { reason, status } = refusal.facts;
  if (status === undefined) return `its answer was lost (${reason ?? 'no answer'}), and the zone does not show it`;
  return `Gigahost ${status < 500 ? 'refused' : 'failed'} (${reason ? `"${field(reason, LONGEST_WORDS)}", ` : ''}status ${status})`;
}

/** The refusal, as one of this step; of what is not known, with what reading told. */
function about(step: Step, { kind, facts, cause }: GigahostError): GigahostError {
  const reason =
    facts.changed === 'nothing' ? facts.reason : `${facts.reason ?? 'no answer'}; the zone does not show it`;
  const hint =
    kind === 'rejected' && step.kind !== 'delete' && SEEN_REFUSED.has(step.type)
      ? `Gigahost has been seen to refuse every ${step.type} record: leave it out, or ask its support.`
      : undefined;
  return new GigahostError(kind, { ...facts, operation: inWords(step), reason, ...(hint && { hint }) }, { cause });
}

/** Whether what the step is to bring about is so. */
function stands(step: Step, rows: Rows): boolean {
  const at = (value: string) => rows.filter(row => isOf(step)(row) && shownValue(row) === value);
  if (step.kind === 'delete') return at(step.from).length === 0;
  const found = at(step.to);
  if (found.length === 0 || step.kind === 'create') return found.length > 0;
  return found.every(({ ttl }) => ttl === step.ttl) && (step.from === step.to || at(step.from).length === 0);
}

/** Records of one value that still have another TTL: it can be there twice, and a change takes one. */
const notYet = (step: Step, rows: Rows): number =>
  step.kind === 'update' && step.from === step.to
    ? rows.filter(row => isOf(step)(row) && shownValue(row) === step.to && row.ttl !== step.ttl).length
    : 0;

/** Sends the write. What came back but a success is returned: reading tells what it did. */
async function send(reach: Reach, zone: Zone, step: Step, rows: Rows): Promise<GigahostError | undefined> {
  const { client } = reach;
  const { name, type } = step;
  const params = { zone_id: zone.id };
  const at = (value: string) => rows.filter(row => isOf(step)(row) && shownValue(row) === value);
  const old = step.kind === 'create' ? [] : at(step.from);
  const row =
    step.kind === 'update' && step.from === step.to ? old.find(({ ttl }) => ttl !== step.ttl) : (old[0] ?? undefined);
  const isThere = step.kind === 'update' && step.from !== step.to && at(step.to).length > 0;
  return attempt(async () => {
    if (row && (step.kind === 'delete' || isThere)) {
      const query = { name: row.name, type: row.type, value: deletedBy(row) };
      await client.call(deleteDnsRecord, { params: { ...params, record_id: row.id }, query });
      return;
    }
    if (step.kind === 'delete') return;
    const body = { record_name: name, record_type: type, record_ttl: step.ttl, ...wireValue(type, step.to) };
    if (row) await client.call(updateDnsRecord, { params: { ...params, record_id: row.id }, body });
    else await client.call(createDnsRecord, { params, body });
  });
}

const attempt = (work: () => Promise<void>): Promise<GigahostError | undefined> =>
  work().then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof GigahostError) return error;
      throw error;
    },
  );

/** What a write took with it and was not meant to: a delete can take a whole set (wire note 10.1). */
function lostBeside(step: Step, before: Rows, after: Rows): { readonly lost: readonly Create[]; readonly now: Rows } {
  const meant = step.kind === 'create' ? undefined : step.from;
  const lost = before.filter(
    row =>
      isOf(step)(row) &&
      shownValue(row) !== meant &&
      !after.some(other => isOf(row)(other) && shownValue(other) === shownValue(row)),
  );
  return {
    now: after,
    lost: lost.map(row => ({
      kind: 'create',
      name: row.name,
      type: row.type,
      ttl: row.ttl ?? DEFAULT_TTL,
      to: shownValue(row),
    })),
  };
}

/** Adds what was lost again, and says what that did not bring back. */
async function restore(
  reach: Reach,
  zone: Zone,
  { lost, now: after }: ReturnType<typeof lostBeside>,
): Promise<{
  readonly now: Rows;
  readonly putBack: readonly Create[];
  readonly lost: readonly Create[];
  readonly refusal: GigahostError | undefined;
}> {
  let now = after;
  let refusal: GigahostError | undefined;
  for (const step of lost)
    for (let tries = 1; tries <= TRIES && !stands(step, now); tries += 1) {
      if (tries > 1) await sleep(PAUSE_MS * tries);
      refusal = await send(reach, zone, step, now);
      now = await reach.inventory.zones.records(zone);
      if (refusal?.facts.status !== 500) break;
    }
  return {
    now,
    refusal,
    putBack: lost.filter(step => stands(step, now)),
    lost: lost.filter(step => !stands(step, now)),
  };
}

/** "add A www 192.0.2.1 (TTL 300)". */
export function inWords(step: Step): string {
  const at = `${step.type} ${step.name}`;
  const value = (text: string): string => field(text, LONGEST_WORDS);
  switch (step.kind) {
    case 'create':
      return `add ${at} ${value(step.to)} (TTL ${step.ttl})`;
    case 'delete':
      return `delete ${at} ${value(step.from)}`;
    case 'update':
      return step.from === step.to
        ? `set the TTL of ${at} ${value(step.to)} to ${step.ttl}`
        : `change ${at} from ${value(step.from)} to ${value(step.to)}`;
  }
}
