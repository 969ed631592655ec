import { en } from '../../../src/lang/en.js';
import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Secret } from '../../../src/client/secret.js';
import { createSecretDelivery } from '../../../src/guard/secrets/index.js';
import { memoryStore } from '../../../src/store/index.js';
import { harmless } from '../../../src/words/text.js';
import { openStateDir } from './support/state-dir.js';

const PASSWORD = '  two  blanks, a `tick` and $& ';
const deliver = async (password = PASSWORD) => {
  await using dir = await openStateDir();
  const delivery = createSecretDelivery('inline', dir.path, memoryStore(), en.page);
  await delivery.ready();
  const words = await delivery.deliver('Root password of web01', { user: 'root', password: new Secret(password) });
  await delivery.close();
  expect(await readdir(dir.path)).toEqual([]);
  return { delivery, words };
};

test('the values stand in the answer as they are, wherever the words went', async () => {
  const { delivery, words } = await deliver();
  const answer = harmless({ said: [`It is in ${words}.`], structured: { in: words, count: 3, none: null } });
  const shown = `this answer, for all who read it: user \`root\`, password \`${PASSWORD}\` (--dangerously-inline-secrets)`;
  expect(delivery.fillIn(answer)).toEqual({
    said: [`It is in ${shown}.`],
    structured: { in: shown, count: 3, none: null },
  });
});

test('until the answer leaves, the words hold none of the values', async () => {
  const { words } = await deliver('correct horse');
  expect(words).not.toContain('correct horse');
});

test('the values are given out once, and a mark of somebody else’s making stays what it is', async () => {
  const { delivery, words } = await deliver();
  const forged = words.replace(/[0-9a-f]{8}(?=-)/g, '00000000');
  expect(delivery.fillIn(forged)).toBe(forged);
  expect(delivery.fillIn(words)).toContain(PASSWORD);
  expect(delivery.fillIn(words)).toBe(words);
});
