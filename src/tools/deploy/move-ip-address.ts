import * as z from 'zod';
import { moveIpv4 } from '../../client/api/addresses.js';
import type { Address, ServerDetail } from '../../client/api/servers.js';
import { normalAddress } from '../../inventory/addresses.js';
import { InputError } from '../../inventory/input-error.js';
import { describeServer, stateOf } from '../../inventory/state.js';
import { ServerName, ServerRef } from '../params.js';
import { poll } from '../poll.js';
import { defineChange } from '../tool.js';

/** Contract `moveIpv4`. */
const MOST_EXTRA = 5;
const READ_BACK_SECONDS = 10;

export const moveIpAddress = defineChange({
  name: 'move_ip_address',
  title: 'Move an IPv4 address',
  effect: 'disrupt',
  settledBy: 'get_server',
  toolset: 'deploy',
  covers: ['moveIpv4'],
  description: 'Move a routed (L3) IPv4 address, and what it costs, to another server of the same region.',
  input: z.strictObject({
    address: z
      .string()
      .trim()
      .refine(value => normalAddress(value)?.includes(':') === false, 'is not an IPv4 address such as 192.0.2.10')
      .describe('The address'),
    server: ServerRef.describe('Where to: id, name, label, hostname or address'),
  }),
  output: z.looseObject({
    address: z.string(),
    server: ServerName,
    server_id: z.string(),
    moved_from: z.string(),
    shown_there: z.boolean().describe('Whether the server shows it already'),
  }),

  async plan({ inventory, signal }, args) {
    const owner = await inventory.addressOwner(args.address, { signal });
    if (owner.kind !== 'address') throw new InputError(`${args.address} is not a single IPv4 address.`);
    const { server: source, address } = owner;
    const target = await inventory.detail(await inventory.server(args.server, { signal }), { signal });
    mustFit(address, source, target);
    return {
      what: `Move ${address.address} from ${describeServer(source)} to ${describeServer(target)}`,
      consequences: [
        `${source.name} stops answering on it, and ${target.name} answers once the address is set up on it.`,
        `Its reverse DNS is ${address.ptr ?? 'not set'}; look at it afterwards.`,
        `What it costs moves to the order of ${target.name}${target.order?.billing ? ` (${target.order.billing === 'hourly' ? 'billed by the hour' : 'prepaid'})` : ''}.`,
        `move_ip_address can move it back to ${source.name}.`,
      ],
      server: source,
      name: address.address,
      state: { address: address.address, id: owner.id, from: source.id, to: target.id, state: stateOf(target) },
      subject: { address, ipId: owner.id, source, target },
    };
  },

  async apply({ client, inventory, signal }, { subject: { address, ipId, source, target } }) {
    await client.call(moveIpv4, {
      params: { id: source.id, ip_id: ipId },
      body: { target_srv_id: target.id },
    });
    const wanted = normalAddress(address.address);
    const shown_there = await poll({ seconds: READ_BACK_SECONDS, signal }, async () =>
      (await inventory.detail(target)).addresses.some(row => normalAddress(row.address) === wanted),
    );
    return {
      address: address.address,
      server: target.name,
      server_id: target.id,
      moved_from: source.name,
      shown_there,
    };
  },

  say: ({ address, server, moved_from, shown_there }) =>
    shown_there
      ? `${address} is on ${server} now, no longer on ${moved_from}. Set it up in the system of ${server}, and look at its reverse DNS with get_server.`
      : `Gigahost accepted moving ${address} from ${moved_from} to ${server}, but does not show it there yet. get_server shows when it does; do not move it again.`,
});

/** @throws {InputError} for what Gigahost would refuse. */
function mustFit(address: Address, source: ServerDetail, target: ServerDetail): void {
  if (source.id === target.id) throw new InputError(`${address.address} is on ${source.name} already.`);
  if (address.routedTo === null) {
    const movable = source.addresses.filter(row => row.routedTo !== null && row.family === 'ipv4');
    throw new InputError(
      `${address.address} is ${address.role ? `the ${address.role} address` : 'an address'} of ${source.name} and not routed: only routed (L3) addresses move. ${source.name} has ${movable.map(row => row.address).join(', ') || 'none'}.`,
    );
  }
  if (source.region && target.region && source.region !== target.region)
    throw new InputError(
      `${address.address} is in ${source.region} and ${target.name} in ${target.region}: an address moves within its region only.`,
    );
  const four = target.addresses.filter(row => row.family === 'ipv4');
  if (!four.some(({ role }) => role === 'primary'))
    throw new InputError(`${target.name} has no primary IPv4 address, which it needs for a routed one.`);
  if (four.filter(({ role }) => role === 'extra').length >= MOST_EXTRA)
    throw new InputError(`${target.name} has ${MOST_EXTRA} additional addresses, and cannot have more.`);
}
