import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/client/secret.js';
import { secret as decoder } from '../../src/client/wire.js';

describe('a secret', () => {
  const value = 'correct horse battery staple';
  const secret = new Secret(value);

  test('shows itself only when asked to', () => {
    expect(secret.reveal()).toBe(value);
  });

  test.each([
    ['text', String(secret)],
    ['a template', `${String(secret)}`],
    ['JSON', JSON.stringify({ secret })],
    ['inspect', inspect({ deep: { secret } }, { depth: Infinity })],
    ['inspect without customs', inspect(secret, { customInspect: false, showHidden: true })],
    ['its fields', JSON.stringify([Object.entries(secret), Object.getOwnPropertyNames(secret)])],
    ['a clone', inspect(structuredClone({ secret }))],
    ['an error that holds it', inspect(new Error('x', { cause: secret }))],
  ])('stays hidden in %s', (_, shown) => {
    expect(shown).not.toContain('horse');
  });

  test.each(['%s', '%o', '%O', '%j', '%d', '%i', '%c'])('stays hidden when the console formats it with %s', format => {
    const out = new PassThrough();
    new Console(out).log(`value ${format}`, secret, secret);
    expect(String(out.read())).not.toContain('horse');
  });

  test.each([['hunter2 '], [' hunter2'], ['p\tw']])('is kept to the letter: %j', text => {
    expect(decoder.parse(text)?.reveal()).toBe(text);
  });

  test.each([[''], ['  '], [null], [undefined]])('is absent when blank: %j', text => {
    expect(decoder.parse(text)).toBeNull();
  });
});
