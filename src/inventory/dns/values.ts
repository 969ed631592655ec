import * as recordTypes from '@nictool/dns-resource-record';
import type { DnsRecord, Zone } from '../../client/api/dns.js';
import { normalAddress } from '../addresses.js';
import { InputError } from '../input-error.js';
import { plainDomain } from '../zones.js';
import { fullName, targetName } from './names.js';

/** Types whose value is one host name. */
const POINTING = new Set(['CNAME', 'NS', 'PTR', 'ALIAS', 'DNAME']);
/** Types whose last field is a host name. */
const ENDING_IN_HOST = new Set(['MX', 'SRV', 'NAPTR']);
/** Refused when they were tried, TLSA although it is documented (wire note 10.9). */
export const SEEN_REFUSED: ReadonlySet<string> = new Set(['TLSA', 'SSHFP', 'HTTPS', 'SVCB', 'DS', 'LOC']);
/** Tags of CAA that came after the library's list. */
const NEWER_CAA = /^\d+ (?:issuemail|issuevmc|contactemail|contactphone) "[^"]+"$/;
const CHUNK_OCTETS = 255;
const MOST_TXT_OCTETS = 4096;

const hostOf = (text: string): string => (text === '.' ? '.' : plainDomain(text));
const collapsed = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** A record's value as people write it: "10 mail.example.no" for MX, whole texts, hosts without the final dot. */
export function shownValue({ type, value, priority }: Pick<DnsRecord, 'type' | 'value' | 'priority'>): string {
  if (type === 'TXT' || type === 'SPF') return joined(value);
  if (type === 'A' || type === 'AAAA') return normalAddress(value) ?? value.trim();
  if (POINTING.has(type)) return hostOf(value);
  if (type === 'MX') return `${priority ?? 0} ${hostOf(value.trim())}`;
  const fields = collapsed(value).split(' ');
  if (type === 'SRV' && fields.length === 3 && priority !== null) fields.unshift(String(priority));
  if (ENDING_IN_HOST.has(type)) fields.push(hostOf(fields.pop() ?? ''));
  if (type === 'CAA') return caa(fields);
  return fields.join(' ');
}

const caa = ([flags = '', tag = '', ...rest]: readonly string[]): string =>
  `${flags} ${tag.toLowerCase()} "${rest.join(' ').replace(/^"|"$/g, '')}"`;

/** Chunks of a long text; from Gigahost without the outermost quotes (wire note 10.10). */
const joined = (value: string): string => value.trim().replace(/^"|"$/g, '').replace(/"\s+"/g, '');

/**
 * What a person wants a record to hold, as `shownValue` shows it.
 * @throws {InputError} that says what is wrong with it.
 */
export function readValue(type: string, text: string, at: { readonly name: string; readonly zone: Zone }): string {
  const value = byType(type, text, at.zone);
  if (type === 'ALIAS' || type === 'TXT' || NEWER_CAA.test(value)) return value;
  const RecordClass = recordTypes[type];
  if (!RecordClass) throw new InputError(`${type} is not a type of DNS record that is known here.`);
  try {
    new RecordClass({ bindline: `${fullName(at.name, at.zone)}. 3600 IN ${type} ${dotted(type, value)}` });
    return value;
  } catch (error) {
    const [why = ''] = (error as Error).message.split('\n');
    throw new InputError(`"${text}" is not the value of ${aType(type)} record: ${why}. ${HOW[type] ?? ''}`.trim());
  }
}

/** "an MX", "a TXT": by how the letters are read. */
const aType = (type: string): string => `${/^[AEFHILMNORSX]/.test(type) ? 'an' : 'a'} ${type}`;

const HOW: Readonly<Record<string, string>> = {
  MX: 'It is written as priority and host: 10 mail.example.no.',
  SRV: 'It is written as priority, weight, port and host: 0 5 5060 sip.example.no.',
  CAA: 'It is written as flags, tag and value: 0 issue "letsencrypt.org".',
  TLSA: 'It is written as usage, selector, matching type and digest: 3 1 1 0d6fce….',
  NAPTR: 'It is written as order, preference, "flags", "service", "regexp" and host.',
};

