import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/client/secret.js';
import { flagIn, numberIn, oneIn, rowsIn, textIn, textsIn, timeIn } from '../../src/inventory/undocumented.js';

describe('the rows of a reply of unknown shape', () => {
  test.each([
    ['bare', [{ a: 1 }], [{ a: 1 }]],
    ['under a known name', { emails: [{ a: 1 }], other: [] }, [{ a: 1 }]],
    ['under the only list', { total: 1, odd: [{ a: 1 }] }, [{ a: 1 }]],
    ['texts', { emails: ['post', 'salg'] }, [{ name: 'post' }, { name: 'salg' }]],
    ['by name', { emails: { post: { quota: 1 } } }, [{ name: 'post', quota: 1 }]],
    ['by name, with a text each', { emails: { post: 'a@b.no' } }, [{ name: 'post', value: 'a@b.no' }]],
    ['by name, bare', { post: { quota: 1 } }, [{ name: 'post', quota: 1 }]],
    ['none', [], []],
    ['none, as an object', {}, []],
    ['none, as null', null, []],
    ['none, under a known name', { emails: null }, []],
  ])('%s', (_, data, rows) => {
    expect(rowsIn(data, 'emails')).toEqual(rows);
  });

  test.each([
    ['a text', 'no'],
    ['figures', { total: 0, page: 1 }],
    ['two lists', { a: [], b: [] }],
    ['a secret', new Secret('x')],
  ])('are unknown, not none, where there is %s', (_, data) => {
    expect(rowsIn(data, 'emails')).toBeNull();
  });
});

test('one object is found under its key, in an array of one, or bare', () => {
  for (const data of [{ dkim: { on: 1 } }, [{ dkim: { on: 1 } }], { on: 1 }])
    expect(oneIn(data, 'dkim')).toEqual({ on: 1 });
  for (const data of [null, 'text', [], [1, 2]]) expect(oneIn(data, 'dkim')).toEqual({});
});

test('a field is read under the first name that says something', () => {
  const row = {
    a: '',
    b: ' 12.50 ',
    c: 'ON',
    d: '1794185276',
    e: '0',
    f: '2027-01-31',
    g: null,
    h: 'x, y,,',
    i: false,
  };
  expect(textIn(row, 'g', 'a', 'b')).toBe('12.50');
  expect(textIn(row, 'g', 'a')).toBeNull();
  expect(numberIn(row, 'c', 'b')).toBe(12.5);
  expect(numberIn(row, 'c')).toBeNull();
  expect([flagIn(row, 'b', 'c'), flagIn(row, 'e'), flagIn(row, 'i'), flagIn(row, 'b')]).toEqual([
    true,
    false,
    false,
    null,
  ]);
  expect([timeIn(row, 'e', 'd'), timeIn(row, 'f'), timeIn(row, 'e')]).toEqual([
    '2026-11-09T00:47:56Z',
    '2027-01-31',
    null,
  ]);
  expect(textsIn(row, 'g', 'h')).toEqual(['x', 'y']);
});
