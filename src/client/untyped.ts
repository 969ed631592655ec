import * as z from 'zod';
import { Secret } from './secret.js';
import { isEmpty } from './wire.js';

/*
 * Replies whose shape nobody knows (wire note 16) keep what they have, except pictures (2.6), and except secrets, which
 * only their names give away (15).
 */

/** Names of fields that hold a secret, in whatever object they turn up. */
export const isSecretName = (name: string): boolean =>
  /pass(w|_|$)|passphrase|pwd|secret|token|auth_?code|api_?key|private|credential/i.test(name);

const isPicture = (name: string, value: unknown): boolean =>
  typeof value === 'string' && value.length > 200 && (/icon|logo|image/i.test(name) || value.startsWith('data:image/'));

type Hides = (name: string) => boolean;

/** Below a name that is that of a secret, everything is one. */
function walk(value: unknown, name: string, hides: Hides): unknown {
  if (Array.isArray(value)) return value.map(entry => walk(entry, name, hides));
  if (typeof value === 'object' && value !== null) {
    const inner = isSecretName(name) ? () => true : hides;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, entry]) => !isPicture(key, entry))
        .map(([key, entry]) => [key, walk(entry, key, inner)]),
    );
  }
  const says = (typeof value === 'string' && value !== '') || typeof value === 'number';
  return says && hides(name) ? new Secret(String(value)) : value;
}

/** Whatever is there, with what is named like a secret wrapped. */
export const untyped = z.unknown().transform(value => walk(value, '', isSecretName));

/** The same for a reply that is marked secret as a whole: only the fields named here stand open. */
export const hidden = (...open: readonly string[]) =>
  z.unknown().transform(value => walk(value, '', name => !open.includes(name)));

const CONTENTS = ['text', 'content', 'contents', 'file', 'data'];

/** The text of a file, under whatever name it comes; a reply of no known shape as a whole. */
function contentsOf(data: unknown): string {
  if (typeof data === 'string') return data;
  if (isEmpty(data)) return '';
  const found = CONTENTS.find(name => typeof data === 'object' && data !== null && name in data);
  return found === undefined ? JSON.stringify(data, null, 2) : contentsOf((data as Record<string, unknown>)[found]);
}

/** What is in a file: it may be anything, so it is a secret. */
export const contents = z.unknown().transform(data => new Secret(contentsOf(data)));
