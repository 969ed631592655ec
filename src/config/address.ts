import { ConfigError, unfit } from './error.js';
import type { Kind } from './kind.js';

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];
const HOSTS = LOOPBACK.map(host => host.replace(/[.[\]]/g, '\\$&')).join('|');

/** Whether a host, as a URL has it, is this machine. */
export const isLoopback = (hostname: string): boolean =>
  LOOPBACK.includes(hostname) || /^127(\.\d+){3}$/.test(hostname);

/** Where the API is: https, or http on this machine. */
export const address: Kind<string> = {
  placeholder: 'address',
  schema: { type: 'string', pattern: `^(https://[^/@?#]+|http://(${HOSTS})(:\\d+)?)(/[^?#]*)?$` },
  fromText: read,
  fromJson(value, name) {
    if (typeof value !== 'string') throw unfit(name, value, 'it must be an address that begins with https://');
    return read(value, name);
  },
};

function read(text: string, name: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // Not repeated: what is no address may still hold a password.
  if (!url) throw new ConfigError(`${name} is not an address; one begins with https://.`);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.includes(url.hostname)))
    throw new ConfigError(
      `${name} must be https: credentials would travel in the clear. Plain http works on loopback only.`,
    );
  if (url.username || url.password || url.search || url.hash)
    throw new ConfigError(`${name} must be an address only, without credentials, query or fragment.`);
  return url.href.replace(/\/$/, '');
}
