import { SYSTEM_COLUMNS, systemRow } from '../inventory/systems.js';
import { page } from '../words/table.js';
import { json, type Resource } from './resource.js';

export const operatingSystemsResource: Resource = {
  name: 'operating-systems',
  title: 'Operating systems',
  description:
    'The operating systems a server can be reinstalled with; the tool list_operating_systems pages on with next_cursor.',
  uri: 'gigahost://operating-systems',
  toolset: 'servers',
  mimeType: 'application/json',
  freshSeconds: 300,

  async read({ inventory }) {
    const systems = await inventory.systems.all();
    return json(page(SYSTEM_COLUMNS, systems.map(systemRow), { key: ['operating-systems', undefined, undefined] }));
  },
};
