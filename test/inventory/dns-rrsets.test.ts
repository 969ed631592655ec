import { expect, test } from 'vitest';
import type { DnsRecord } from '../../src/client/api/dns.js';
import { rrsetOf, setInWords, stepsTo } from '../../src/inventory/dns/rrsets.js';

const row = (value: string, ttl: number | null = 300, type = 'A', name = 'x'): DnsRecord => ({
  id: value,
  name,
  type,
  value,
  ttl,
  priority: null,
});
const rows = ['192.0.2.10', '192.0.2.9', '192.0.2.11'].map(value => row(value));
const steps = (values: readonly string[], { ttl = null as number | null, there = rows } = {}) =>
  stepsTo([{ name: 'x', type: 'A', ttl, values, before: rrsetOf(there, { name: 'x', type: 'A' }) }], there).map(step =>
    [step.kind, 'from' in step ? step.from : '', 'to' in step ? step.to : '', 'ttl' in step ? step.ttl : '']
      .join(' ')
      .replace(/ +/g, ' ')
      .trim(),
  );

test('a set has its values in an order of its own, each once, and its shortest time to live', () => {
  const set = { name: 'x', type: 'A', ttl: 60, values: ['192.0.2.9', '192.0.2.10', '192.0.2.11'] };
  expect(rrsetOf([...rows, row('192.0.2.9', 60)], { name: 'x', type: 'A' })).toEqual(set);
  expect(rrsetOf([...rows, row('192.0.2.9', 60)].reverse(), { name: 'x', type: 'A' })).toEqual(set);
  expect(rrsetOf(rows, { name: 'x', type: 'AAAA' })).toBeUndefined();
});

test.for([
  ['nothing', ['192.0.2.11', '192.0.2.10', '192.0.2.9'], null, []],
  ['one in place of another', ['192.0.2.10', '192.0.2.11', '192.0.2.12'], null, ['update 192.0.2.9 192.0.2.12 300']],
  ['one more', ['192.0.2.9', '192.0.2.10', '192.0.2.11', '192.0.2.12'], null, ['create 192.0.2.12 300']],
  ['one less', ['192.0.2.9', '192.0.2.10'], null, ['delete 192.0.2.11']],
  ['all gone', [], null, ['delete 192.0.2.10', 'delete 192.0.2.9', 'delete 192.0.2.11']],
  [
    'another time to live',
    ['192.0.2.9', '192.0.2.10'],
    60,
    ['update 192.0.2.10 192.0.2.10 60', 'update 192.0.2.9 192.0.2.9 60', 'delete 192.0.2.11'],
  ],
] as const)('steps to %s', ([, values, ttl, expected]) => {
  expect(steps(values, { ttl })).toEqual(expected);
});

test('of a record that is there twice none is changed in place', () => {
  const there = [row('192.0.2.1'), row('192.0.2.1'), row('192.0.2.2')];
  expect(steps(['192.0.2.5', '192.0.2.6'], { there })).toEqual([
    'update 192.0.2.2 192.0.2.5 300',
    'create 192.0.2.6 300',
    'delete 192.0.2.1',
  ]);
  expect(steps(['192.0.2.1', '192.0.2.2'], { there, ttl: 60 })).toEqual([
    'update 192.0.2.1 192.0.2.1 60',
    'update 192.0.2.2 192.0.2.2 60',
  ]);
});

test('words of long sets differ where the sets do', () => {
  const of = (n: number) => setInWords({ values: [`${'A'.repeat(900)}${n}`], ttl: 60 });
  expect(of(1)).toMatch(/^A{300}… \(901 characters in 1 values, SHA-256 \w{12}…\) \(TTL 60\)$/);
  expect(of(1)).not.toBe(of(2));
  expect([
    setInWords(undefined),
    setInWords({ values: [], ttl: 60 }),
    setInWords({ values: ['a', 'b'], ttl: null }),
  ]).toEqual([null, null, 'a, b']);
});
