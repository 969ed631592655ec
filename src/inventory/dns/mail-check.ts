import { createPublicKey } from 'node:crypto';
import type { DnsRecord, Zone } from '../../client/api/dns.js';
import { contains, normalAddress } from '../addresses.js';
import { fullName } from './names.js';
import { shownValue } from './values.js';

export type Status = 'ok' | 'warning' | 'problem' | 'unknown';

/** One finding: what was looked at, what was found, and what to do about it. */
export interface Finding {
  readonly check: 'served by' | 'MX' | 'SPF' | 'DKIM' | 'DMARC' | 'PTR';
  readonly status: Status;
  readonly found: string;
  readonly todo: string | null;
}

export interface MailAddress {
  readonly address: string;
  /** Whether it is one of the account; null where that could not be told. */
  readonly isOwn: boolean | null;
  /** Of an own one. */
  readonly ptr: string | null;
  /** Whether the reverse name leads back to the address; null where that could not be looked up. */
  readonly confirmed: boolean | null;
}

/** A host that takes mail, as far as its addresses are known. */
export interface MailHost {
  readonly name: string;
  /** The type of another record at the name that an MX must not lead to. */
  readonly alias: 'CNAME' | null;
  /** Null where they could not be looked up. */
  readonly addresses: readonly MailAddress[] | null;
}

/** Lookups that one SPF record may cause (RFC 7208, 4.6.4). */
const MOST_SPF_LOOKUPS = 10;
const SHORTEST_RSA_BITS = 1024;

/** What there is to say about the mail set-up of a zone, from its records and what is known of its mail hosts. */
export function checkMail(zone: Zone, records: readonly DnsRecord[], hosts: readonly MailHost[]): Finding[] {
  const txt = (name: string, begins: RegExp): string[] =>
    records
      .filter(row => row.type === 'TXT' && row.name === name)
      .map(shownValue)
      .filter(value => begins.test(value));
  const policies = txt('@', /^v=spf1(?:\s|$)/i);
  const silent = hosts.length === 0 && policies.length === 1 && /^v=spf1\s+-all$/i.test(policies[0]?.trim() ?? '');
  return [
    ...servedBy(zone),
    ...(silent ? [finding('MX')('ok', 'none, and SPF says that no mail comes from here')] : mx(zone, hosts)),
    ...spf(zone, policies, hosts),
    ...(silent ? [] : dkim(zone, records)),
    ...dmarc(zone, txt('_dmarc', /^v\s*=\s*DMARC1\s*(?:;|$)/i)),
    ...hosts.flatMap(ptr),
  ];
}

const finding =
  (check: Finding['check']) =>
  (status: Status, found: string, todo: string | null = null): Finding => ({ check, status, found, todo });

const servedBy = ({ isExternal, name }: Zone): Finding[] =>
  isExternal
    ? [
        finding('served by')(
          'warning',
          `${name} is served by nameservers outside Gigahost: the world sees other records than these`,
          'Look at the records where the domain is served',
        ),
      ]
    : [];

/** The hosts of a zone's MX records, most preferred first. */
export const mailHostsOf = (records: readonly DnsRecord[]): string[] =>
  records
    .filter(row => row.type === 'MX' && row.name === '@')
    .map(shownValue)
    .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .flatMap(value => value.split(' ')[1] ?? []);

function mx(zone: Zone, hosts: readonly MailHost[]): Finding[] {
  const say = finding('MX');
  if (hosts.length === 0)
    return [
      say(
        'problem',
        'no MX record',
        `Add an MX record to ${zone.name}, such as "10 mail.${zone.name}", if it is to take mail`,
      ),
    ];
  return hosts.map(({ name, alias, addresses }) => {
    if (alias)
      return say(
        'problem',
        `${name} is a ${alias}`,
        `Point the MX at the host the ${alias} leads to: some servers refuse an MX that is an alias`,
      );
    if (addresses === null) return say('unknown', `${name} could not be looked up`, 'Check again later');
    if (addresses.length === 0)
      return say('problem', `${name} has no address`, `Give ${name} an A or AAAA record, or remove the MX`);
    return say('ok', `${name} (${addresses.map(({ address }) => address).join(', ')})`);
  });
}

