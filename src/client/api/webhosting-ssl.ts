import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing } from '../endpoint.js';
import { untyped } from '../untyped.js';

const HostingId = z.object({ id: idOf('hosting') });

/** Shape not documented. */
export const getSslCertificate = defineEndpoint({
  id: 'getSslCertificate',
  does: 'read the TLS certificate',
  method: 'GET',
  path: '/webhosting/{id}/ssl',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: fromData(untyped),
});

/** Issuers allow a few certificates a week. */
export const requestSslCertificate = defineEndpoint({
  id: 'requestSslCertificate',
  does: 'request the TLS certificate',
  method: 'POST',
  path: '/webhosting/{id}/ssl',
  effect: 'create',
  repeatable: false,
  secrets: [],
  params: HostingId,
  body: z.object({
    hostnames: z.array(z.string().min(1)).min(1).describe('All below the main domain'),
    keysize: z.enum(['secp384r1', 'secp256r1', 'rsa_4096']).optional().describe('secp384r1 when left out'),
  }),
  decode: nothing,
});

export const deleteSslCertificate = defineEndpoint({
  id: 'deleteSslCertificate',
  does: 'remove the TLS certificate',
  method: 'DELETE',
  path: '/webhosting/{id}/ssl',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: nothing,
});
