import * as z from 'zod';
import { setReverseDns as set } from '../../client/api/addresses.js';
import { forwardMismatch } from '../../inventory/forward.js';
import { describeServer } from '../../inventory/state.js';
import { FullHostName, IpAddressOrSubnet, ServerName } from '../params.js';
import { defineChange } from '../tool.js';

export const setReverseDns = defineChange({
  name: 'set_reverse_dns',
  title: 'Set reverse DNS',
  effect: 'update',
  settledBy: 'get_server',
  toolset: 'servers',
  covers: ['setReverseDns'],
  description:
    'Set the PTR name of an IPv4 address, or delegate the reverse DNS of an IPv6 subnet to a nameserver. Finds the server by itself.',

  input: z.strictObject({
    address: IpAddressOrSubnet.describe('IPv4 address, or IPv6 subnet (or an address in it)'),
    target: FullHostName.describe('IPv4: the name, e.g. mail.example.no. IPv6: the nameserver'),
  }),

  output: z.looseObject({
    server: ServerName,
    address: z.string().describe('The address, or the delegated subnet'),
    kind: z.enum(['address', 'subnet']),
    target: z.string().nullable().describe('As read back'),
    previous_target: z.string().nullable(),
    warning: z
      .string()
      .nullable()
      .describe('Set when the name does not point back to the address, or is not shown yet'),
  }),

  async plan({ inventory, signal }, { address, target }) {
    const owner = await inventory.addressOwner(address, { signal });
    const { server, kind, id } = owner;
    const subject =
      owner.kind === 'address'
        ? { server, kind, id, address: owner.address.address, previous: owner.address.ptr }
        : { server, kind, id, address: owner.subnet.cidr, previous: owner.subnet.nameserver };
    return {
      what: `Set the reverse DNS of ${subject.address} (${describeServer(server)}) to ${target}`,
      consequences: [],
      server: server,
      name: server.name,
      state: { id, previous: subject.previous },
      subject,
    };
  },

  undo: {
    before: ({ previous }) => ({ reverse_dns: previous }),
    after: ({ target }) => ({ reverse_dns: target }),
    arguments: ({ address, previous }) => (previous === null ? undefined : { address, target: previous }),
  },

  async apply({ client, inventory, lookup }, { subject }, { target }) {
    const key = subject.kind === 'address' ? { ip_id: subject.id } : { sub_id: subject.id };
    await client.call(set, { params: { id: subject.server.id }, body: { ...key, dns: target } });
    const now = await inventory.detail(subject.server);
    const readBack =
      subject.kind === 'address'
        ? now.addresses.find(row => row.address === subject.address)?.ptr
        : now.subnets.find(row => row.id === subject.id)?.nameserver;
    const late = `Gigahost accepted ${target} and does not show it yet: look again with get_server.`;
    const mismatch = subject.kind === 'address' ? await forwardMismatch(lookup, subject.address, target) : null;
    return {
      server: subject.server.name,
      address: subject.address,
      kind: subject.kind,
      target: readBack ?? null,
      previous_target: subject.previous,
      warning: [readBack !== target && late, mismatch].filter(Boolean).join(' ') || null,
    };
  },

  say: ({ address, kind, server, target, previous_target, warning }) =>
    [
      kind === 'address'
        ? `${address} (${server}) now has the reverse DNS ${target ?? '(none shown yet)'}; before it was ${previous_target ?? 'not set'}.`
        : `The reverse DNS of the whole subnet ${address} (${server}) is now delegated to the nameserver ${target ?? '(none shown yet)'}; before it was ${previous_target ?? 'not delegated'}.`,
      warning,
    ]
      .filter(Boolean)
      .join(' '),
});
