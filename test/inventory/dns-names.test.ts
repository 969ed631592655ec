import { expect, test } from 'vitest';
import { fullName, recordName, targetName } from '../../src/inventory/dns/names.js';
import { plainDomain } from '../../src/inventory/zones.js';

const zone = { name: 'example.no' };

test.for([
  ['www', 'www'],
  ['WWW', 'www'],
  ['www.example.no', 'www'],
  ['www.Example.NO.', 'www'],
  ['@', '@'],
  ['example.no', '@'],
  ['example.no.', '@'],
  [' www ', 'www'],
  ['*', '*'],
  ['*.dev', '*.dev'],
  ['_dmarc.sub', '_dmarc.sub'],
  ['10', '10'],
  ['0.1', '0.1'],
  ['0x1f', '0x1f'],
  ['host.1', 'host.1'],
  ['blåbær', 'xn--blbr-roah'],
  ['blåbær.example.no.', 'xn--blbr-roah'],
  ['xn--blbr-roah', 'xn--blbr-roah'],
  ['notexample.no', 'notexample.no'],
] as const)('a record named %s is %s in the zone', ([given, name]) => {
  expect(recordName(given, zone)).toBe(name);
});

test.for([
  'a b',
  '-x',
  'x-',
  'a..b',
  'a.*',
  'www.',
  'other.no.',
  'x'.repeat(64),
  `${'x.'.repeat(125)}x`,
  'a/b',
  'a?b',
  'a#b',
  'user@host',
  'a:80',
  '1/2',
  '%77ww',
  'a\u0000',
  'ｗｗｗ',
  '💥',
])('%j is no name of a record', given => {
  expect(() => recordName(given, zone)).toThrow(/is not a record name|does not lie in the zone/);
});

test.for([
  ['www.example.no', 'www.example.no'],
  ['WWW.example.NO.', 'www.example.no'],
  ['@', 'example.no'],
  ['localhost.', null],
  ['_dkim.mail.example.com', '_dkim.mail.example.com'],
  ['kåre.no', 'xn--kre-ula.no'],
  ['1.0.0.2', null],
  ['192.0.2', null],
  ['x.10', null],
  ['10.x', '10.x'],
  ['192.0.2.1', null],
  ['2001:db8::1', null],
  ['www', null],
  ['www.example.no.example.no', null],
  ['example.no.example.no.', null],
  ['https://x.no/', null],
  ['x.no/y', null],
  ['a b.no', null],
  ['x.no:80', null],
  ['', null],
  ['.', null],
  [`${'x'.repeat(64)}.no`, null],
] as const)('the host %j is written %j', ([given, host]) => {
  if (host === null) expect(() => targetName(given, zone)).toThrow(Error);
  else expect(targetName(given, zone)).toBe(host);
});

test('a full name is the record’s with the zone', () => {
  expect([fullName('@', zone), fullName('a.b', zone)]).toEqual(['example.no', 'a.b.example.no']);
});

test('a domain is brought into the spelling of the DNS, and what is none stays what it is', () => {
  expect(
    ['Example.NO.', 'blåbær.no', '10', '1.2.3', 'a/b.no', 'ex ample.no', 'ex\nample.no', '例え。jp'].map(plainDomain),
  ).toEqual(['example.no', 'xn--blbr-roah.no', '10', '1.2.3', 'a/b.no', 'ex ample.no', 'ex\nample.no', '例え。jp']);
});
