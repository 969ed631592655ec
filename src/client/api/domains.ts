import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing, rowOf } from '../endpoint.js';
import { day, flagOrNull, idOrNull, record, text } from '../wire.js';

const ZoneId = z.object({ zone_id: idOf('zone') });

export const lookupOrganization = defineEndpoint({
  id: 'lookupOrganization',
  does: 'look the organisation up',
  method: 'GET',
  path: '/dns/lookup/organization/{org_number}',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: z.object({
    org_number: z
      .string()
      .regex(/^\d{9}$/)
      .describe('nine digits'),
  }),
  decode: rowOf({
    company_name: ['company_name', text],
    address: ['address', text],
    zip_code: ['zip_code', text],
    city: ['city', text],
  }),
});

export const checkDomainAvailability = defineEndpoint({
  id: 'checkDomainAvailability',
  does: 'check whether the domain is free',
  method: 'GET',
  path: '/dns/domains/check/{domain}',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: z.object({ domain: z.string().min(4).describe('such as example.no; .no only') }),
  decode: rowOf({ domain: ['domain', text], available: ['available', flagOrNull], reason: ['reason', text] }),
});

const registrant = {
  registrant_type: z.enum(['organization', 'person']),
  email: z.email(),
  applicant_name: z.string().min(1).max(255).describe('name of the person applying'),
  zip_code: z.string().min(1),
  city: z.string().min(1),
  org_number: z
    .string()
    .regex(/^\d{9}$/)
    .optional()
    .describe('organisations: nine digits'),
  company_name: z.string().max(255).optional().describe('organisations'),
  pid: z
    .string()
    .regex(/^N\.PRI\.\d{8}$/)
    .optional()
    .describe('persons: registry identifier N.PRI.12345678'),
};

/** A binding purchase at the registry: never sent twice (wire note 11). */
export const registerDomain = defineEndpoint({
  id: 'registerDomain',
  does: 'register the domain',
  method: 'POST',
  path: '/dns/domains/register',
  effect: 'purchase',
  repeatable: false,
  secrets: [],
  body: z.object({
    domain_name: z.string().min(4),
    ...registrant,
    first_name: z.string().optional().describe('persons'),
    last_name: z.string().optional().describe('persons'),
    use_gigahost_ns: z.boolean().optional(),
    nameservers: z.array(z.string()).optional().describe('at least two, when use_gigahost_ns is false'),
  }),
  decode: rowOf({
    zone_id: ['zone_id', idOrNull],
    domain: ['domain_name', text],
    expires: ['expires_at', day],
    status: ['status', text],
  }),
});

export const getDomainRegistrant = defineEndpoint({
  id: 'getDomainRegistrant',
  does: 'read the registrant',
  method: 'GET',
  path: '/dns/zones/{zone_id}/registrant',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: ZoneId,
  decode: rowOf({
    handle: ['contact_id', text],
    type: ['type', text],
    name: ['name', text],
    organization: ['organization', text],
    identity: ['identity', text],
    identity_type: ['identity_type', text],
    email: ['email', text],
    address: ['address', text],
    postal_code: ['postal_code', text],
    city: ['city', text],
    country: ['country_code', text],
  }),
});

/** Places an order and lengthens the registration by a year, every time it is sent. */
export const changeDomainRegistrant = defineEndpoint({
  id: 'changeDomainRegistrant',
  does: 'transfer the domain to another registrant',
  method: 'PUT',
  path: '/dns/zones/{zone_id}/registrant',
  effect: 'purchase',
  repeatable: false,
  secrets: [],
  params: ZoneId,
  body: z.object({
    ...registrant,
    agree_to_terms: z.literal(true).describe('the person accepts the registry’s declaration'),
  }),
  decode: nothing,
});

export const setDomainAutoRenew = defineEndpoint({
  id: 'setDomainAutoRenew',
  does: 'switch automatic renewal',
  method: 'PUT',
  path: '/dns/zones/{zone_id}/auto-renew',
  effect: 'update',
  effectOf: body => (body['auto_renew'] === 1 ? 'purchase' : 'destroy'),
  repeatable: true,
  secrets: [],
  params: ZoneId,
  body: z.object({ auto_renew: z.union([z.literal(0), z.literal(1)]).describe('1 on, 0 off') }),
  decode: nothing,
});

export const setDomainNameservers = defineEndpoint({
  id: 'setDomainNameservers',
  does: 'replace the nameservers',
  method: 'PUT',
  path: '/dns/zones/{zone_id}/nameservers',
  effect: 'disrupt',
  repeatable: true,
  secrets: [],
  params: ZoneId,
  body: z.object({ nameservers: z.array(z.string()).describe('at least two host names') }),
  decode: nothing,
});

export const setRegistrantEmail = defineEndpoint({
  id: 'setRegistrantEmail',
  does: 'change the registrant’s e-mail address',
  method: 'PUT',
  path: '/dns/zones/{zone_id}/registrant-email',
  effect: 'update',
  repeatable: false,
  secrets: [],
  params: ZoneId,
  body: z.object({
    email: z.email(),
    enable_protection: z.boolean().optional().describe('publish a random forwarding address instead'),
  }),
  decode: fromData(record({ protected: ['protected', flagOrNull], email: ['email', text] })),
});