function spf(zone: Zone, found: readonly string[], hosts: readonly MailHost[]): Finding[] {
  const say = finding('SPF');
  const [text] = found;
  if (text === undefined)
    return [
      say(
        'problem',
        'no SPF record',
        `Add a TXT record at ${zone.name}: v=spf1 mx -all, with whatever else sends mail for it before -all`,
      ),
    ];
  if (found.length > 1)
    return [
      say(
        'problem',
        `${found.length} SPF records, so none of them counts: ${found.join(' | ')}`,
        `Keep one: ${merged(found)}`,
      ),
    ];
  const terms = text
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(term => term.toLowerCase());
  const lookups = terms.filter(term =>
    /^[+~?-]?(?:include:|a(?:[:/]|$)|mx(?:[:/]|$)|ptr|exists:)|^redirect=/.test(term),
  );
  const all = terms.find(term => /^[+~?-]?all$/.test(term));
  if (all === '+all' || all === 'all')
    return [say('problem', text, 'It lets everybody send as this domain: end it with -all')];
  if (lookups.length > MOST_SPF_LOOKUPS)
    return [
      say(
        'problem',
        `${lookups.length} lookups, and at most ${MOST_SPF_LOOKUPS} are allowed: ${text}`,
        'Replace some of the includes by ip4: and ip6:',
      ),
    ];
  if (!all && !terms.some(term => term.startsWith('redirect=')))
    return [say('warning', text, 'It ends without a verdict: add -all')];
  if (all === '?all') return [say('warning', text, 'Its ?all says nothing: use ~all or -all')];
  if (terms.some(term => /^[+~?-]?ptr/.test(term)))
    return [say('warning', text, 'Its ptr is slow and ignored by many: use ip4: and ip6:')];
  const uncovered = hosts.flatMap(({ addresses }) =>
    (addresses ?? []).flatMap(({ address, isOwn }) => (isOwn && !covers(terms, address) ? [address] : [])),
  );
  if (uncovered.length > 0)
    return [
      say(
        'warning',
        text,
        `It does not name ${uncovered.join(', ')}, where mail of this domain is handled: add mx, if mail is sent from there too`,
      ),
    ];
  return [say('ok', text)];
}

/** All terms of several records once, with the strictest verdict last. */
function merged(found: readonly string[]): string {
  const terms = [...new Set(found.flatMap(text => text.trim().split(/\s+/).slice(1)))];
  const verdict = ['-all', '~all', '?all'].find(all => terms.includes(all)) ?? '-all';
  return ['v=spf1', ...terms.filter(term => !/^[+~?-]?all$/i.test(term)), verdict].join(' ');
}

/** Whether a host of ours may send; what only a lookup elsewhere can tell counts as yes. */
const covers = (terms: readonly string[], address: string): boolean =>
  terms.some(term => {
    const [, kind, value = ''] = /^\+?(ip4|ip6|mx|a|include|redirect|exists)[:=]?(.*)$/.exec(term) ?? [];
    if (kind === undefined) return false;
    if (kind !== 'ip4' && kind !== 'ip6') return true;
    return value.includes('/') ? contains(value, address) : normalAddress(value) === address;
  });

function dkim(zone: Zone, records: readonly DnsRecord[]): Finding[] {
  const say = finding('DKIM');
  const keys = records.filter(
    ({ name, type }) =>
      /(?:^|\.)_domainkey$/.test(name) && (type === 'TXT' || type === 'CNAME') && name !== '_domainkey',
  );
  if (keys.length === 0)
    return [
      say(
        'warning',
        'no DKIM key',
        `Switch DKIM on where mail of ${zone.name} is sent from: it tells the name (something._domainkey) and the value to set`,
      ),
    ];
  return keys.map(row => {
    const value = shownValue(row);
    if (row.type === 'CNAME') return say('ok', `${row.name} is kept by ${value}`);
    const [, key = ''] = /(?:^|;)\s*p\s*=([^;]*)/.exec(value) ?? [];
    if (!/(?:^|;)\s*p\s*=/.test(value))
      return say('problem', `${row.name} holds no key`, 'Set the record anew, as the mail server tells it');
    if (key.trim() === '')
      return say(
        'warning',
        `the key of ${row.name} is revoked (p= is empty)`,
        'Delete the record when no mail signed with it is under way',
      );
    const bits = rsaBits(key);
    if (bits === 'unreadable')
      return say(
        'problem',
        `the key of ${row.name} cannot be read`,
        'It may have been cut: set the record anew, as one text',
      );
    if (bits !== null && bits < SHORTEST_RSA_BITS)
      return say('problem', `the key of ${row.name} has ${bits} bits`, 'Make one of 2048 bits');
    return say('ok', `${row.name}${bits === null ? '' : `, RSA ${bits} bits`}`);
  });
}

