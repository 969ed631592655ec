import { bareFlag, quotedFlag, quotedSeconds, type WireRecord } from '../wire.js';
import type { Zone } from '../world/dns-records.js';
import type { Hosting } from '../world/hosting.js';
import type { HostingAccount } from '../world/hosting-records.js';
import type { SubClient } from '../world/people-records.js';
import type { Assignment } from '../world/records.js';
import type { World } from '../world/world.js';
import { assignedRows, serverChoice, unassignedRows } from './assigned.js';

const FIRST_USERNAME = 10_000;

export const clientUsername = ({ id }: SubClient): string => `GH-${Number(id) + FIRST_USERNAME}`;

export const clientRow = (client: SubClient): WireRecord => ({
  client_id: client.id,
  client_username: clientUsername(client),
  client_name: client.name,
  client_email: orNull(client.email),
  client_company_name: orNull(client.companyName),
  client_company_no: orNull(client.companyNumber),
  client_country: orNull(client.country),
  client_active: quotedFlag(client.active),
  client_login_enabled: bareFlag(client.loginEnabled),
  client_invoice_direct: quotedFlag(client.invoiceDirect),
  client_billing_ehf: '0',
  client_2fa: false,
  client_created: quotedSeconds(client.createdAt),
});

/** A sub-client with what it has, and with what no sub-client has. */
export function clientDetail({ servers, people, dns, hosting }: World, client: SubClient): WireRecord {
  const taken = (pick: (client: SubClient) => Assignment[]) => people.clients.flatMap(pick);
  const hostingRow = (account: HostingAccount): WireRecord => hostingChoice(hosting, account);
  return {
    ...clientRow(client),
    client_phone: orNull(client.phone),
    client_address: orNull(client.address),
    client_zip: orNull(client.zip),
    client_city: orNull(client.city),
    servers: assignedRows(client.servers, servers, serverChoice),
    servers_unassigned: unassignedRows(
      taken(other => other.servers),
      servers,
      serverChoice,
    ),
    domains: assignedRows(client.domains, dns.zones, zoneChoice),
    domains_unassigned: unassignedRows(
      taken(other => other.domains),
      dns.zones,
      zoneChoice,
    ),
    webhosting: assignedRows(client.webhosting, hosting.accounts, hostingRow),
    webhosting_unassigned: unassignedRows(
      taken(other => other.webhosting),
      hosting.accounts,
      hostingRow,
    ),
  };
}

const zoneChoice = ({ id, name }: Zone): WireRecord => ({ zone_id: id, zone_name: name });

const hostingChoice = (hosting: Hosting, account: HostingAccount): WireRecord => ({
  hosting_id: account.id,
  domain: account.domain,
  package: hosting.packageOf(account).name,
});

const orNull = (text: string): string | null => (text === '' ? null : text);
