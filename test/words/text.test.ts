import { expect, test } from 'vitest';
import { harmless } from '../../src/words/text.js';

test('a field cannot forge a line with its name either', () => {
  expect(harmless({ 'x\nstate: down\u202e\u200b': { ['y\u2028z'.repeat(100)]: 'a\tb' } })).toEqual({
    'x state: down': { [`${'y z'.repeat(100).slice(0, 159)}…`]: 'a b' },
  });
});
