import * as z from 'zod';
import { agreementTitle, listAgreements as list } from '../../inventory/agreements.js';
import { some } from '../../inventory/some.js';
import { Cursor } from '../params.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { defineRead } from '../tool.js';

/** Each is a block in the answer; further ones can be read by their id. */
const MOST_LINKS = 5;

export const listAgreements = defineRead({
  name: 'list_agreements',
  title: 'List agreements',
  effect: 'read',
  toolset: 'account',
  covers: ['listDpas'],
  description: 'List the signed data processing agreements (DPA, GDPR). The documents are resources.',
  input: z.strictObject({ cursor: Cursor }),
  output: z.looseObject(TableOutput),

  async read({ client, attach, signal }, { cursor }) {
    const agreements = await list(client, { signal });
    const rows = agreements.map(({ id, signed_by, signed_at, data_types, affected_groups, revoked }) => [
      id,
      signed_at,
      signed_by,
      some(data_types),
      some(affected_groups),
      revoked,
    ]);
    const table = page(['id', 'signed_at', 'signed_by', 'data', 'about', 'revoked'], rows, {
      cursor,
      key: ['agreements'],
    });
    const shown = new Set(table.rows.map(([id]) => id));
    for (const agreement of agreements.filter(({ id }) => shown.has(id)).slice(0, MOST_LINKS))
      attach({
        type: 'resource_link',
        uri: `gigahost://agreements/${agreement.id}`,
        name: agreementTitle(agreement),
        mimeType: 'application/pdf',
      });
    return table;
  },

  say: output => tableWords(output, 'data processing agreements'),
});
