import * as z from 'zod';
import { normalAddress, normalSubnet } from '../inventory/addresses.js';

/** What a person calls a server. */
export const ServerRef = z.string().trim().min(1).max(253).describe('id, name, label, hostname or address');

/** What a person calls a DNS zone. */
export const ZoneRef = z.string().trim().min(1).max(253).describe('Zone name or id');
/** What a person calls a web hosting account. */
export const HostingRef = z.string().trim().min(1).max(253).describe('domain, id or user name');

export const Cursor = z.string().max(200).optional().describe('next_cursor of the page before');
export const Limit = z.int().min(1).max(500).optional().describe('Most rows to return');

/** Letters, digits and hyphens in dotted labels; an internationalised name in its xn-- form. */
const HOST_NAME = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Checked by refinement: a pattern would be printed into every tools/list. */
const hostName = (isRight: (name: string) => boolean, problem: string) =>
  z
    .string()
    .trim()
    .transform(name => name.replace(/\.$/, '').toLowerCase())
    .refine(name => HOST_NAME.test(name) && !/^[\d.]+$/.test(name) && isRight(name), problem);

/** A host name such as mail.example.no, or one without a domain. */
export const HostName = hostName(() => true, 'is not a host name such as mail.example.no');
export const FullHostName = hostName(name => name.includes('.'), 'is not a full host name such as mail.example.no');

export const IpAddressOrSubnet = z
  .string()
  .trim()
  .refine(
    value => (normalAddress(value) ?? normalSubnet(value)) !== undefined,
    'is not an IP address or subnet such as 192.0.2.10 or 2001:db8:1::/48',
  );

/** A name to give to something. What breaks a line or cannot be seen is refused, not cleaned: it would read back otherwise. */
export const NewName = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(100)
  .refine(name => !/[\p{C}\p{Zl}\p{Zp}]/u.test(name), 'must be one line without control characters');

/** The server a result is about. */
export const ServerName = z.string().describe('Name of the server');

/** The web hosting account a result is about. */
export const HostingName = z.string().describe('Main domain of the account');

export const WaitSeconds = z
  .int()
  .min(0)
  .max(3600)
  .optional()
  .describe('How long to wait for the end; 0 returns at once');
