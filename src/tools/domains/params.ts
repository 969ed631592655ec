import * as z from 'zod';
import { plainDomain } from '../../inventory/zones.js';
import { FullHostName } from '../params.js';

export const DomainRef = z.string().trim().describe('Domain or zone id');

/** Any domain of Norway's, in the spelling of the DNS. */
export const NoDomain = z
  .string()
  .transform(plainDomain)
  .refine(
    name => name.length < 254 && /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+no$/.test(name),
    'is not a .no domain such as example.no; Gigahost’s API has no others',
  )
  .describe('Such as example.no');

/** Each of them once. */
export const Nameservers = z
  .array(FullHostName)
  .transform(hosts => [...new Set(hosts)])
  .refine(({ length }) => length > 1 && length < 14, 'must be two to thirteen different host names');
