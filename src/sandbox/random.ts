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

// What stands before and behind the modulus of a public RSA key of 2048 bits with the usual exponent.
const RSA_HEAD = Buffer.from('30820122300d06092a864886f70d01010105000382010f003082010a0282010100', 'hex');
const RSA_TAIL = Buffer.from('0203010001', 'hex');

/** Something that reads as a public RSA key of 2048 bits in base64. Nobody has the private one, and it takes no time. */
export function randomRsaKey(): string {
  const modulus = randomBytes(256);
  modulus[0] = (modulus[0] ?? 0) | 0x80;
  modulus[255] = (modulus[255] ?? 0) | 1;
  return Buffer.concat([RSA_HEAD, modulus, RSA_TAIL]).toString('base64');
}
