import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import * as wire from '../../src/client/wire.js';

/** What a decoder makes of a value, or 'refused'. */
const decoded = (schema: z.ZodType, value: unknown): unknown => {
  const result = schema.safeParse(value);
  return result.success ? result.data : 'refused';
};

const rows = (decoder: keyof typeof DECODERS, cases: readonly (readonly [unknown, unknown])[]) =>
  cases.map(([value, expected]) => ({ decoder, value, expected }));

const DECODERS = {
  text: wire.text,
  idOrNull: wire.idOrNull,
  id: wire.id,
  count: wire.count,
  flagOrNull: wire.flagOrNull,
  flag: wire.flag,
  time: wire.time,
  dottedDate: wire.dottedDate,
  money: wire.money,
};

describe('wire notes 2.1 to 2.4: a scalar means the same in every spelling', () => {
  test.each([
    ...rows('text', [
      ['web01', 'web01'],
      [' web01 ', 'web01'],
      [7951, '7951'],
      ['', null],
      ['   ', null],
      [null, null],
      [undefined, null],
    ]),
    ...rows('idOrNull', [
      ['3523', '3523'],
      [3523, '3523'],
      ['0', null],
      [0, null],
      ['', null],
      [null, null],
      [undefined, null],
    ]),
    ...rows('id', [
      ['3523', '3523'],
      [3523, '3523'],
      ['0', 'refused'],
      [0, 'refused'],
      ['', 'refused'],
      [null, 'refused'],
      [undefined, 'refused'],
      ['-1', 'refused'],
      ['3523abc', 'refused'],
      ['1.5', 'refused'],
    ]),
    ...rows('count', [
      ['2', 2],
      [2, 2],
      ['0.5', 0.5],
      [0, 0],
      ['0', 0],
      ['-1', -1],
      ['', null],
      [null, null],
      [undefined, null],
      ['many', null],
      [true, null],
    ]),
    ...rows('flagOrNull', [
      [true, true],
      ['1', true],
      [1, true],
      ['true', true],
      ['TRUE', true],
      [false, false],
      ['0', false],
      [0, false],
      ['false', false],
      ['', false],
      [null, null],
      [undefined, null],
      ['perhaps', 'refused'],
      [2, 'refused'],
    ]),
    ...rows('flag', [
      [null, false],
      [undefined, false],
      ['0', false],
      ['1', true],
    ]),
    ...rows('time', [
      ['1530609706', '2018-07-03T09:21:46Z'],
      [1530609706, '2018-07-03T09:21:46Z'],
      ['0', null],
      [0, null],
      ['', null],
      [null, null],
      [undefined, null],
      ['2026-10-05 12:00:00', 'refused'],
    ]),
    ...rows('dottedDate', [
      ['05.10.2026', '2026-10-05'],
      ['', null],
      [null, null],
      [undefined, null],
      ['2026-10-05', null],
    ]),
    ...rows('money', [
      ['119.00', '119.00'],
      ['79.00000', '79.00'],
      [99, '99.00'],
      [0.15813, '0.15813'],
      ['0', '0.00'],
      ['-12.5', '-12.50'],
      ['', null],
      [null, null],
      [undefined, null],
      ['119,00', 'refused'],
    ]),
  ])('$decoder reads $value as $expected', ({ decoder, value, expected }) => {
    expect(decoded(DECODERS[decoder], value)).toBe(expected);
  });

  test.each(Object.entries(DECODERS).filter(([name]) => name !== 'id'))(
    '%s takes a missing field as it takes null',
    (_, schema: z.ZodType) => {
      const record = z.looseObject({ field: schema });
      expect(decoded(record, {})).toEqual(decoded(record, { field: null }));
    },
  );

  test.each(Object.entries(DECODERS))('%s refuses an object and an array', (_, schema: z.ZodType) => {
    expect([decoded(schema, {}), decoded(schema, ['1'])]).toEqual(['refused', 'refused']);
  });
});

describe('wire note 2.5: an absent object is null, [] or {}', () => {
  const order = wire.objectOrNull(z.looseObject({ order_id: wire.id }));

  test.each([[null], [undefined], [[]], [{}]])('%j is no object', value => {
    expect(order.parse(value)).toBeNull();
  });

  test.each([[null], [undefined], [[]], [{}]])('%j is an empty list', value => {
    expect(wire.list(wire.id).parse(value)).toEqual([]);
  });

  test('an object that is there is decoded, and one of another shape is refused', () => {
    expect(order.parse({ order_id: 10 })).toEqual({ order_id: '10' });
    expect(decoded(order, [{ order_id: 10 }])).toBe('refused');
  });

  test('something that is no list is refused instead of being taken for an empty one', () => {
    const list = wire.list(wire.id);
    expect(['none', 0, { error: 'x' }].map(value => decoded(list, value))).toEqual(['refused', 'refused', 'refused']);
  });
});
