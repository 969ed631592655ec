import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing } from '../endpoint.js';
import { flagOrNull, list, record, text } from '../wire.js';

const ZoneId = z.object({ zone_id: idOf('zone') });
const source = z.string().min(1).describe('subdomain; @ for the apex');
const target_url = z.url().describe('where to, such as https://www.example.no/');

const Redirect = record({
  domain: ['domain', text],
  source: ['source', text],
  target: ['target_url', text],
  enabled: ['enabled', flagOrNull],
  /** Of no stated time zone. */
  created: ['created_at', text],
});
export type Redirect = z.output<typeof Redirect>;

export const listRedirects = defineEndpoint({
  id: 'listRedirects',
  does: 'list the redirects',
  method: 'GET',
  path: '/dns/zones/{zone_id}/redirect',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: ZoneId,
  decode: fromData(list(Redirect)),
});

/** Adds A records by itself, and for the apex a www redirect too (wire note 11). */
export const createRedirect = defineEndpoint({
  id: 'createRedirect',
  does: 'create the redirect',
  method: 'POST',
  path: '/dns/zones/{zone_id}/redirect',
  effect: 'create',
  repeatable: true,
  secrets: [],
  params: ZoneId,
  body: z.object({ source: source.optional(), target_url }),
  decode: nothing,
});

export const updateRedirect = defineEndpoint({
  id: 'updateRedirect',
  does: 'change the redirect',
  method: 'PUT',
  path: '/dns/zones/{zone_id}/redirect',
  effect: 'update',
  repeatable: true,
  secrets: [],
  params: ZoneId,
  body: z.object({ source, target_url }),
  decode: nothing,
});

export const deleteRedirect = defineEndpoint({
  id: 'deleteRedirect',
  does: 'delete the redirect',
  method: 'DELETE',
  path: '/dns/zones/{zone_id}/redirect',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: ZoneId,
  query: z.object({ source }),
  decode: nothing,
});
