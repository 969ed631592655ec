import * as z from 'zod';
import { listServerUpgrades, upgradeServer as upgrade } from '../../client/api/upgrades.js';
import { InputError } from '../../inventory/input-error.js';
import { some } from '../../inventory/some.js';
import { describeServer, stateOf } from '../../inventory/state.js';
import { ServerName, ServerRef } from '../params.js';
import { defineChange } from '../tool.js';
import { interruptible, REFUSED_WHEN_HOURLY, underway } from './power.js';

export const upgradeServer = defineChange({
  name: 'upgrade_server',
  title: 'Upgrade a server',
  effect: 'purchase',
  settledBy: 'get_server',
  toolset: 'servers',
  covers: ['upgradeServer'],
  description: 'Order a larger package for a server. Costs money every month and cannot be taken back.',
  input: z.strictObject({
    server: ServerRef,
    package: z.string().trim().min(1).max(200).describe('id or name from list_upgrades'),
  }),
  output: z.looseObject({
    server: ServerName,
    package: z.string(),
    state: z.string(),
    cores: z.number().nullable(),
    ram_gb: z.number().nullable(),
  }),

  async plan({ client, inventory, signal }, args) {
    const found = await inventory.server(args.server, { signal });
    const offers = await client.call(listServerUpgrades, { params: { id: found.id } }, { signal });
    const matches = offers.filter(
      offer => offer.id === args.package || offer.name.toLowerCase() === args.package.toLowerCase(),
    );
    const [offer] = matches;
    const list = (rows: typeof offers) =>
      some(
        rows.map(row => `${row.name} (id ${row.id ?? 'none'})`),
        { between: '; ' },
      );
    if (!offer)
      throw new InputError(
        `Gigahost does not offer "${args.package}" for ${found.name}. It offers: ${list(offers) || 'nothing'}.`,
      );
    if (matches.length > 1)
      throw new InputError(`"${args.package}" matches several packages: ${list(matches)}. Use an id.`);
    if (!offer.id)
      throw new InputError(`Gigahost gives no id for ${offer.name}, so it cannot be ordered here; the panel can.`);
    return {
      what: `Upgrade ${describeServer(found)} to ${offer.name}`,
      consequences: [
        `It goes from ${found.cores ?? '?'} cores and ${found.ramGb ?? '?'} GB of memory to ${offer.cores ?? '?'} cores, ${offer.ramGb ?? '?'} GB of memory and ${offer.storageGb ?? '?'} GB of storage.`,
        `It costs ${offer.monthlyPrice ? `${offer.monthlyPrice} ${offer.currency ?? 'NOK'}` : 'an amount Gigahost does not state'} a month from now on.`,
        'The server may be interrupted, and no way back is documented.',
        REFUSED_WHEN_HOURLY,
        ...underway(found),
      ],
      server: found,
      name: found.name,
      cost: offer.monthlyPrice === null ? null : { amount: offer.monthlyPrice, currency: offer.currency ?? 'NOK' },
      state: { ...interruptible(found), offer },
      subject: { server: found, id: offer.id, offer },
    };
  },

  async apply({ client, inventory }, { subject: { server, id, offer } }) {
    await client.call(upgrade, { params: { id: server.id }, body: { pkg_id: id } });
    const now = await inventory.detail(server);
    return { server: server.name, package: offer.name, state: stateOf(now), cores: now.cores, ram_gb: now.ramGb };
  },

  say: output =>
    `Gigahost accepted the upgrade of ${output.server} to ${output.package}. Right now its state is: ${output.state}, with ${output.cores ?? '?'} cores and ${output.ram_gb ?? '?'} GB of memory. get_server shows when the new size is there; do not order it again.`,
});
