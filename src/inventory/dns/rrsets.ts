import { createHash } from 'node:crypto';
import type { DnsRecord, Zone } from '../../client/api/dns.js';
import { InputError } from '../input-error.js';
import { shownValue } from './values.js';

/** All records of one name and type. */
export interface RRset {
  readonly name: string;
  readonly type: string;
  /** In seconds; the shortest where the records differ. */
  readonly ttl: number | null;
  /** In an order of their own, whatever that of the list. */
  readonly values: readonly string[];
}

export const isOf =
  ({ name, type }: Pick<RRset, 'name' | 'type'>) =>
  (row: Pick<DnsRecord, 'name' | 'type'>): boolean =>
    row.name === name && row.type === type;

/** The set of one name and type; undefined where it has no record. */
export function rrsetOf(rows: readonly DnsRecord[], key: Pick<RRset, 'name' | 'type'>): RRset | undefined {
  const found = rows.filter(isOf(key));
  if (found.length === 0) return undefined;
  const ttls = found.flatMap(({ ttl }) => ttl ?? []);
  const values = [...new Set(found.map(shownValue))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return { name: key.name, type: key.type, ttl: ttls.length === 0 ? null : Math.min(...ttls), values };
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
  const gone = [...new Set(there.map(({ value }) => value))].filter(value => !values.includes(value));
  // Of a record that is there twice a change would take one only: it is deleted, which takes both.
  const single = gone.filter(value => there.filter(row => row.value === value).length === 1);
  const fresh = [...new Set(values)].filter(value => !there.some(row => row.value === value));
  const late = wantedTtl === null ? [] : there.filter(row => values.includes(row.value) && row.ttl !== ttl);
  const retimed = [...new Set(late.map(({ value }) => value))];
  const swapped = single.slice(0, fresh.length);
  return [
    ...retimed.map((value): Step => ({ kind: 'update', name, type, ttl, from: value, to: value })),
    ...swapped.map((from, index): Step => ({ kind: 'update', name, type, ttl, from, to: fresh[index] ?? '' })),
    ...fresh.slice(swapped.length).map((to): Step => ({ kind: 'create', name, type, ttl, to })),
    ...gone.filter(value => !swapped.includes(value)).map((from): Step => ({ kind: 'delete', name, type, from })),
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

/** A DKIM key is shown whole. */
const MOST_LETTERS = 600;

/**
 * A set in words: "192.0.2.1, 192.0.2.2 (TTL 3600)". A long one is shortened to what still tells it from any other, as
 * an undo compares the words.
 */
export function setInWords(set: Pick<RRset, 'values' | 'ttl'> | undefined): string | null {
  if (!set || set.values.length === 0) return null;
  const values = set.values.join(', ');
  const ttl = set.ttl === null ? '' : ` (TTL ${set.ttl})`;
  if (values.length <= MOST_LETTERS) return `${values}${ttl}`;
  const mark = createHash('sha256').update(JSON.stringify(set.values)).digest('hex').slice(0, 12);
  return `${values.slice(0, MOST_LETTERS / 2)}… (${values.length} characters in ${set.values.length} values, SHA-256 ${mark}…)${ttl}`;
}
