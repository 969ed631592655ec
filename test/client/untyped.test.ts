import { expect, test } from 'vitest';
import { Secret } from '../../src/client/secret.js';
import { contents, hidden, untyped } from '../../src/client/untyped.js';

const seen = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('a reply of unknown shape keeps what it has, with secrets wrapped wherever they are', () => {
  const reply = {
    rows: [{ name: 'deploy', pass: 'p1', quota: '0', passive: true, api_key: 4711 }],
    credentials: { user: 'ola', list: ['a', ''] },
    password: null,
    token: '',
  };
  expect(seen(untyped.parse(reply))).toEqual({
    rows: [{ name: 'deploy', pass: '[hidden]', quota: '0', passive: true, api_key: '[hidden]' }],
    credentials: { user: '[hidden]', list: ['[hidden]', ''] },
    password: null,
    token: '',
  });
});

test('pictures are left out of a reply of unknown shape', () => {
  const picture = `data:image/png;base64,${'A'.repeat(400)}`;
  expect(untyped.parse({ apps: [{ id: 'wordpress', shown: picture, icon: 'A'.repeat(400), logo: 'wp.png' }] })).toEqual(
    {
      apps: [{ id: 'wordpress', logo: 'wp.png' }],
    },
  );
});

test('of a reply that is secret as a whole only what is named stands open', () => {
  expect(seen(hidden('id').parse({ id: '7', login: 'ola', done: true, inner: { id: 8, n: 9 } }))).toEqual({
    id: '7',
    login: '[hidden]',
    done: true,
    inner: { id: 8, n: '[hidden]' },
  });
  expect(hidden('id').parse('all of it')).toBeInstanceOf(Secret);
});

test.each([
  ['bare', 'a text\n', 'a text\n'],
  ['under a name', { path: '/logs/error.log', text: 'a text' }, 'a text'],
  ['wrapped twice', { file: { name: 'x', contents: 'a text' } }, 'a text'],
  ['empty', { text: '' }, ''],
  ['nothing', [], ''],
  ['of no known shape', { odd: 1 }, '{\n  "odd": 1\n}'],
])('what is in a file is one secret: %s', (_, data, text) => {
  const found = contents.parse(data);
  expect(found).toBeInstanceOf(Secret);
  expect(found.reveal()).toBe(text);
});
