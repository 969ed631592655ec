import { createHash } from 'node:crypto';
import { InputError } from './input-error.js';

/** An SSH public key as `ssh-keygen` tells it. */
export interface PublicKey {
  /** One line, blanks collapsed: type, base64, comment. */
  readonly line: string;
  readonly type: string;
  /** "SHA256:…", as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  /** "Ed25519", "RSA 4096". */
  readonly kind: string;
  readonly comment: string | null;
}

const CURVES = ['256', '384', '521'];
const KINDS: ReadonlyMap<string, string> = new Map([
  ['ssh-ed25519', 'Ed25519'],
  ['sk-ssh-ed25519@openssh.com', 'Ed25519 on a security key'],
  ['sk-ecdsa-sha2-nistp256@openssh.com', 'ECDSA 256 on a security key'],
  ...CURVES.map(size => [`ecdsa-sha2-nistp${size}`, `ECDSA ${size}`] as const),
  ['ssh-rsa', 'RSA'],
]);
const ED25519_BYTES = 32;
/** OpenSSH itself takes none that are shorter. */
const SHORTEST_RSA = 1024;

const EXAMPLE = 'It is one line such as "ssh-ed25519 AAAAC3Nza… ola@laptop", the content of a file that ends in .pub.';

/**
 * What is written in a public key.
 * @throws {InputError} when it is none. Whatever it was is not repeated: it may be a private key.
 */
export function parsePublicKey(text: string): PublicKey {
  if (isPrivate(text))
    throw new InputError(
      'This is a PRIVATE key. It was not sent to Gigahost, but it has been in this conversation and is no longer secret: make a new pair with ssh-keygen and stop using this one. Only the public half, the file that ends in .pub, belongs here.',
    );
  if (/BEGIN (SSH2 |RSA )?PUBLIC KEY/.test(text))
    throw new InputError(
      `This public key is in another format. ssh-keygen -i -f FILE turns it into OpenSSH's. ${EXAMPLE}`,
    );
  if (/^(?:~|\/|[A-Za-z]:\\)\S*$|^\S*\.pub$/.test(text.trim()))
    throw new InputError(`This is the name of a file, and gigahost-mcp reads no files: pass its content. ${EXAMPLE}`);
  const lines = text.split(/\r?\n/).filter(line => line.trim() !== '');
  if (lines.length > 1 && lines.filter(line => startsWithType(line)).length > 1)
    throw new InputError('These are several keys. Add them one by one, each under a name of its own.');
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(lines.join(' ').replaceAll('\t', ' ')))
    throw new InputError(`There are control characters in this key. Copy it again. ${EXAMPLE}`);
  const [type = '', encoded = '', ...comment] = lines.join(' ').trim().split(/\s+/);
  const kind = KINDS.get(type);
  if (!kind) throw new InputError(notAType(type, text));
  const blob = Buffer.from(encoded, 'base64');
  const fields = fieldsOf(blob);
  // Decoding skips what is no base64, so that only the way back shows whether all of it was.
  const whole = blob.toString('base64').replace(/=+$/, '') === encoded.replace(/=+$/, '');
  if (!whole || !fields || fields[0]?.toString() !== type || !isRight(type, fields))
    throw new InputError(`This ${type} key is damaged or cut off. Copy it again as a whole. ${EXAMPLE}`);
  const bits = type === 'ssh-rsa' ? bitsOf(fields[2]) : 0;
  if (type === 'ssh-rsa' && bits < SHORTEST_RSA)
    throw new InputError(
      `An RSA key of ${bits} bits is refused by SSH servers. Make a new one: ssh-keygen -t ed25519.`,
    );
  return {
    line: [type, encoded, ...comment].join(' '),
    type,
    fingerprint: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`,
    kind: bits > 0 ? `${kind} ${bits}` : kind,
    comment: comment.join(' ') || null,
  };
}

/** The same for a key that is on record; null where it cannot be read. */
export function readPublicKey(text: string | null): PublicKey | null {
  try {
    return text === null ? null : parsePublicKey(text);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** In any armour, and OpenSSH's also without: its base64 always begins alike. */
const isPrivate = (text: string): boolean =>
  /BEGIN [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File|b3BlbnNzaC1rZXktdjE/i.test(text);

const startsWithType = (line: string): boolean => KINDS.has(line.trim().split(/\s+/)[0] ?? '');

function notAType(type: string, text: string): string {
  if (type === 'ssh-dss') return 'DSA keys are refused by SSH servers. Make a new one: ssh-keygen -t ed25519.';
  if (type.includes('-cert-v')) return `This is a certificate, not a key. ${EXAMPLE}`;
  if ([...KINDS.keys()].some(known => text.includes(`${known} `)))
    return `Something stands before the key, such as the options of an authorized_keys file. Leave it out. ${EXAMPLE}`;
  return `This is not an SSH public key. ${EXAMPLE}`;
}

/** The length-prefixed fields of a key; undefined where they do not come out even. */
function fieldsOf(blob: Buffer): Buffer[] | undefined {
  const fields: Buffer[] = [];
  for (let at = 0; at < blob.length;) {
    if (blob.length - at < 4) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

function isRight(type: string, fields: readonly Buffer[]): boolean {
  const [, second, third] = fields;
  const count = type.startsWith('sk-ecdsa') ? 4 : type === 'ssh-ed25519' ? 2 : 3;
  if (fields.length !== count) return false;
  if (type.includes('ed25519')) return second?.length === ED25519_BYTES;
  if (type === 'ssh-rsa') return (second?.length ?? 0) > 0 && (third?.length ?? 0) > 0;
  const size = Math.ceil(Number(/nistp(\d+)/.exec(type)?.[1]) / 8);
  return second?.toString() === /nistp\d+/.exec(type)?.[0] && third?.length === 2 * size + 1;
}

/** A number without its leading zeros. */
function bitsOf(number: Buffer | undefined): number {
  const first = number?.findIndex(byte => byte !== 0) ?? -1;
  if (!number || first < 0) return 0;
  return (number.length - first) * 8 - Math.clz32(number[first] ?? 0) + 24;
}
