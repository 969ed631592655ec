import { getDpaPdf, listDpas, type Agreement } from '../client/api/dpa.js';
import type { FileReply } from '../client/endpoint.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import { theOne } from './the-one.js';

/** The data processing agreements of the account, newest first. Revoked ones stay. */
export async function listAgreements(client: Client, options: CallOptions): Promise<Agreement[]> {
  const agreements = await client.call(listDpas, {}, options);
  return agreements.toSorted((a, b) => (b.signed_at ?? '').localeCompare(a.signed_at ?? ''));
}

export const agreementTitle = ({ id, signed_at }: Agreement): string =>
  `Data processing agreement ${id}${signed_at ? ` of ${signed_at.slice(0, 10)}` : ''}`;

/** The signed document of one of them. @throws {InputError} when there is no such agreement. */
export async function readAgreement(client: Client, reference: string, options: CallOptions): Promise<FileReply> {
  const { id } = theOne(reference, await listAgreements(client, options), {
    nouns: ['agreement', 'agreements'],
    idOf: agreement => agreement.id,
    namesOf: () => [],
  });
  return client.call(getDpaPdf, { params: { id } }, options);
}
