import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export interface SignOptions {
  readonly header?: Readonly<Record<string, unknown>>;
  /** Signed with this instead of the newest key. */
  readonly key?: Key;
}

export interface TestIssuer extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  /** What its documents say, over what they should say. */
  document: Readonly<Record<string, unknown>>;
  /** Paths that were asked for, oldest first. */
  readonly asked: string[];
  /** A token for `audience`, valid for ten minutes; claims of undefined are left out. */
  sign(audience: string, claims?: Readonly<Record<string, unknown>>, options?: SignOptions): Promise<string>;
  readonly key: Key;
  /** From now on it signs with a new key, which its key set has; the old one is gone unless it is kept. */
  rotate(keep?: boolean): Promise<void>;
  /** Stops answering on its port. */
  down(): Promise<void>;
  up(): Promise<void>;
}

const newKey = async (kid: string, alg: string): Promise<Key> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
};

/** Seconds from now, as tokens write times. */
export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

/**
 * The half of an authorization server that a resource server sees, to make tokens that a right one never would.
 * `where`: its documents are served at one of the well-known places alone.
 */
export async function startIssuer({
  alg = 'RS256',
  path = '',
  slash = '',
  where = /./,
}: { alg?: string; path?: string; slash?: string; where?: RegExp } = {}): Promise<TestIssuer> {
  let keys = [await newKey('first', alg)];
  let server: Server;
  let port = 0;
  const asked: string[] = [];
  const held = { document: {} as Readonly<Record<string, unknown>> };
  const url = (): string => `http://127.0.0.1:${port}${path}`;
  const newest = (): Key => keys.at(-1) as Key;

  async function up(): Promise<void> {
    server = createServer((request, response) => {
      const { url: at = '' } = request;
      asked.push(at);
      const body =
        at === '/keys'
          ? { keys: keys.map(({ jwk }) => jwk) }
          : at.includes('/.well-known/') && where.test(at)
            ? { issuer: `${url()}${slash}`, jwks_uri: `http://127.0.0.1:${port}/keys`, ...held.document }
            : undefined;
      response.writeHead(body ? 200 : 404, { 'Content-Type': 'application/json' }).end(JSON.stringify(body ?? {}));
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  }

  async function down(): Promise<void> {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  await up();
  return {
    get url() {
      return url();
    },
    get document() {
      return held.document;
    },
    set document(value) {
      held.document = value;
    },
    asked,
    get key() {
      return newest();
    },
    sign(audience, claims = {}, { header = {}, key = newest() } = {}) {
      const all = {
        iss: `${url()}${slash}`,
        aud: audience,
        sub: 'kari',
        scope: 'gigahost:viewer',
        iat: inSeconds(0),
        exp: inSeconds(600),
        ...claims,
      };
      const protectedHeader = { alg: key.alg, kid: key.kid, typ: 'at+jwt', ...header };
      return new SignJWT(all).setProtectedHeader(protectedHeader).sign(key.privateKey);
    },
    async rotate(keep = false) {
      keys = [...(keep ? keys : []), await newKey(`key ${keys.length + asked.length}`, alg)];
    },
    down,
    up,
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await down();
    },
  };
}
