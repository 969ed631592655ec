import { isIPv4, isIPv6 } from 'node:net';
import { hostName } from './names.js';
import { textContent } from './text.js';

const CAA = /^(\d{1,3}) +(issue|issuewild|iodef) +"?([^"]*)"?$/i;
const SRV = /^(\d{1,5}) +(\d{1,5}) +(\d{1,5}) +(\S+)$/;
const NAPTR = /^\d{1,5} +\d{1,5} +"[^"]*" +"[^"]*" +"[^"]*" +\S+$/;

/**
 * The types that are taken, each with what makes the stored content of what was sent: null for a refusal. Some types
 * gain a final dot behind host names and some lose it. TLSA, SSHFP, HTTPS, SVCB, DS and LOC are refused.
 */
const CONTENT = new Map<string, (sent: string) => string | null>([
  ['A', sent => (isIPv4(sent) ? sent : null)],
  ['AAAA', shortestIpv6],
  ['ALIAS', dotted],
  ['CAA', caa],
  ['CNAME', dotted],
  ['DNAME', dotted],
  ['MX', hostName],
  ['NAPTR', sent => (NAPTR.test(sent) ? sent : null)],
  ['NS', hostName],
  ['PTR', hostName],
  ['SRV', srv],
  ['TXT', textContent],
]);

/** The content to store; null when it or the type is refused. */
export const contentOf = (type: string, sent: string): string | null => CONTENT.get(type)?.(sent.trim()) ?? null;

export const isSupported = (type: string): boolean => CONTENT.has(type);

/** An IPv6 address in its shortest form. */
export function shortestIpv6(sent: string): string | null {
  if (!isIPv6(sent) || sent.includes('%')) return null;
  return new URL(`http://[${sent}]/`).hostname.slice(1, -1);
}

function dotted(sent: string): string | null {
  const host = hostName(sent);
  return host === null ? null : `${host}.`;
}

function caa(sent: string): string | null {
  const [, flags, tag, value] = CAA.exec(sent) ?? [];
  return flags === undefined ? null : `${flags} ${tag?.toLowerCase()} "${value}"`;
}

function srv(sent: string): string | null {
  const [, priority, weight, port, target = ''] = SRV.exec(sent) ?? [];
  const host = dotted(target);
  return host === null ? null : `${priority} ${weight} ${port} ${host}`;
}
