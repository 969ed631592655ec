import { setTimeout as sleep } from 'node:timers/promises';
import { createDnsRecord, deleteDnsRecord, updateDnsRecord, type DnsRecord, type Zone } from '../../client/api/dns.js';
import { GigahostError } from '../../client/errors.js';
import { isOf, type Step } from '../../inventory/dns/rrsets.js';
import { deletedBy, shownValue, wireValue } from '../../inventory/dns/values.js';
import type { ToolContext } from '../tool.js';

export interface Written {
  /** The records as read after the last write. */
  readonly rows: readonly DnsRecord[];
  /** Why it stopped before the end; null where it did not. */
  readonly stopped: string | null;
  readonly undone: readonly Step[];
}

type Reach = Pick<ToolContext, 'client' | 'inventory' | 'progress'>;

/** A 500 of overlapping writes, by others than us, is over in a moment (wire note 10.6). */
const TRIES = 3;
const PAUSE_MS = 400;

/**
 * Carries the steps out one after another. Record ids are hashes of the content, so the zone is read anew after every
 * write; whatever vanished beside what was meant to is put back. Stops at the first step that does not take.
 */
export async function writeRecords(reach: Reach, zone: Zone, steps: readonly Step[]): Promise<Written> {
  let rows = await reach.inventory.zones.records(zone);
  for (const [index, step] of steps.entries()) {
    await reach.progress(`Writing to ${zone.name}: ${inWords(step)}`, index, steps.length);
    const { stopped, now } = await take(reach, zone, step, rows);
    rows = now;
    if (stopped !== null) return { rows, stopped, undone: steps.slice(index) };
  }
  return { rows, stopped: null, undone: [] };
}

async function take(
  reach: Reach,
  zone: Zone,
  step: Step,
  before: readonly DnsRecord[],
): Promise<{ stopped: string | null; now: readonly DnsRecord[] }> {
  const read = () => reach.inventory.zones.records(zone);
  let now = before;
  for (let tries = 1; !stands(step, now); tries += 1) {
    try {
      await send(reach, zone, step, now);
      now = await putBack(reach, zone, step, now, await read());
      if (stands(step, now)) break;
      return {
        stopped: `Gigahost accepted it (${inWords(step)}), and the zone does not show it: it may be protected.`,
        now,
      };
    } catch (error) {
      if (!(error instanceof GigahostError)) throw error;
      now = await read().catch(() => now);
      if (stands(step, now)) break;
      const again = error.facts.status === 500 && tries < TRIES;
      if (!again) return { stopped: `${inWords(step)}: ${reasonOf(error)}`, now };
      await sleep(PAUSE_MS * tries);
    }
  }
  return { stopped: null, now };
}

function reasonOf({ kind, facts }: GigahostError): string {
  const said = facts.reason ?? (facts.status === undefined ? 'no answer' : `status ${facts.status}`);
  return kind === 'outcome_unknown'
    ? `its answer was lost (${said}), and the zone does not show it`
    : `Gigahost refused (${said})`;
}

/** Whether what the step is to bring about is so. */
function stands(step: Step, rows: readonly DnsRecord[]): boolean {
  const there = (value: string) => rows.find(row => isOf(step)(row) && shownValue(row) === value);
  if (step.kind === 'delete') return !there(step.from);
  const found = there(step.to);
  if (found === undefined) return false;
  return step.kind === 'create' || (found.ttl === step.ttl && (step.from === step.to || !there(step.from)));
}

async function send({ client }: Reach, zone: Zone, step: Step, rows: readonly DnsRecord[]): Promise<void> {
  const { name, type } = step;
  const old = step.kind === 'create' ? undefined : rows.find(row => isOf(step)(row) && shownValue(row) === step.from);
  if (step.kind === 'delete') {
    if (!old) return;
    const query = { name: old.name, type: old.type, value: deletedBy(old) };
    await client.call(deleteDnsRecord, { params: { zone_id: zone.id, record_id: old.id }, query });
    return;
  }
  const body = { record_name: name, record_type: type, record_ttl: step.ttl, ...wireValue(type, step.to) };
  if (old) await client.call(updateDnsRecord, { params: { zone_id: zone.id, record_id: old.id }, body });
  else await client.call(createDnsRecord, { params: { zone_id: zone.id }, body });
}

/** Puts back what a write took with it and was not meant to: a delete can take a whole set (wire note 10.1). */
async function putBack(
  { client, inventory }: Reach,
  zone: Zone,
  step: Step,
  before: readonly DnsRecord[],
  after: readonly DnsRecord[],
): Promise<readonly DnsRecord[]> {
  const meant = step.kind === 'create' ? undefined : step.from;
  const lost = before.filter(
    row =>
      isOf(step)(row) &&
      shownValue(row) !== meant &&
      !after.some(other => isOf(row)(other) && shownValue(other) === shownValue(row)),
  );
  for (const { name, type, ttl, ...row } of lost) {
    const value = wireValue(type, shownValue({ type, ...row }));
    const body = { record_name: name, record_type: type, ...(ttl !== null && { record_ttl: ttl }), ...value };
    await client.call(createDnsRecord, { params: { zone_id: zone.id }, body });
  }
  return lost.length === 0 ? after : inventory.zones.records(zone);
}

/** "+ A www 192.0.2.1 (TTL 300)". */
export function inWords(step: Step): string {
  const at = `${step.type} ${step.name}`;
  switch (step.kind) {
    case 'create':
      return `add ${at} ${step.to} (TTL ${step.ttl})`;
    case 'delete':
      return `delete ${at} ${step.from}`;
    case 'update':
      return step.from === step.to
        ? `set the TTL of ${at} ${step.to} to ${step.ttl}`
        : `change ${at} from ${step.from} to ${step.to}`;
  }
}
