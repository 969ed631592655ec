import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { openConnections } from '../../client/exchange.js';
import type { Route } from '../../client/route.js';
import { once } from '../../once.js';

/** The authorization server could not be asked. What it says is for the log, not for callers. */
export class IssuerUnavailable extends Error {
  override name = 'IssuerUnavailable';
}

/** The authorization server whose tokens are accepted. Asked on first use, and again after it could not be. */
export interface Issuer {
  /** As it writes its own name: with or without a slash at its end. @throws {IssuerUnavailable} */
  name(): Promise<string>;
  /** The key a token says it is signed with. @throws {IssuerUnavailable} */
  readonly key: JWTVerifyGetKey;
}

const TIMEOUT_MS = 5000;
/** An issuer that is down is not asked with every request that comes. */
const PAUSE_MS = 1000;
/** A key that is not known may be new: that long after the keys were last read, they are read again. */
const COOLDOWN_MS = 5000;
/** A key that was taken back is believed for that long at most. */
const KEYS_AGE_MS = 10 * 60_000;

interface Found {
  readonly name: string;
  readonly keys: ReturnType<typeof createRemoteJWKSet>;
}

/** `address` has no slash at its end. `onTrouble` hears why the issuer could not be asked. */
export function createIssuer(address: string, route: Route, onTrouble: (why: string) => void): Issuer {
  let quietUntil = 0;
  const names = namesOf(address);

  const trouble = (why: string): IssuerUnavailable => {
    quietUntil = Date.now() + PAUSE_MS;
    onTrouble(why);
    return new IssuerUnavailable(why);
  };

  /** Undefined where it has no such page. */
  async function read(url: string, headers?: Headers): Promise<unknown> {
    if (Date.now() < quietUntil) throw new IssuerUnavailable('it could not be asked a moment ago');
    const answer = await get(url, route, headers).catch((error: unknown) => {
      throw trouble(`${url} does not answer (${reasonOf(error)})`);
    });
    if (answer.status >= 400 && answer.status < 500) return undefined;
    if (answer.status !== 200) throw trouble(`${url} answers with HTTP ${answer.status}`);
    try {
      return JSON.parse(answer.text);
    } catch {
      throw trouble(`${url} answers with something that is not JSON`);
    }
  }

  const found = once(async (): Promise<Found> => {
    let why = 'it has none of the well-known documents';
    for (const url of documentsOf(address)) {
      const document = await read(url);
      if (document === undefined) continue;
      const { issuer: name, jwks_uri: at } = (document ?? {}) as Readonly<Record<string, unknown>>;
      if (typeof name !== 'string' || !names.includes(name)) why = `${url} is of another issuer`;
      else if (typeof at !== 'string' || !isSafe(at)) why = `${url} names no jwks_uri that begins with https://`;
      else return { name, keys: keysAt(new URL(at)) };
    }
    throw trouble(why);
  });

  const keysAt = (url: URL): Found['keys'] =>
    createRemoteJWKSet(url, {
      cooldownDuration: COOLDOWN_MS,
      cacheMaxAge: KEYS_AGE_MS,
      [customFetch]: async (at, { headers }) => {
        const keys = await read(at, headers);
        if (keys === undefined) throw trouble(`${at} is not there`);
        return Response.json(keys);
      },
    });

  return {
    name: async () => (await found.get()).name,
    async key(header, token) {
      const { keys } = await found.get();
      try {
        return await keys(header, token);
      } catch (error) {
        if (error instanceof IssuerUnavailable || isOfToken(error)) throw error;
        throw trouble(`its keys cannot be used (${reasonOf(error)})`);
      }
    },
  };
}

/** Asked so seldom that no connection is kept. Redirects are not followed. */
async function get(url: string, route: Route, headers?: Headers): Promise<{ status: number; text: string }> {
  const { origin, pathname, search } = new URL(url);
  const connections = openConnections(origin, undefined, route);
  try {
    const asked = Object.fromEntries(headers ?? [['accept', 'application/json']]);
    const answer = await connections.read(
      { method: 'GET', path: `${pathname}${search}`, headers: asked, body: null },
      { deadline: AbortSignal.timeout(TIMEOUT_MS), caller: undefined },
    );
    if (answer.kind === 'broken') throw answer.error;
    return { status: answer.status, text: answer.bytes.toString() };
  } finally {
    await connections.close();
  }
}

/** Issuers differ in whether their name ends with a slash; a setting of this server never does. */
export const namesOf = (address: string): string[] => [address, `${address}/`];

/** Where RFC 8414 and OpenID Connect Discovery put the document of an issuer. */
function documentsOf(address: string): string[] {
  const { origin, pathname } = new URL(address);
  const path = pathname.replace(/\/$/, '');
  return [
    ...new Set([
      `${origin}/.well-known/oauth-authorization-server${path}`,
      `${address}/.well-known/openid-configuration`,
      `${origin}/.well-known/openid-configuration${path}`,
    ]),
  ];
}

function isSafe(at: string): boolean {
  if (!URL.canParse(at)) return false;
  const { protocol, hostname } = new URL(at);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}

/** The token asks for a key that the issuer does not have, or for none in particular. */
const isOfToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

function reasonOf(error: unknown): string {
  const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
  return code ?? message;
}
