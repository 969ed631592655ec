import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing, rowOf, rowsOf, type FileReply } from '../endpoint.js';
import { flag, id, list, single, text, time } from '../wire.js';

const AgreementId = z.object({ id: idOf('agreement') });

/** The address it was signed from is left out: it is nobody's business but that of an audit, which reads the PDF. */
const agreement = {
  id: ['dpa_id', id],
  signed_by: ['dpa_signed_by', text],
  signed_at: ['dpa_signed_at', time],
  data_types: ['dpa_data_types', list(z.string())],
  affected_groups: ['dpa_affected_groups', list(z.string())],
  revoked: ['dpa_revoked', flag],
} as const;

export const listDpas = defineEndpoint({
  id: 'listDpas',
  does: 'list the data processing agreements',
  method: 'GET',
  path: '/account/dpa',
  effect: 'read',
  repeatable: true,
  secrets: [],
  decode: rowsOf(agreement),
});
export type Agreement = ReturnType<typeof listDpas.decode>[number];

/** Signs in the name of the person who is signed in, and once more with every call. */
export const signDpa = defineEndpoint({
  id: 'signDpa',
  does: 'sign a data processing agreement',
  method: 'POST',
  path: '/account/dpa',
  effect: 'disrupt',
  repeatable: false,
  secrets: [],
  body: z.object({
    data_types: z.array(z.string().min(1)).describe('Kinds of personal data, such as names; no HTML characters'),
    affected_groups: z.array(z.string().min(1)).describe('Whose data, such as customers; no HTML characters'),
  }),
  decode: rowOf(agreement),
});

/** A PDF in base64, inside the usual JSON. */
export const getDpaPdf = defineEndpoint({
  id: 'getDpaPdf',
  does: 'fetch the data processing agreement',
  method: 'GET',
  path: '/account/dpa/{id}',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: AgreementId,
  decode: fromData(
    single(
      z.looseObject({ filename: text, data: z.base64() }).transform((file): FileReply => {
        const bytes = Buffer.from(file.data, 'base64');
        const mimeType = bytes.subarray(0, 5).toString() === '%PDF-' ? 'application/pdf' : 'application/octet-stream';
        return { name: file.filename, mimeType, bytes, size: bytes.length };
      }),
    ),
  ),
});

/** The record stays for audit. */
export const revokeDpa = defineEndpoint({
  id: 'revokeDpa',
  does: 'revoke the data processing agreement',
  method: 'DELETE',
  path: '/account/dpa/{id}',
  effect: 'disrupt',
  repeatable: true,
  secrets: [],
  params: AgreementId,
  decode: nothing,
});
