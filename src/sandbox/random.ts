import { randomBytes, randomInt } from 'node:crypto';

// No look-alike characters: people type these passwords into a console.
const PASSWORD_LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** Lower-case hex digits from the system's random source. */
export const randomHex = (digits: number): string =>
  randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);

/** A password of the given length, without look-alike characters. */
export const randomPassword = (length = 14): string =>
  Array.from({ length }, () => PASSWORD_LETTERS.charAt(randomInt(PASSWORD_LETTERS.length))).join('');

/** A repeatable source of numbers in [0, 1): the same seed gives the same sequence (mulberry32 over an FNV-1a hash). */
export function seededRandom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
