import { agreementTitle, listAgreements, readAgreement } from '../inventory/agreements.js';
import type { Resource } from './resource.js';

/** Further ones answer to their id. */
const MOST_LISTED = 20;

export const agreementResource: Resource = {
  name: 'agreement',
  title: 'Data processing agreement',
  description: 'A signed data processing agreement (DPA) by its id, as a PDF.',
  uri: 'gigahost://agreements/{agreement}',
  toolset: 'account',
  mimeType: 'application/pdf',
  freshSeconds: 3600,

  async list({ client, signal }) {
    const agreements = await listAgreements(client, { signal });
    return agreements.slice(0, MOST_LISTED).map(agreement => ({
      uri: `gigahost://agreements/${agreement.id}`,
      name: agreement.id,
      title: agreementTitle(agreement),
    }));
  },

  complete: {
    agreement: async ({ client, signal }) => (await listAgreements(client, { signal })).map(({ id }) => id),
  },

  async read({ client, signal }, { agreement = '' }) {
    const { mimeType, bytes } = await readAgreement(client, agreement, { signal });
    return { kind: 'file', file: { mimeType, bytes } };
  },
};
