import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KnownPrincipal } from '../../config/principals.js';
import { bearerOf, type Authenticator } from './identity.js';

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A new token, and what the configuration keeps of it. It has 256 random bits: a plain hash cannot be guessed back. */
export function newToken(): { readonly token: string; readonly hash: string } {
  const token = `ghm_${randomBytes(32).toString('base64url')}`;
  return { token, hash: `sha256:${sha256(token).toString('hex')}` };
}

/** Knows principals by their tokens. Every hash is compared, each in constant time. */
export function tokenAuthenticator(known: readonly KnownPrincipal[]): Authenticator {
  const entries = known.flatMap(({ principal, tokens }) =>
    tokens.map(hash => ({ principal, hash: Buffer.from(hash, 'hex') })),
  );
  return {
    identify(headers) {
      const token = bearerOf(headers);
      if (token === undefined)
        return Promise.resolve({
          status: 401,
          headers: { 'WWW-Authenticate': 'Bearer realm="gigahost-mcp"' },
          message: 'A token is needed: Authorization: Bearer <token>, made with gigahost-mcp token create.',
        });
      const hash = sha256(token);
      const found = entries.filter(entry => timingSafeEqual(entry.hash, hash)).at(0);
      return Promise.resolve(
        found
          ? { principal: found.principal, key: found.principal.name }
          : {
              status: 401,
              headers: { 'WWW-Authenticate': 'Bearer realm="gigahost-mcp", error="invalid_token"' },
              message: 'This token is not known here.',
            },
      );
    },
  };
}
