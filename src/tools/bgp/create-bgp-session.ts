import * as z from 'zod';
import { createBgpSession as create } from '../../client/api/bgp.js';
import { asnName, findAsn, neighborOf, readBgp, sessionName, type BgpSession } from '../../inventory/bgp.js';
import { InputError } from '../../inventory/input-error.js';
import { describeServer } from '../../inventory/state.js';
import { ServerName, ServerRef } from '../params.js';
import { poll } from '../poll.js';
import { defineChange } from '../tool.js';

const FAMILIES = ['ipv4', 'ipv6'] as const;
const READ_BACK_SECONDS = 5;

export const createBgpSession = defineChange({
  name: 'create_bgp_session',
  title: 'Create BGP sessions',
  effect: 'create',
  settledBy: 'get_bgp',
  toolset: 'bgp',
  covers: ['createBgpSession'],
  description: 'Create BGP sessions for the primary IPv4 and IPv6 addresses of a server.',
  input: z.strictObject({
    server: ServerRef,
    asn: z.string().optional().describe('Default: the only active one'),
    ip_versions: z.array(z.enum(FAMILIES)).min(1).optional().describe('Default: all it has'),
    default_route: z.boolean().optional().describe('Receive one'),
    redundant: z.boolean().optional().describe('Two routers each'),
  }),
  output: z.looseObject({
    server: ServerName,
    asn: z.string(),
    sessions: z.array(
      z.looseObject({
        session: z.string(),
        address: z.string().nullable(),
        neighbor: z.string().nullable(),
        router_asn: z.string().nullable(),
        status: z.string().nullable(),
      }),
    ),
  }),

  async plan({ client, inventory, signal }, args) {
    const found = await inventory.detail(await inventory.server(args.server, { signal }), { signal });
    const { asns, sessions } = await readBgp(client, inventory, { signal });
    const asn = findAsn(asns, args.asn);
    const primary = found.addresses.filter(({ role, ipId }) => role === 'primary' && ipId !== null);
    const addresses = primary.filter(({ family }) => !args.ip_versions || args.ip_versions.includes(family));
    const lacking = args.ip_versions?.find(family => !addresses.some(row => row.family === family));
    if (lacking ?? addresses.length === 0)
      throw new InputError(
        `${found.name} has no primary ${lacking === 'ipv6' ? 'IPv6' : lacking === 'ipv4' ? 'IPv4' : 'IP'} address a session could be made for.`,
      );
    const there = sessions.find(session => addresses.some(({ address }) => address === session.address));
    if (there)
      throw new InputError(`There is ${sessionName(there)} already, ${there.status ?? 'in an unknown state'}.`);
    return {
      what: `Create BGP sessions of ${describeServer(found)} for ${asnName(asn)}: ${addresses.map(({ address }) => address).join(', ')}`,
      consequences: [],
      server: found,
      name: found.name,
      state: { server: found.id, asn: asn.id, addresses: addresses.map(({ address }) => address) },
      subject: { server: found, asn, addresses, before: sessions.map(({ id }) => id) },
    };
  },

  async apply({ client, inventory, signal }, { subject }, { redundant, default_route }) {
    const { server, asn, addresses, before } = subject;
    const idOf = (wanted: string) => addresses.find(({ family }) => family === wanted)?.ipId;
    const [four, six] = FAMILIES.map(idOf);
    await client.call(create, {
      params: { id: asn.id },
      body: {
        redundant: redundant ? 1 : 0,
        defaultroute: default_route ? 1 : 0,
        ...(four && { ip_id_v4: four }),
        ...(six && { ip_id_v6: six }),
      },
    });
    let made: BgpSession[] = [];
    await poll({ seconds: READ_BACK_SECONDS, signal }, async () => {
      const now = await readBgp(client, inventory);
      made = now.sessions.filter(({ id, server_id }) => server_id === server.id && !before.includes(id));
      return made.length > 0;
    });
    return {
      server: server.name,
      asn: asnName(asn),
      sessions: made.map(session => ({
        session: session.id,
        address: session.address,
        neighbor: neighborOf(session),
        router_asn: session.router_asn,
        status: session.status,
      })),
    };
  },

  say: ({ server, asn, sessions }) =>
    sessions.length > 0
      ? [
          `${server} has ${sessions.length} new BGP session${sessions.length === 1 ? '' : 's'} for ${asn}. Set its BGP daemon up with these neighbors; get_bgp shows when they are active.`,
          {
            columns: ['session', 'address', 'neighbor', 'router_asn', 'status'],
            rows: sessions.map(row => [row.session, row.address, row.neighbor, row.router_asn, row.status]),
          },
        ]
      : `Gigahost accepted the BGP sessions of ${server} for ${asn}, and does not show them yet: get_bgp does when they are there.`,
});
