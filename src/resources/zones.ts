import { ZONE_COLUMNS, zoneRow } from '../inventory/dns/zone-view.js';
import { page } from '../words/table.js';
import { json, type Resource } from './resource.js';

export const zonesResource: Resource = {
  name: 'zones',
  title: 'DNS zones',
  description: 'The DNS zones of the account as a table; the tool list_dns_zones pages on with next_cursor.',
  uri: 'gigahost://zones',
  toolset: 'dns',
  mimeType: 'application/json',
  freshSeconds: 60,

  async read({ inventory, signal }) {
    const zones = await inventory.zones.list({ signal });
    return json(page(ZONE_COLUMNS, zones.map(zoneRow), { key: ['zones', undefined] }));
  },
};
