import * as z from 'zod';
import { defineEndpoint, idOf, nothing, rowOf, rowsOf } from '../endpoint.js';
import { zeroOrOne } from '../fields.js';
import { flagOrNull, id, idOrNull, list, record, text, time } from '../wire.js';
import { ASSIGNABLE_SERVERS, ASSIGNED_SERVERS } from './users.js';

export const ClientId = z.object({ id: idOf('client') });
export const PARTNERS_ONLY = { 403: 'Sub-clients are for administrators of partner accounts only.' };

export const listClients = defineEndpoint({
  id: 'listClients',
  does: 'list the sub-clients',
  method: 'GET',
  path: '/account/clients',
  effect: 'read',
  repeatable: true,
  secrets: [],
  refusals: PARTNERS_ONLY,
  decode: rowsOf({
    id: ['client_id', id],
    login: ['client_username', text],
    name: ['client_name', text],
    email: ['client_email', text],
    company: ['client_company_name', text],
    company_number: ['client_company_no', text],
    country: ['client_country', text],
    active: ['client_active', flagOrNull],
    login_enabled: ['client_login_enabled', flagOrNull],
    invoiced_directly: ['client_invoice_direct', flagOrNull],
    invoiced_by_ehf: ['client_billing_ehf', flagOrNull],
    two_factor: ['client_2fa', flagOrNull],
    created_at: ['client_created', time],
  }),
});
export type SubClient = ReturnType<typeof listClients.decode>[number];

/** The login is made up by Gigahost. Direct billing needs name, e-mail, address and, for companies, their number. */
export const createClient = defineEndpoint({
  id: 'createClient',
  does: 'create the sub-client',
  method: 'POST',
  path: '/account/clients',
  effect: 'create',
  repeatable: false,
  secrets: ['request.password'],
  body: z.object({
    name: z.string().min(1),
    password: z.string().min(6),
    email: z.string().optional(),
    phone: z.string().optional(),
    company_name: z.string().optional(),
    company_no: z.string().optional().describe('Nine digits where a company is billed directly'),
    address: z.string().optional(),
    zip: z.string().optional(),
    city: z.string().optional(),
    country: z.string().optional(),
    login_enabled: zeroOrOne.optional(),
    invoice_direct: zeroOrOne.optional().describe('1: Gigahost bills the sub-client itself'),
    send_login: z.boolean().optional().describe('Mails login and password'),
  }),
  refusals: PARTNERS_ONLY,
  decode: rowOf({ id: ['client_id', idOrNull], login: ['client_username', text] }),
});

const zone = { zone_id: ['zone_id', idOrNull], domain: ['zone_name', text] } as const;
const hosting = { hosting_id: ['hosting_id', idOrNull], domain: ['domain', text], package: ['package', text] } as const;
const relation = { relation_id: ['id', id] } as const;

export const getClient = defineEndpoint({
  id: 'getClient',
  does: 'read the sub-client',
  method: 'GET',
  path: '/account/clients/{id}',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: ClientId,
  refusals: PARTNERS_ONLY,
  decode: rowOf({
    id: ['client_id', idOrNull],
    login: ['client_username', text],
    name: ['client_name', text],
    email: ['client_email', text],
    servers: ['servers', ASSIGNED_SERVERS],
    servers_unassigned: ['servers_unassigned', ASSIGNABLE_SERVERS],
    domains: ['domains', list(record({ ...relation, ...zone }))],
    domains_unassigned: ['domains_unassigned', list(record(zone))],
    webhosting: ['webhosting', list(record({ ...relation, ...hosting }))],
    webhosting_unassigned: ['webhosting_unassigned', list(record(hosting))],
  }),
});

/** Fields that are left out keep their value. */
export const updateClient = defineEndpoint({
  id: 'updateClient',
  does: 'change the sub-client',
  method: 'PUT',
  path: '/account/clients/{id}',
  effect: 'update',
  effectOf: body => {
    if (body['client_invoice_direct'] !== undefined) return 'purchase';
    const locksOut =
      body['password'] !== undefined || body['client_active'] === 0 || body['client_login_enabled'] === 0;
    return locksOut ? 'disrupt' : undefined;
  },
  repeatable: true,
  secrets: ['request.password'],
  params: ClientId,
  body: z.object({
    client_name: z.string().optional(),
    client_email: z.string().optional(),
    client_phone: z.string().optional(),
    client_company_name: z.string().optional(),
    client_company_no: z.string().optional(),
    client_address: z.string().optional(),
    client_zip: z.string().optional(),
    client_city: z.string().optional(),
    client_country: z.string().optional(),
    client_active: zeroOrOne.optional(),
    client_login_enabled: zeroOrOne.optional(),
    client_invoice_direct: zeroOrOne.optional().describe('1: Gigahost bills the sub-client itself from now on'),
    password: z.string().min(6).optional().describe('New password'),
  }),
  refusals: PARTNERS_ONLY,
  decode: nothing,
});

/** What it had falls back to the partner. */
export const deleteClient = defineEndpoint({
  id: 'deleteClient',
  does: 'delete the sub-client',
  method: 'DELETE',
  path: '/account/clients/{id}',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: ClientId,
  refusals: PARTNERS_ONLY,
  decode: nothing,
});

/** Each call replaces the password, so the one before stops working. */
export const sendClientLogin = defineEndpoint({
  id: 'sendClientLogin',
  does: 'mail the sub-client a new password',
  method: 'POST',
  path: '/account/clients/{id}/sendlogin',
  effect: 'disrupt',
  repeatable: false,
  secrets: [],
  params: ClientId,
  refusals: PARTNERS_ONLY,
  decode: nothing,
});
