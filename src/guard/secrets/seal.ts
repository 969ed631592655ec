import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `use` keeps what is sealed for one purpose from passing for another. */
const keyFrom = (token: string, use: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', token, '', `gigahost-mcp ${use}`, 32));

/** Text that only who has the token can read, and that nobody can change unnoticed: base64url. */
export function seal(text: string, token: string, use: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyFrom(token, use), nonce, { authTagLength: TAG_BYTES });
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** @throws {Error} when it was sealed with another token or for another use, or changed since. */
export function unseal(sealed: string, token: string, use: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv(CIPHER, keyFrom(token, use), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = [decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
  return Buffer.concat(text).toString('utf8');
}
