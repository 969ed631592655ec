import { bareFlag, quotedFlag, quotedSeconds, type WireRecord } from '../wire.js';
import type { HostingName, SubClient, ZoneName } from '../world/people-records.js';
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
export function clientDetail({ servers, people }: World, client: SubClient): WireRecord {
  const { zones, hosting, clients } = people;
  const taken = (pick: (client: SubClient) => Assignment[]) => clients.flatMap(pick);
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
    domains: assignedRows(client.domains, zones, zoneChoice),
    domains_unassigned: unassignedRows(
      taken(other => other.domains),
      zones,
      zoneChoice,
    ),
    webhosting: assignedRows(client.webhosting, hosting, hostingChoice),
    webhosting_unassigned: unassignedRows(
      taken(other => other.webhosting),
      hosting,
      hostingChoice,
    ),
  };
}

const zoneChoice = ({ id, name }: ZoneName): WireRecord => ({ zone_id: id, zone_name: name });

const hostingChoice = ({ id, domain, package: product }: HostingName): WireRecord => ({
  hosting_id: id,
  domain,
  package: product,
});

const orNull = (text: string): string | null => (text === '' ? null : text);