/** Null for keys of another kind. */
function rsaBits(base64: string): number | null | 'unreadable' {
  const der = Buffer.from(base64.replace(/\s/g, ''), 'base64');
  // An Ed25519 key stands bare.
  if (der.length === 32) return null;
  try {
    return createPublicKey({ key: der, format: 'der', type: 'spki' }).asymmetricKeyDetails?.modulusLength ?? null;
  } catch {
    return 'unreadable';
  }
}

function dmarc(zone: Zone, found: readonly string[]): Finding[] {
  const say = finding('DMARC');
  const [text] = found;
  if (text === undefined)
    return [
      say(
        'problem',
        'no DMARC record',
        `Add a TXT record at _dmarc.${zone.name}: v=DMARC1; p=none; rua=mailto:postmaster@${zone.name}, and later p=quarantine or p=reject`,
      ),
    ];
  if (found.length > 1) return [say('problem', `${found.length} DMARC records, so none of them counts`, 'Keep one')];
  const [, policy = ''] = /;\s*p\s*=\s*(\w+)/i.exec(text) ?? [];
  if (!/^(?:none|quarantine|reject)$/i.test(policy))
    return [say('problem', text, 'It has no policy: add p=none, p=quarantine or p=reject')];
  if (policy.toLowerCase() === 'none')
    return [say('warning', text, 'It only reports: p=quarantine or p=reject once the reports look right')];
  return [say('ok', text)];
}

function ptr({ name, addresses }: MailHost): Finding[] {
  const say = finding('PTR');
  return (addresses ?? []).map(({ address, ptr: reverse, isOwn, confirmed }) => {
    if (isOwn === null) return say('unknown', `the reverse DNS of ${address} (${name}) could not be read`);
    if (!isOwn) return say('unknown', `${address} (${name}) is not an address of this account`);
    const isV6 = address.includes(':');
    if (isV6 && reverse === null)
      return say(
        'unknown',
        `Gigahost tells no reverse DNS of ${address}; that of an IPv6 subnet is kept by the nameserver it is delegated to`,
      );
    // Gigahost sets no name of a single IPv6 address (wire note 6.5).
    const fix = isV6
      ? 'Have it changed where its subnet is delegated to, or by the support of Gigahost'
      : `set_reverse_dns address=${address} target=${name}`;
    if (reverse === null) return say('problem', `${address} has no reverse DNS`, fix);
    if (reverse.toLowerCase().replace(/\.$/, '') === name) return say('ok', `${address} is called ${reverse}`);
    if (confirmed) return say('ok', `${address} is called ${reverse}, which leads back to it`);
    if (confirmed === null) return say('unknown', `${address} is called ${reverse}, which could not be looked up`);
    return say('problem', `${address} is called ${reverse}, which does not lead back to it`, fix);
  });
}

/** The addresses and aliases at a host name, by the records of the zone it lies in. */
export function hostIn(
  host: string,
  zone: Zone,
  records: readonly DnsRecord[],
): { alias: 'CNAME' | null; addresses: string[] } {
  const there = records.filter(row => fullName(row.name, zone) === host);
  return {
    alias: there.some(({ type }) => type === 'CNAME') ? 'CNAME' : null,
    addresses: there.filter(({ type }) => type === 'A' || type === 'AAAA').map(shownValue),
  };
}
