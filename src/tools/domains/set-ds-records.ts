import * as z from 'zod';
import { submitExternalDsRecords } from '../../client/api/dnssec.js';
import { externalDsOf, registeredDomain } from '../../inventory/domains.js';
import { InputError } from '../../inventory/input-error.js';
import { defineChange } from '../tool.js';
import { DomainRef } from './params.js';

const ALGORITHMS = [5, 7, 8, 10, 13, 14, 15, 16] as const;
const MOST = 10;
const LONGEST = 300;
/** Hexadecimal digits of a digest, by its type. */
const DIGITS = { 1: 40, 2: 64, 4: 96 } as const;

/** The parts of a DS record as it is written; undefined where it is none that Gigahost takes. */
function dsFrom(text: string) {
  if (text.length > LONGEST) return undefined;
  const [, tag, algorithm, type, digest = ''] =
    /^(?:.*\bDS\s+)?(\d{1,5})\s+(\d{1,3})\s+(\d)\s+([0-9a-f\s]+)$/i.exec(text.trim()) ?? [];
  const alg = ALGORITHMS.find(known => known === Number(algorithm));
  const digestType = ([1, 2, 4] as const).find(known => known === Number(type));
  const hex = digest.replace(/\s/g, '').toUpperCase();
  if (alg === undefined || digestType === undefined || hex.length !== DIGITS[digestType]) return undefined;
  return Number(tag) > 65_535 ? undefined : { keyTag: Number(tag), alg, digestType, digest: hex };
}

const written = ({ keyTag, alg, digestType, digest }: NonNullable<ReturnType<typeof dsFrom>>): string =>
  `${keyTag} ${alg} ${digestType} ${digest}`;

export const setDsRecords = defineChange({
  name: 'set_ds_records',
  title: 'Set DS records',
  effect: 'disrupt',
  settledBy: 'get_domain',
  toolset: 'domains',
  covers: ['submitExternalDsRecords'],
  description: 'Replace the DS records of a domain that is served, and signed, outside Gigahost.',
  input: z.strictObject({
    domain: DomainRef,
    records: z
      .array(
        z
          .string()
          .refine(
            text => dsFrom(text) !== undefined,
            `is not a DS record such as "12345 13 2 49FD46E6…": key tag, algorithm (${ALGORITHMS.join(', ')}), digest type (1, 2, 4), whole digest`,
          ),
      )
      .refine(({ length }) => length <= MOST, `must be at most ${MOST} records`)
      .describe('All: "key-tag algorithm digest-type digest"; [] for none'),
  }),
  output: z.looseObject({
    domain: z.string(),
    ds_records: z.array(z.string()).describe('As read back'),
    previous_ds_records: z.array(z.string()),
  }),

  async plan({ client, inventory, signal }, { domain, records }) {
    const zone = await registeredDomain(inventory.zones, domain, { signal });
    if (!zone.isExternal)
      throw new InputError(
        `${zone.name} is served by Gigahost, which sends its DS record itself: set_dnssec switches that.`,
      );
    const wanted = records.flatMap(text => dsFrom(text) ?? []);
    const set = [...new Set(wanted.map(written))].sort();
    const before = await externalDsOf(client, zone, { signal });
    if (set.join() === before.join()) throw new InputError(`${zone.name} has exactly these DS records already.`);
    return {
      what: `${set.length === 0 ? 'Remove all DS records' : 'Replace the DS records'} of ${zone.name}`,
      consequences: [
        ...lines('Before', before),
        ...lines('After', set),
        set.length === 0
          ? 'The domain is then no longer protected by DNSSEC.'
          : 'If they do not fit the keys that its nameservers sign with, the domain is not found by whoever checks signatures.',
      ],
      targets: Math.max(1, set.length),
      zone: zone.name,
      name: zone.name,
      state: { id: zone.id, before },
      subject: { zone, before, set },
    };
  },

  undo: {
    before: ({ before }) => ({ ds_records: before.join('; ') }),
    after: ({ ds_records }) => ({ ds_records: ds_records.join('; ') }),
    arguments: ({ zone, before }) => ({ domain: zone.name, records: before }),
  },

  async apply({ client }, { subject: { zone, before, set } }) {
    const ds_records = set.flatMap(text => dsFrom(text) ?? []);
    await client.call(submitExternalDsRecords, { params: { zone_id: zone.id }, body: { ds_records } });
    return { domain: zone.name, ds_records: await externalDsOf(client, zone), previous_ds_records: before };
  },

  say: ({ domain, ds_records, previous_ds_records }) => [
    `The registry was sent the DS records of ${domain}: ${ds_records.length} now, ${previous_ds_records.length} before.`,
    ds_records.length > 0 && { facts: ds_records.map((record, at) => [`DS ${at + 1}`, record] as const) },
  ],
});

const lines = (when: string, records: readonly string[]): string[] =>
  records.length === 0 ? [`${when}: none.`] : records.map(record => `${when}: ${record}`);
