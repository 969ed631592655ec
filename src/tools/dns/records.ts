import * as z from 'zod';
import type { DnsRecord, Zone } from '../../client/api/dns.js';
import {
  mustBeRight,
  rrsetOf,
  setInWords,
  stepsTo,
  type RRset,
  type Step,
  type Wanted,
} from '../../inventory/dns/rrsets.js';
import { recordName } from '../../inventory/dns/names.js';
import { readValue, SEEN_REFUSED } from '../../inventory/dns/values.js';
import { InputError } from '../../inventory/input-error.js';
import type { Plan } from '../../guard/plan.js';
import type { Block } from '../../words/blocks.js';
import { field } from '../../words/text.js';
import type { ToolContext, Undo } from '../tool.js';
import { inWords, writeRecords } from './write-records.js';

/** What changes of records have in common: the plan, the writes, the answer, the way back. */

export const RecordName = z.string().trim().min(1).max(253).describe('www, @ for the zone itself, or the full name');
export const RecordType = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9]{1,10}$/, 'is not a record type such as A or TXT')
  .describe('A, AAAA, CNAME, MX, TXT, …');

export interface Subject {
  readonly zone: Zone;
  readonly wanted: readonly Wanted[];
  readonly steps: readonly Step[];
}

export const WrittenOutput = z.looseObject({
  zone: z.string(),
  records: z
    .array(
      z.looseObject({ name: z.string(), type: z.string(), before: z.string().nullable(), now: z.string().nullable() }),
    )
    .describe('Each set that was asked for, as read back'),
  complete: z.boolean().describe('False when it stopped half-way'),
  stopped_because: z.string().nullable(),
  not_done: z.array(z.string()),
  put_back: z.array(z.string()).describe('What Gigahost took as well and was added again'),
  warning: z.string().nullable(),
});
type Output = z.output<typeof WrittenOutput>;

/** @throws {InputError} when one set is named twice. */
export function wantedOf(sets: readonly RRset[], rows: readonly DnsRecord[]): Wanted[] {
  const keys = sets.map(({ name, type }) => `${type} ${name}`);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice) throw new InputError(`${twice} is named twice: give all its values in one entry.`);
  return sets.map(set => ({ ...set, before: rrsetOf(rows, set) }));
}

export function planOf(verb: string, zone: Zone, wanted: readonly Wanted[], rows: readonly DnsRecord[]): Plan<Subject> {
  mustBeRight(wanted, rows, zone);
  const steps = stepsTo(wanted, rows);
  const blank = steps.find(step => step.kind === 'delete' && step.from === '');
  if (blank)
    throw new InputError(
      `Gigahost lists a ${blank.type} record at ${blank.name} without a value: it cannot be deleted without the others of its set.`,
    );
  const refused = [
    ...new Set(steps.flatMap(step => (step.kind !== 'delete' && SEEN_REFUSED.has(step.type) ? [step.type] : []))),
  ];
  const takes = steps.some(step => step.kind === 'delete' || (step.kind === 'update' && step.from !== step.to));
  const count = `${steps.length} DNS record${steps.length === 1 ? '' : 's'}`;
  return {
    what: steps.length === 0 ? `Leave the records of ${zone.name} as they are` : `${verb} ${count} in ${zone.name}`,
    consequences: [
      ...steps.map(inWords),
      ...(steps.length === 0 ? ['They are as asked for already.'] : []),
      ...refused.map(type => `Gigahost has been seen to refuse ${type} records.`),
      ...externally(zone),
    ],
    zone: zone.name,
    zoneId: zone.id,
    name: zone.name,
    targets: steps.length,
    ...(takes && { effect: 'disrupt' as const }),
    state: { zone: zone.id, sets: wanted.map(({ before, ...set }) => [set, before ?? null]) },
    subject: { zone, wanted, steps },
  };
}

/** A zone that is served elsewhere is not what the world sees (wire note 10.12). */
export const externally = ({ isExternal, name }: Zone): string[] =>
  isExternal
    ? [`${name} is served by nameservers outside Gigahost: what is written here has no effect for the public.`]
    : [];

export async function apply(
  context: Pick<ToolContext, 'client' | 'inventory' | 'progress'>,
  { subject: { zone, wanted, steps } }: Plan<Subject>,
): Promise<Output> {
  const { rows, stopped, undone, putBack } = await writeRecords(context, zone, steps);
  return {
    ...(stopped !== null && { status: 'stopped' }),
    zone: zone.name,
    records: wanted.map(({ name, type, before }) => ({
      name,
      type,
      before: setInWords(before),
      now: setInWords(rrsetOf(rows, { name, type })),
    })),
    complete: stopped === null,
    stopped_because: stopped,
    not_done: undone.map(inWords),
    put_back: putBack.map(inWords),
    warning: externally(zone)[0] ?? null,
  };
}

export function say(output: Output): (Block | false)[] {
  const { zone, records, complete, stopped_because, not_done, put_back, warning } = output;
  const changed = records.filter(({ before, now }) => before !== now);
  const same = records.filter(({ before, now }) => before === now);
  const shown = [
    ...changed.map(({ name, type, before, now }) =>
      now === null
        ? `${type} ${name} in ${zone}: none any more; before: ${before}.`
        : `${type} ${name} in ${zone}: ${now}; before: ${before ?? 'none'}.`,
    ),
    ...same
      .slice(0, MOST_SAME)
      .map(({ name, type, now }) => `${type} ${name} in ${zone}: ${now ?? 'none'}, as before.`),
    ...(same.length > MOST_SAME ? [`${same.length - MOST_SAME} more sets are as before.`] : []),
  ];
  return [
    shown.map(line => field(line, LONGEST_LINE)).join('\n'),
    put_back.length > 0 && `Gigahost took more than was asked for, and that was put back: ${put_back.join('; ')}.`,
    !complete &&
      `It stopped half-way. ${stopped_because}.${not_done.length > 0 ? ` Not done: ${not_done.join('; ')}.` : ''} What stands is said above; call again for what is not done, or take back what is with undo_change.`,
    warning ?? false,
  ];
}

/** Sets that were asked for and were so already. */
const MOST_SAME = 20;
const LONGEST_LINE = 1600;

const factsOf = (sets: readonly (readonly [key: string, words: string | null])[]) => Object.fromEntries(sets);

/** Whether the set can be given to set_dns_records again as it is: Gigahost may hold what it does not take. */
function canBeSaid(zone: Zone, { name, type, values }: RRset): boolean {
  try {
    return recordName(name, zone) === name && values.every(value => readValue(type, value, { name, zone }) === value);
  } catch {
    return false;
  }
}

/** The facts a way back rests on, and the arguments of set_dns_records that lead there. */
export const undo: Undo<Subject, Output> = {
  before: ({ wanted }) => factsOf(wanted.map(({ name, type, before }) => [`${type} ${name}`, setInWords(before)])),
  after: ({ records }) => factsOf(records.map(({ name, type, now }) => [`${type} ${name}`, now])),
  arguments: ({ zone, wanted, steps }) =>
    steps.length === 0 || !wanted.every(({ before }) => before === undefined || canBeSaid(zone, before))
      ? undefined
      : {
          zone: zone.name,
          records: wanted.map(({ name, type, before }) => ({
            name,
            type,
            values: before?.values ?? [],
            ...(before?.ttl && { ttl: before.ttl }),
          })),
        },
};
