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
import { SEEN_REFUSED } from '../../inventory/dns/values.js';
import { InputError } from '../../inventory/input-error.js';
import type { Plan } from '../../guard/plan.js';
import type { Block } from '../../words/blocks.js';
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
  const { rows, stopped, undone } = await writeRecords(context, zone, steps);
  return {
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
    warning: externally(zone)[0] ?? null,
  };
}

export function say({ zone, records, complete, stopped_because, not_done, warning }: Output): (Block | false)[] {
  return [
    records
      .map(({ name, type, before, now }) =>
        before === now
          ? `${type} ${name}: ${now ?? 'none'}, as before.`
          : `${type} ${name}: ${now ?? 'none any more'}; before: ${before ?? 'none'}.`,
      )
      .join('\n'),
    !complete &&
      `It stopped half-way: ${stopped_because}\nNot done: ${not_done.join('; ')}. What stands in ${zone} is said above. Call again with the same arguments to finish, or take it back with undo_change.`,
    warning ?? false,
  ];
}

const factsOf = (sets: readonly (readonly [key: string, words: string | null])[]) => Object.fromEntries(sets);

/** The facts a way back rests on, and the arguments of set_dns_records that lead there. */
export const undo: Undo<Subject, Output> = {
  before: ({ wanted }) => factsOf(wanted.map(({ name, type, before }) => [`${type} ${name}`, setInWords(before)])),
  after: ({ records }) => factsOf(records.map(({ name, type, now }) => [`${type} ${name}`, now])),
  arguments: ({ zone, wanted, steps }) =>
    steps.length === 0
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
