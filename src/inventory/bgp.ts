import { getBgp } from '../client/api/bgp.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import type { Inventory } from './index.js';
import { InputError } from './input-error.js';
import { some } from './some.js';
import { theOne } from './the-one.js';

type Setup = ReturnType<typeof getBgp.decode>;
export type Asn = Setup['asns'][number];
/** A session, with the name of its server; null while that is not visible. */
export type BgpSession = Setup['sessions'][number] & { readonly server: string | null };

export interface Bgp extends Pick<Setup, 'asns' | 'prefixes'> {
  readonly sessions: readonly BgpSession[];
}

/** Sessions of servers the caller may not see are as good as absent. */
export async function readBgp(client: Client, inventory: Inventory, options: CallOptions = {}): Promise<Bgp> {
  const [{ asns, prefixes, sessions }, { servers }] = await Promise.all([
    client.call(getBgp, {}, options),
    inventory.list(options),
  ]);
  return {
    asns,
    prefixes,
    sessions: sessions
      .map(session => ({ ...session, server: servers.find(({ id }) => id === session.server_id)?.name ?? null }))
      .filter(
        ({ server, server_id }) =>
          server !== null || inventory.holds({ id: server_id ?? '', name: '', label: null, hostname: null }),
      ),
  };
}

export const asnName = ({ asn, name }: Asn): string => `AS${asn ?? '?'}${name ? ` (${name})` : ''}`;

/** An AS number that sessions can be made for; the only one where none is named. */
export function findAsn(asns: readonly Asn[], reference: string | undefined): Asn {
  const active = asns.filter(({ status }) => status?.toLowerCase() === 'active');
  if (reference === undefined) {
    const [only] = active;
    if (only && active.length === 1) return only;
    throw new InputError(
      active.length > 1
        ? `There are ${active.length} active AS numbers: ${some(active.map(asnName))}. Say which with asn.`
        : `There is no active AS number${asns.length > 0 ? `: ${some(asns.map(asn => `${asnName(asn)} is ${asn.status ?? 'unknown'}`))}` : '. submitBgpAsn submits one for approval'}.`,
    );
  }
  const found = theOne(reference.replace(/^AS(?=\d)/i, ''), asns, {
    nouns: ['AS number', 'AS numbers'],
    idOf: ({ asn, id }) => asn ?? `record ${id}`,
    namesOf: ({ name }) => [name],
  });
  if (active.includes(found)) return found;
  throw new InputError(
    `${asnName(found)} is ${found.status ?? 'unknown'}${found.rejected_reason ? ` (${found.rejected_reason})` : ''}: sessions take an active one.`,
  );
}

/** "the IPv4 session 81 of web01 (192.0.2.10, AS64500)". */
export const sessionName = ({ id, family, server, address, asn }: BgpSession): string =>
  `the ${family === 'ipv6' ? 'IPv6' : 'IPv4'} session ${id} of ${server ?? 'a server'} (${[address, asn && `AS${asn}`].filter(Boolean).join(', ')})`;

/** What a router is reached under by a session. */
export const neighborOf = ({ family, neighbor_ipv4, neighbor_ipv6 }: BgpSession): string | null =>
  family === 'ipv6' ? neighbor_ipv6 : neighbor_ipv4;
