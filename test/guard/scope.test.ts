import { expect, test } from 'vitest';
import { scopeOf } from '../../src/guard/scope.js';
import { spendLimits } from '../../src/guard/spend.js';
import { noJournal, type Entry, type Journal } from '../../src/guard/journal.js';
import { unknownNames, whyOff, type Selection } from '../../src/tools/select.js';

const server = (over: object) => ({ id: '18101', name: 'web01', label: 'srv1.gigahost.no', hostname: null, ...over });

test.for([
  [[], {}, true],
  [['web*'], {}, true],
  [['WEB01'], {}, true],
  [['18101'], {}, true],
  [['*.gigahost.no'], {}, true],
  [['web?'], {}, false],
  [['db*', 'mail01'], {}, false],
  [['db*', 'web0[12]'], {}, true],
  [['!db*'], {}, false],
  [['web01'], { name: 'web011' }, false],
] as const)('the patterns %j hold %j: %s', ([patterns, over, holds]) => {
  expect(scopeOf({ servers: patterns, zones: [] }).servers.holds(server(over))).toBe(holds);
});

test.for([
  [[], true],
  [['fjordkaffe.*'], true],
  [['7'], true],
  [['fjordkaffe'], false],
  [['*.no'], true],
  [['kaffe.no'], false],
] as const)('the patterns %j hold the zone fjordkaffe.no: %s', ([patterns, holds]) => {
  const { zones, servers } = scopeOf({ servers: [], zones: patterns });
  expect(zones.holds({ id: '7', name: 'fjordkaffe.no' })).toBe(holds);
  expect(servers.holds(server({}))).toBe(true);
});

const on: Selection = { readOnly: false, toolsets: undefined, tools: [], excludeTools: [] };
const reboot = { name: 'reboot_server', effect: 'disrupt', toolset: 'servers', relays: false } as const;

test.for([
  ['everything is on by default', {}, undefined],
  ['read-only beats an include', { readOnly: true, tools: ['reboot_server'] }, /--read-only/],
  ['an exclude beats an include', { tools: ['reboot_server'], excludeTools: ['reboot_server'] }, /--exclude-tools/],
  ['an include beats the toolsets', { tools: ['reboot_server'], toolsets: ['billing'] }, undefined],
  ['an include alone leaves the others off', { tools: ['get_server'] }, /--tools/],
  ['a toolset that is not chosen is off', { toolsets: ['billing'] }, /toolset servers is not on/],
  ['a toolset that is chosen is on', { toolsets: ['billing', 'servers'] }, undefined],
] as const)('%s', ([, over, why]) => {
  const reason = whyOff(reboot, [{ ...on, ...over }]);
  if (why === undefined) expect(reason).toBeUndefined();
  else expect(reason).toMatch(why);
});

test('names no tool has are told', () => {
  expect(unknownNames({ ...on, tools: ['reboot_server', 'rebot'], excludeTools: ['x'] }, [reboot])).toEqual([
    'rebot',
    'x',
  ]);
});

const NOW = Date.parse('2026-11-26T12:00:00Z');
const journalOf = (...bought: [hoursAgo: number, amount: string, outcome: Entry['outcome']][]): Journal => ({
  ...noJournal,
  read: () =>
    Promise.resolve(
      bought.map(([hoursAgo, amount, outcome]) => ({
        at: new Date(NOW - hoursAgo * 3_600_000).toISOString(),
        outcome,
        cost: { amount, currency: 'NOK' },
      })) as unknown as Entry[],
    ),
});
const nok = (amount: string) => ({ amount, currency: 'NOK' });

test.for([
  ['no limit asks nothing', { perDay: null, each: null }, null, [], undefined],
  ['within both limits', { perDay: nok('500'), each: nok('200') }, nok('200.00'), [], undefined],
  [
    'one that costs too much',
    { perDay: null, each: nok('200') },
    nok('200.01'),
    [],
    /costs 200\.01 NOK, and one purchase may cost 200 NOK/,
  ],
  [
    'one too many in a day',
    { perDay: nok('500'), each: null },
    nok('200'),
    [
      [1, '200', 'applied'],
      [2, '150', 'unknown'],
    ],
    /350\.00 NOK was spent in the last 24 hours, and 500 NOK may be/,
  ],
  [
    'what was declined or bought before is not counted',
    { perDay: nok('500'), each: null },
    nok('200'),
    [
      [1, '400', 'declined'],
      [25, '400', 'applied'],
    ],
    undefined,
  ],
  ['a price that is not told', { perDay: nok('500'), each: null }, null, [], /does not say what this costs/],
  [
    'another currency',
    { perDay: nok('500'), each: null },
    { amount: '1', currency: 'EUR' },
    [],
    /limit on spending is in NOK/,
  ],
] as const)('spending: %s', async ([, limits, cost, bought, why]) => {
  const checked = spendLimits(
    limits,
    journalOf(...(bought as unknown as Parameters<typeof journalOf>)),
    () => NOW,
  ).check(cost);
  if (why === undefined) await expect(checked).resolves.toBeUndefined();
  else await expect(checked).rejects.toThrow(why);
});
