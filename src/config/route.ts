import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Proxy, Route } from '../client/route.js';
import { isLoopback } from './address.js';
import { attempt, ConfigError, strictly, type Refuse } from './error.js';

const BEGIN = '-----BEGIN CERTIFICATE-----';
const CERTIFICATES = new RegExp(`${BEGIN}.*?(?=${BEGIN}|$)`, 'gs');

/**
 * How an address is reached: by what the environment says of proxies, as other programs read it, and with the CAs of
 * `caFile` beside those that Node trusts. All addresses off this machine are https, so `HTTP_PROXY` is never asked.
 * `refuse` hears of a proxy or a file that cannot be used.
 */
export function routeTo(
  address: string,
  env: NodeJS.ProcessEnv,
  caFile: string | undefined,
  refuse: Refuse = strictly,
): Route {
  return {
    proxy: isLoopback(new URL(address).hostname) ? undefined : attempt(() => proxyFrom(env), refuse),
    ca: caFile === undefined ? undefined : attempt(() => certificatesIn(caFile, env['NODE_EXTRA_CA_CERTS']), refuse),
  };
}

function proxyFrom(env: NodeJS.ProcessEnv): Proxy | undefined {
  const name = ['https_proxy', 'HTTPS_PROXY'].find(variable => env[variable]);
  const given = name && env[name];
  if (!given) return undefined;
  const text = given.includes('://') ? given : `http://${given}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // Not repeated: it may hold a password.
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '')
    throw new ConfigError(
      `${name} is not a proxy that can be used; one is given as http://proxy.example.no:3128, with http or https.`,
    );
  return { url, noProxy: env['no_proxy'] ?? env['NO_PROXY'] ?? '' };
}

/** Those of the file, and those that Node was given in its own variable, which it leaves out where it is given others. */
function certificatesIn(caFile: string, nodes: string | undefined): readonly string[] {
  const found = textOf(caFile);
  if (typeof found !== 'string') throw new ConfigError(`The CA file ${caFile} cannot be read (${found.code}).`);
  const own = apart(found);
  if (own.length === 0) throw new ConfigError(`The CA file ${caFile} holds no certificate as PEM (${BEGIN}).`);
  const damaged = own.findIndex(pem => !isWhole(pem));
  if (damaged >= 0) throw new ConfigError(`Certificate ${damaged + 1} in the CA file ${caFile} is damaged.`);
  // Node warns of one that it cannot read.
  const more = nodes ? textOf(nodes) : undefined;
  return [...own, ...(typeof more === 'string' ? apart(more).filter(isWhole) : [])];
}

const apart = (text: string): readonly string[] => text.match(CERTIFICATES) ?? [];

function isWhole(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

function textOf(file: string): string | NodeJS.ErrnoException {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}
