import type { Sandbox } from '../../../src/sandbox/index.js';
import type { Connected } from '../../support/connect.js';

/** The zone of the demo account with records of most types. */
export const ZONE = 'fjordkaffe.example';

type Zone = ReturnType<Sandbox['world']['dns']['zone']>;
export type Row = Zone['records'][number];

export const zoneOf = ({ sandbox }: Pick<Connected, 'sandbox'>, zone = ZONE): Zone => sandbox.world.dns.zone(zone);

const rowsAt = (mcp: Pick<Connected, 'sandbox'>, name: string, type: string, zone = ZONE): Row[] =>
  zoneOf(mcp, zone).records.filter(row => row.name === name && row.type === type);

/** What the zone holds at a name and type, in the order of its values; of MX with the priority. */
export const valuesAt = (mcp: Pick<Connected, 'sandbox'>, name: string, type: string, zone = ZONE): string[] =>
  rowsAt(mcp, name, type, zone)
    .map(({ value, priority }) => (priority === null ? value : `${priority} ${value}`))
    .sort();

export const ttlsAt = (mcp: Pick<Connected, 'sandbox'>, name: string, type: string, zone = ZONE): number[] =>
  rowsAt(mcp, name, type, zone).map(({ ttl }) => ttl);

/** Everything in a zone but what Gigahost changes by itself, to tell whether something else was touched. */
export const contentOf = (mcp: Pick<Connected, 'sandbox'>, zone = ZONE): string[] =>
  zoneOf(mcp, zone)
    .records.filter(({ type }) => type !== 'SOA')
    .map(({ name, type, value, ttl, priority }) => [name, type, priority, value, ttl].join(' '))
    .sort();

/** The writes to zones, oldest first: the verb with the name, type and value of the record. */
export const writesOf = ({ calls }: Pick<Sandbox, 'calls'>): string[] =>
  calls(undefined, /^\/dns\/zones\/\d+\/records/).flatMap(({ method, body, query }) => {
    if (method === 'GET') return [];
    if (method === 'DELETE')
      return [`DELETE ${['name', 'type', 'value'].map(key => new URLSearchParams(query).get(key)).join(' ')}`];
    const { record_name, record_type, record_value, record_priority } = body as Record<string, string | number>;
    return [
      [method, record_name, record_type, record_priority, record_value].filter(part => part !== undefined).join(' '),
    ];
  });

/** Arguments for one set. */
export const set = (name: string, type: string, values: readonly string[], ttl?: number) => ({
  zone: ZONE,
  records: [{ name, type, values, ...(ttl !== undefined && { ttl }) }],
});

/** Lets everything pass whose place among the requests of that kind is not listed. */
export function breakNth(
  sandbox: Pick<Sandbox, 'misbehave'>,
  nth: number,
  rule: Omit<Parameters<Sandbox['misbehave']>[0], 'times'>,
): void {
  if (nth > 1) sandbox.misbehave({ ...rule, times: nth - 1, fault: { kind: 'delay', ms: 0 } });
  sandbox.misbehave({ ...rule, times: 1 });
}

/** Writes to the zone as somebody else would, for that long, and tells when it is over. */
export const otherWriter = (mcp: Pick<Connected, 'sandbox'>, ms: number, act: (zone: Zone) => void = () => undefined) =>
  mcp.sandbox.world.dns.write(zoneOf(mcp), ms, () => act(zoneOf(mcp)));

/** A record as somebody else would add it. */
export const row = (name: string, type: string, value: string, over: Partial<Row> = {}): Row => ({
  name,
  type,
  value,
  ttl: 3600,
  priority: null,
  locked: false,
  ...over,
});
