import { quotedFlag, seconds, type WireRecord } from '../wire.js';
import type { Dpa } from '../world/people-records.js';
import { pdfOf } from './pdf.js';

export const dpaRow = (dpa: Dpa): WireRecord => ({
  dpa_id: dpa.id,
  dpa_signed_by: dpa.signedBy,
  dpa_signed_ip: dpa.signedIp,
  dpa_signed_at: seconds(dpa.signedAt),
  dpa_data_types: dpa.dataTypes,
  dpa_affected_groups: dpa.affectedGroups,
  dpa_revoked: quotedFlag(dpa.revoked),
});

export function dpaFile(customer: string, dpa: Dpa): WireRecord {
  const lines = [
    `Data processing agreement ${dpa.id}`,
    `Controller: ${customer}. Processor: Gigahost.`,
    `Data: ${dpa.dataTypes.join(', ')}. Groups: ${dpa.affectedGroups.join(', ')}.`,
    `Signed by ${dpa.signedBy} from ${dpa.signedIp} at ${new Date(dpa.signedAt).toISOString()}.`,
  ];
  return { filename: `dpa-${dpa.id}.pdf`, data: pdfOf(lines).toString('base64') };
}
