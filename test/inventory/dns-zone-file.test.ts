import { expect, test } from 'vitest';
import type { DnsRecord, Zone } from '../../src/client/api/dns.js';
import { readZoneFile, reverseOf } from '../../src/inventory/dns/zone-file.js';
import { zoneFile } from '../../src/inventory/dns/zone-view.js';
import { HOSTILE_TEXTS } from '../support/hostile.js';

const zone = { id: '1', name: 'ny.example' } as Zone;
const row = (name: string, type: string, value: string, priority: number | null = null): DnsRecord => ({
  id: 'x',
  name,
  type,
  value,
  ttl: 300,
  priority,
});

test('a zone file has a line for each record, the zone itself first, and ALIAS in a comment', async () => {
  const records = [
    row('www', 'CNAME', 'ny.example.'),
    row('@', 'MX', 'mail.ny.example', 10),
    row('@', 'SOA', 'ns1.gigahost.no. hostmaster.gigahost.no. 1 2 3 4 5'),
    row('b', 'ALIAS', 'www.ny.example.'),
    row('@', 'TXT', 'a; b'),
  ];
  expect(await zoneFile(zone, records)).toBe(
    [
      '$ORIGIN ny.example.',
      '',
      '@\t300\tIN\tSOA\tns1.gigahost.no. hostmaster.gigahost.no. 1 2 3 4 5',
      '@\t300\tIN\tMX\t10 mail.ny.example.',
      '@\t300\tIN\tTXT\t"a; b"',
      'www\t300\tIN\tCNAME\tny.example.',
      '; b 300 ALIAS www.ny.example.',
      '',
    ].join('\n'),
  );
});

test('no value, name or type of a record forges a line of the file', async () => {
  for (const text of [
    ...HOSTILE_TEXTS,
    'x\nwww 300 IN A 203.0.113.66',
    'a" "b"\nx IN A 203.0.113.66 (',
    '; x',
    '$INCLUDE /etc/passwd',
  ]) {
    const records = ['TXT', 'CNAME', 'CAA', 'MX', 'A', 'ALIAS', 'SRV', 'SOA', text].flatMap(type => [
      row('ok', type, text),
      row(text, type, 'x.example'),
    ]);
    const lines = (await zoneFile(zone, records)).trimEnd().split('\n');
    expect(lines, text.slice(0, 40)).toHaveLength(2 + records.length);
    for (const line of lines.slice(2)) {
      expect(line.replaceAll('\t', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
      expect(line).not.toMatch(/^\$/);
    }
  }
});

test('a file is read far enough to say what of it is missing', async () => {
  const file = await readZoneFile(
    [
      '$TTL 1h',
      '@ IN SOA ns1.x.no. a.x.no. ( 1 2 3',
      '  4 5 ) ; serial (and more',
      '@ IN NS ns1.x.no.',
      '@ 1h30m IN A 192.0.2.1',
      '  IN A 192.0.2.2',
      'WWW.ny.example. CNAME ny.example.',
      't 300 IN TXT "a ( b" ; c',
      'u IN 300 TXT "quoted \\" ; quote"',
      '_25._tcp TLSA 3 1 1 ab',
    ].join('\r\n'),
    'ny.example',
  );
  expect(file.records.map(({ name, type }) => `${type} ${name}`)).toEqual([
    'A @',
    'A @',
    'CNAME www',
    'TXT t',
    'TXT u',
    'TLSA _25._tcp',
  ]);
  expect(file.remarks).toEqual(['Gigahost has been seen to refuse TLSA records.']);
  const there = [
    row('@', 'A', '192.0.2.1'),
    row('www', 'CNAME', 'ny.example.'),
    row('t', 'TXT', 'x'),
    row('u', 'TXT', 'x'),
  ];
  expect(file.missingIn(there)).toEqual(['1 of 2 A @', 'TLSA _25._tcp 3 1 1 ab']);
  expect(file.missingIn([])).toHaveLength(6);
});

test('a long list of what is missing is cut', async () => {
  const file = await readZoneFile(Array.from({ length: 50 }, (_, n) => `n${n} A 192.0.2.1`).join('\n'), 'ny.example');
  expect(file.missingIn([])).toHaveLength(21);
  expect(file.missingIn([]).at(-1)).toBe('and 30 more');
});

test.for([
  ['2.0.192.in-addr.arpa', { prefix: '192.0.2', ip_version: 'ipv4' }],
  ['192.in-addr.arpa', { prefix: '192', ip_version: 'ipv4' }],
  ['0.0.0.0.0.4.0.0.8.b.d.0.1.0.0.2.ip6.arpa', { prefix: '2001:db8:40:0::', ip_version: 'ipv6' }],
  ['8.b.d.0.1.0.0.2.ip6.arpa', { prefix: '2001:db8::', ip_version: 'ipv6' }],
  ['d.0.1.0.0.2.ip6.arpa', { prefix: '2001:d00::', ip_version: 'ipv6' }],
  ['example.no', undefined],
  ['in-addr.arpa', undefined],
  ['x.in-addr.arpa', undefined],
] as const)('the reverse zone %s', ([name, expected]) => {
  expect(reverseOf(name)).toEqual(expected);
});
