import { expect, test } from 'vitest';
import { secretsIn } from '../../src/client/marked-secrets.js';
import { createScrubber } from '../../src/guard/scrub.js';

test('a secret is hidden wherever it turns up in a value, and nothing else is', () => {
  const scrubber = createScrubber();
  scrubber.add('hunter2hunter2');
  expect(
    scrubber.scrub({ text: 'is hunter2hunter2!', list: ['x', ['hunter2hunter2']], n: 3, none: null, yes: true }),
  ).toEqual({ text: 'is [hidden]!', list: ['x', ['[hidden]']], n: 3, none: null, yes: true });
});

test('characters that mean something in a pattern are taken as they are', () => {
  const scrubber = createScrubber();
  for (const secret of ['a.b*c+d?', '(x|y)[z]', '^$\\/{1}-']) scrubber.add(secret);
  expect(scrubber.scrub('a.b*c+d? aXbbcd (x|y)[z] ^$\\/{1}-')).toBe('[hidden] aXbbcd [hidden] [hidden]');
});

test('a secret that begins with another is hidden whole', () => {
  const scrubber = createScrubber();
  scrubber.add('secret');
  scrubber.add('secretive-key');
  expect(scrubber.scrub('secretive-key')).toBe('[hidden]');
});

test('what is too short to be told from ordinary text is left alone', () => {
  const scrubber = createScrubber();
  scrubber.add('root');
  expect(scrubber.scrub('root')).toBe('root');
});

test('the newest secrets are known however many have been seen', () => {
  const scrubber = createScrubber();
  for (let n = 0; n < 25_000; n += 1) scrubber.add(`token-number-${n}-`);
  expect(scrubber.scrub('token-number-24999- token-number-6000-')).toBe('[hidden] [hidden]');
});

test('the secrets of a reply are found by the paths of the contract', () => {
  const body = {
    meta: { root_passwd: 'in-meta' },
    data: [{ vnc: 'first', ipmi: { user: 'u1' } }, { vnc: 'second', ipmi: null }, {}],
    one: { all: { key: 'inner', since: '1794185276', list: ['a-text'] } },
  };
  expect(
    secretsIn(body, ['meta.root_passwd', 'data[].vnc', 'data[].ipmi.user', 'one.all', 'gone.x[]', 'request.code']),
  ).toEqual(['in-meta', 'first', 'second', 'u1', 'inner', 'a-text']);
});

test('a reply that is secret as a whole gives what is called a secret, not every word in it', () => {
  const data = { name: 'This account', list: [{ host: 'backup01', pass: 'ftp-pass', login: { token: 4711_4711 } }] };
  expect(secretsIn({ meta: {}, data }, ['data'])).toEqual(['ftp-pass', '47114711']);
  expect(secretsIn({ meta: {}, data: 'a whole file' }, ['data'])).toEqual([]);
});

test('what is left of a secret at the end of a shortened text is hidden too', () => {
  const scrubber = createScrubber();
  scrubber.add('SuperSecretPassword123456');
  expect(scrubber.scrub('at the end: SuperSecretPass… and at SuperS… and whole, SuperSecretPassword123456')).toBe(
    'at the end: [hidden]… and at [hidden]… and whole, [hidden]',
  );
  expect(scrubber.scrub('Superman is no secret…')).toBe('Superman is no secret…');
});

test('a secret with blanks is hidden as it is shown, too', () => {
  const scrubber = createScrubber();
  scrubber.add(' correct  horse ');
  expect(scrubber.scrub('it is correct horse')).toBe('it is [hidden]');
});

test('a secret that is seen again is kept as the newest', () => {
  const scrubber = createScrubber();
  scrubber.add('the-api-key');
  for (let n = 0; n < 20_010; n += 1) {
    scrubber.add(`token-number-${n}-`);
    if (n === 10_000) scrubber.add('the-api-key');
  }
  expect(scrubber.scrub('the-api-key')).toBe('[hidden]');
});
