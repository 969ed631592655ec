import { zoneFile } from '../inventory/dns/zone-view.js';
import type { Resource } from './resource.js';

/** A list to pick from; further zones answer to their name. */
const MOST_LISTED = 100;

export const zoneResource: Resource = {
  name: 'zone',
  title: 'DNS zone',
  description: 'One DNS zone by name or id, as a BIND zone file.',
  uri: 'gigahost://zones/{zone}',
  toolset: 'dns',
  mimeType: 'text/dns',
  freshSeconds: 10,

  async list({ inventory, signal }) {
    const zones = await inventory.zones.list({ signal });
    return zones.slice(0, MOST_LISTED).map(({ name, displayName }) => ({
      uri: `gigahost://zones/${encodeURIComponent(name)}`,
      name,
      title: `DNS zone ${displayName ?? name}`,
    }));
  },

  complete: {
    zone: async ({ inventory, signal }) => (await inventory.zones.list({ signal })).map(({ name }) => name),
  },

  async read({ inventory, signal }, { zone: reference = '' }) {
    const zone = await inventory.zones.find(reference, { signal });
    const text = await zoneFile(zone, await inventory.zones.records(zone, { signal }));
    return { kind: 'text', text, mimeType: 'text/dns' };
  },
};