function byType(type: string, text: string, zone: Zone): string {
  if (type === 'A' || type === 'AAAA') return address(type, text);
  if (type === 'TXT') return txt(text);
  if (POINTING.has(type)) return targetName(text, zone);
  const fields = collapsed(text).split(' ');
  if (type === 'CAA') return caa(fields);
  if (!ENDING_IN_HOST.has(type)) return fields.join(' ');
  const host = fields.pop() ?? '';
  if (host === '.' && type !== 'NAPTR')
    throw new InputError(`Gigahost refuses a lone dot as the target of ${type}. Leave the record out instead.`);
  if (fields.length === 0)
    throw new InputError(`"${text}" is not the value of ${aType(type)} record. ${HOW[type] ?? ''}`);
  return [...fields, host === '.' ? '.' : targetName(host, zone)].join(' ');
}

function address(type: 'A' | 'AAAA', text: string): string {
  const found = normalAddress(text);
  const right = type === 'A' ? 'an IPv4 address such as 192.0.2.10' : 'an IPv6 address such as 2001:db8::10';
  if (found === undefined)
    throw new InputError(`"${text}" is not ${right}; ${type} holds one. A name goes into CNAME or ALIAS.`);
  if (found.includes(':') === (type === 'AAAA')) return found;
  throw new InputError(`${found} goes into ${type === 'A' ? 'AAAA' : 'A'}; ${type} holds ${right}.`);
}

function txt(text: string): string {
  const trimmed = text.trim();
  const value = /^"[^"]*"(?:\s+"[^"]*")*$/.test(trimmed) ? joined(trimmed) : trimmed;
  if (value.trim() === '') throw new InputError('Gigahost refuses an empty TXT record.');
  if (value.includes('"'))
    throw new InputError('A double quote inside a TXT record does not survive at Gigahost. Write it without.');
  if (/[\u0000-\u001f\u007f]/.test(value)) throw new InputError('A TXT record is one line without control characters.');
  if (Buffer.byteLength(value) > MOST_TXT_OCTETS)
    throw new InputError(
      `A TXT record holds at most ${MOST_TXT_OCTETS} octets here; this one has ${Buffer.byteLength(value)}.`,
    );
  return value.trim();
}

/** With the final dots that zone files want. */
function dotted(type: string, value: string): string {
  const withDot = (host: string): string => (host.endsWith('.') ? host : `${host}.`);
  if (POINTING.has(type)) return withDot(value);
  return ENDING_IN_HOST.has(type) ? value.replace(/\S+$/, withDot) : value;
}

/** A value as it stands in a zone file. */
export const zoneFileValue = (type: string, value: string): string =>
  type === 'TXT' || type === 'SPF' ? quoted(chunksOf(value)) : dotted(type, value);

/** A value as it is sent. */
export function wireValue(
  type: string,
  value: string,
): { readonly record_value: string; readonly record_priority?: number } {
  if (type === 'MX') {
    const [priority = '0', host = ''] = value.split(' ');
    return { record_value: host, record_priority: Number(priority) };
  }
  const chunks = type === 'TXT' ? chunksOf(value) : [];
  return { record_value: chunks.length > 1 ? quoted(chunks) : value };
}

const quoted = (chunks: readonly string[]): string => chunks.map(chunk => `"${chunk}"`).join(' ');

function chunksOf(text: string): string[] {
  const chunks = [''];
  for (const letter of text) {
    const last = chunks.length - 1;
    if (Buffer.byteLength(`${chunks[last]}${letter}`) > CHUNK_OCTETS) chunks.push(letter);
    else chunks[last] += letter;
  }
  return chunks;
}

/** What the delete call compares: the value as listed, of MX with the priority and a final dot (wire note 10.1). */
export const deletedBy = ({ type, value, priority }: DnsRecord): string =>
  type === 'MX' ? `${priority ?? 0} ${value.trim().replace(/\.$/, '')}.` : value;
