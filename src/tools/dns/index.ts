import type { Tool } from '../tool.js';
import { checkMailDns } from './check-mail-dns.js';
import { createDnsZone } from './create-dns-zone.js';
import { deleteDnsRecords } from './delete-dns-records.js';
import { deleteDnsZone } from './delete-dns-zone.js';
import { exportDnsZone } from './export-dns-zone.js';
import { listDnsRecords } from './list-dns-records.js';
import { listDnsZones } from './list-dns-zones.js';
import { listRedirects } from './list-redirects.js';
import { setDnsRecords } from './set-dns-records.js';
import { setDnssec } from './set-dnssec.js';
import { setRedirect } from './set-redirect.js';

export const DNS_TOOLS: readonly Tool[] = [
  listDnsZones,
  listDnsRecords,
  setDnsRecords,
  deleteDnsRecords,
  createDnsZone,
  deleteDnsZone,
  exportDnsZone,
  checkMailDns,
  listRedirects,
  setRedirect,
  setDnssec,
];
