import { expect, test } from 'vitest';
import type { DnsRecord, Zone } from '../../src/client/api/dns.js';
import { deletedBy, readValue, shownValue, wireValue, zoneFileValue } from '../../src/inventory/dns/values.js';

const zone = { id: '1', name: 'example.no' } as Zone;
const listed = (type: string, value: string, priority: number | null = null): DnsRecord => ({
  id: 'x',
  name: 'x',
  type,
  value,
  ttl: 3600,
  priority,
});
const long = 'x'.repeat(300);

test.for([
  // as Gigahost lists it | as it is shown | as it is sent | as it stands in a zone file
  ['A', '192.0.2.1', null, '192.0.2.1', '192.0.2.1', '192.0.2.1'],
  ['AAAA', '2001:DB8:0:0::1', null, '2001:db8::1', '2001:db8::1', '2001:db8::1'],
  ['CNAME', 'WWW.example.no.', null, 'www.example.no', 'www.example.no', 'www.example.no.'],
  ['NS', 'ns1.example.no', null, 'ns1.example.no', 'ns1.example.no', 'ns1.example.no.'],
  ['ALIAS', 'a.example.no.', null, 'a.example.no', 'a.example.no', 'a.example.no.'],
  ['MX', 'mail.example.no.', 10, '10 mail.example.no', 'mail.example.no', '10 mail.example.no.'],
  [
    'SRV',
    '0 5  5060 sip.example.no.',
    null,
    '0 5 5060 sip.example.no',
    '0 5 5060 sip.example.no',
    '0 5 5060 sip.example.no.',
  ],
  ['SRV', '5 5060 sip.example.no', 0, '0 5 5060 sip.example.no', '0 5 5060 sip.example.no', '0 5 5060 sip.example.no.'],
  [
    'CAA',
    '0 ISSUE "letsencrypt.org"',
    null,
    '0 issue "letsencrypt.org"',
    '0 issue "letsencrypt.org"',
    '0 issue "letsencrypt.org"',
  ],
  ['TXT', 'v=spf1 -all', null, 'v=spf1 -all', 'v=spf1 -all', '"v=spf1 -all"'],
  ['TXT', '"v=spf1 -all"', null, 'v=spf1 -all', 'v=spf1 -all', '"v=spf1 -all"'],
  [
    'TXT',
    `${long.slice(0, 255)}" "${long.slice(255)}`,
    null,
    long,
    `"${long.slice(0, 255)}" "${long.slice(255)}"`,
    `"${long.slice(0, 255)}" "${long.slice(255)}"`,
  ],
  ['TXT', 'a" "b', null, 'ab', 'ab', '"ab"'],
  ['SPF', 'v=spf1 -all', null, 'v=spf1 -all', 'v=spf1 -all', '"v=spf1 -all"'],
  [
    'NAPTR',
    '100 10 "U" "E2U+sip" "!^.*$!sip:a@b.no!" .',
    null,
    '100 10 "U" "E2U+sip" "!^.*$!sip:a@b.no!" .',
    '100 10 "U" "E2U+sip" "!^.*$!sip:a@b.no!" .',
    '100 10 "U" "E2U+sip" "!^.*$!sip:a@b.no!" .',
  ],
] as const)('%s listed as %s', ([type, value, priority, shown, sent, inFile]) => {
  expect(shownValue(listed(type, value, priority))).toBe(shown);
  // What is shown is what can be said.
  expect(readValue(type, shown, { name: 'x', zone })).toBe(shown);
  expect(wireValue(type, shown)).toEqual({ record_value: sent, ...(type === 'MX' && { record_priority: priority }) });
  expect(zoneFileValue(type, shown)).toBe(inFile);
});

test('what a delete compares is what is listed, and of MX the priority and a final dot', () => {
  expect(deletedBy(listed('MX', 'mail.example.no', 10))).toBe('10 mail.example.no.');
  expect(deletedBy(listed('MX', 'mail.example.no.', 10))).toBe('10 mail.example.no.');
  expect(deletedBy(listed('TXT', 'a" "b'))).toBe('a" "b');
  expect(deletedBy(listed('CNAME', 'WWW.example.no.'))).toBe('WWW.example.no.');
});

test('letters of several octets are not cut between chunks', () => {
  const text = `x${'ø'.repeat(300)}`;
  const { record_value } = wireValue('TXT', text);
  const chunks = [...record_value.matchAll(/"([^"]*)"/g)].map(([, chunk = '']) => chunk);
  expect(chunks.join('')).toBe(text);
  expect(chunks.every(chunk => Buffer.byteLength(chunk) <= 255)).toBe(true);
});

test('in a zone file nothing in a value ends it, opens a comment or goes on in the next line', () => {
  expect(zoneFileValue('TXT', 'a "b" \\"c\\" ; (d')).toBe('"a \\"b\\" \\"c\\" ; (d"');
  expect(zoneFileValue('CNAME', 'x(y);z')).toBe('x\\040y\\041\\059z.');
  expect(zoneFileValue('CAA', '0 issue "a.no; b=(c)"')).toBe('0 issue "a.no; b=(c)"');
});
