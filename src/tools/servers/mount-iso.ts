import * as z from 'zod';
import { listServerIsos, mountIso as mount } from '../../client/api/isos.js';
import { InputError } from '../../inventory/input-error.js';
import { some } from '../../inventory/some.js';
import { describeServer } from '../../inventory/state.js';
import { ServerName, ServerRef } from '../params.js';
import { defineChange } from '../tool.js';
import { interruptible, underway } from './power.js';

export const mountIso = defineChange({
  name: 'mount_iso',
  title: 'Mount an ISO image',
  effect: 'disrupt',
  settledBy: 'list_isos',
  toolset: 'servers',
  covers: ['mountIso'],
  description: 'Mount an uploaded ISO image on a server, to boot from. Gigahost’s API cannot unmount it.',
  input: z.strictObject({ server: ServerRef, iso: z.string().trim().min(1).max(200).describe('id or name') }),
  output: z.looseObject({
    server: ServerName,
    iso: z.string(),
    iso_id: z.string(),
    mounted: z.boolean().describe('As read back'),
  }),

  async plan({ client, inventory, signal }, { server, iso }) {
    const found = await inventory.server(server, { signal });
    const isos = await client.call(listServerIsos, { params: { id: found.id } }, { signal });
    const matches = isos.filter(
      candidate => candidate.id === iso || candidate.name.toLowerCase() === iso.toLowerCase(),
    );
    const [chosen] = matches;
    const list = (rows: typeof isos) =>
      some(
        rows.map(row => `${row.name} (id ${row.id}, ${row.state})`),
        { between: '; ' },
      );
    if (!chosen)
      throw new InputError(`There is no ISO image "${iso}" for ${found.name}. There are: ${list(isos) || 'none'}.`);
    if (matches.length > 1) throw new InputError(`"${iso}" matches several ISO images: ${list(matches)}. Use an id.`);
    if (chosen.state !== 'completed' && chosen.state !== 'unknown')
      throw new InputError(`The ISO image ${chosen.name} is ${chosen.state}; it can be mounted when that is over.`);
    return {
      what: `Mount the ISO image ${chosen.name} on ${describeServer(found)}`,
      consequences: [
        'The server boots from it at its next reboot instead of its own disk.',
        'Gigahost’s API has no call to unmount it; that is done in the panel.',
        ...underway(found),
      ],
      server: found,
      name: found.name,
      state: { ...interruptible(found), iso: chosen.id, mounted: chosen.mounted },
      subject: { server: found, iso: chosen },
    };
  },

  async apply({ client }, { subject: { server, iso } }) {
    await client.call(mount, { params: { id: server.id }, body: { iso_id: iso.id } });
    const isos = await client.call(listServerIsos, { params: { id: server.id } });
    return {
      server: server.name,
      iso: iso.name,
      iso_id: iso.id,
      mounted: isos.some(row => row.id === iso.id && row.mounted),
    };
  },

  say: ({ server, iso, mounted }) =>
    mounted
      ? `${iso} is mounted on ${server}. The server boots from it at its next reboot (reboot_server).`
      : `Gigahost accepted mounting ${iso} on ${server}, but does not show it as mounted yet. list_isos tells.`,
});
