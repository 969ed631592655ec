import type { DnsRecord, Zone } from '../../client/api/dns.js';
import { InputError } from '../input-error.js';
import { shownValue } from './values.js';

/** All records of one name and type. */
export interface RRset {
  readonly name: string;
  readonly type: string;
  /** Of the first record, in seconds. */
  readonly ttl: number | null;
  readonly values: readonly string[];
}

export const isOf =
  ({ name, type }: Pick<RRset, 'name' | 'type'>) =>
  (row: Pick<DnsRecord, 'name' | 'type'>): boolean =>
    row.name === name && row.type === type;

/** The set of one name and type; undefined where it has no record. */
export function rrsetOf(rows: readonly DnsRecord[], key: Pick<RRset, 'name' | 'type'>): RRset | undefined {
  const found = rows.filter(isOf(key));
  const [first] = found;
  return first && { name: key.name, type: key.type, ttl: first.ttl, values: found.map(shownValue) };
}

/** What one RRset is to become: no values means that it goes. */
export interface Wanted extends RRset {
  readonly before: RRset | undefined;
}

/** One write. */
export type Step =
  | { readonly kind: 'create'; readonly name: string; readonly type: string; readonly ttl: number; readonly to: string }
  | {
      readonly kind: 'update';
      readonly name: string;
      readonly type: string;
      readonly ttl: number;
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'delete'; readonly name: string; readonly type: string; readonly from: string };

const DEFAULT_TTL = 3600;

/**
 * The writes that make it so: what is there is changed in place, then comes what is new, then goes what is not wanted,
 * so that a name is never without records meanwhile. A CNAME tolerates nothing beside it: there what goes, goes first.
 */
export function stepsTo(wanted: readonly Wanted[], rows: readonly DnsRecord[]): Step[] {
  const steps = wanted.flatMap(set => stepsOf(set, rows.filter(isOf(set))));
  const cnames = new Set(wanted.filter(({ type }) => type === 'CNAME').map(({ name }) => name));
  const rank = ({ kind, name }: Step): number =>
    kind === 'delete' ? (cnames.has(name) ? 0 : 3) : kind === 'update' ? 1 : 2;
  return steps.toSorted((a, b) => rank(a) - rank(b));
}

function stepsOf({ name, type, ttl: wantedTtl, values, before }: Wanted, rows: readonly DnsRecord[]): Step[] {
  const ttl = wantedTtl ?? before?.ttl ?? DEFAULT_TTL;
  const there = rows.map(row => ({ value: shownValue(row), ttl: row.ttl }));
  const gone = there.filter(({ value }) => !values.includes(value)).map(({ value }) => value);
  const fresh = [...new Set(values)].filter(value => !there.some(row => row.value === value));
  const retimed = wantedTtl === null ? [] : there.filter(row => values.includes(row.value) && row.ttl !== ttl);
  const swapped = Math.min(gone.length, fresh.length);
  return [
    ...retimed.map(({ value }): Step => ({ kind: 'update', name, type, ttl, from: value, to: value })),
    ...fresh
      .slice(0, swapped)
      .map((to, index): Step => ({ kind: 'update', name, type, ttl, from: gone[index] ?? '', to })),
    ...fresh.slice(swapped).map((to): Step => ({ kind: 'create', name, type, ttl, to })),
    ...gone.slice(swapped).map((from): Step => ({ kind: 'delete', name, type, from })),
  ];
}

/** @throws {InputError} when the zone would not be right afterwards, or Gigahost keeps the records itself. */
export function mustBeRight(wanted: readonly Wanted[], rows: readonly DnsRecord[], zone: Zone): void {
  for (const { name, type, values } of wanted) {
    if (type === 'SOA') throw new InputError('The SOA record belongs to Gigahost and is not changed.');
    if (type === 'NS' && name === '@')
      throw new InputError(
        `The NS records of ${zone.name} itself belong to Gigahost and are not changed here. Which nameservers a domain uses is set at its registry.`,
      );
    if (type === 'CNAME' && name === '@' && values.length > 0)
      throw new InputError(
        `${zone.name} itself cannot be a CNAME, as it has SOA and NS records. Use the type ALIAS, or A and AAAA.`,
      );
    if ((type === 'CNAME' || type === 'NAPTR') && values.length > 1)
      throw new InputError(
        type === 'CNAME'
          ? `${name} can have one CNAME only.`
          : 'Gigahost keeps one NAPTR per name: a second one silently replaces the first.',
      );
  }
  for (const name of new Set(wanted.map(set => set.name))) {
    const there = new Set(rows.filter(row => row.name === name).map(({ type }) => type));
    for (const { type, values } of wanted.filter(set => set.name === name))
      if (values.length > 0) there.add(type);
      else there.delete(type);
    if (!there.has('CNAME') || there.size === 1) continue;
    const others = [...there].filter(type => type !== 'CNAME').join(', ');
    throw new InputError(
      `${name} would have a CNAME beside ${others}, and a CNAME tolerates no other record at its name. Give the other type an empty list of values in the same call, if it is to go.`,
    );
  }
}

/** A set in words: "192.0.2.1, 192.0.2.2 (TTL 3600)". */
export const setInWords = (set: Pick<RRset, 'values' | 'ttl'> | undefined): string | null =>
  !set || set.values.length === 0 ? null : `${set.values.join(', ')}${set.ttl === null ? '' : ` (TTL ${set.ttl})`}`;
