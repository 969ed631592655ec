import type { Client } from '../client/index.js';
import { sniffPicture, type Picture } from '../client/pictures.js';
import type { CallOptions } from '../client/request.js';
import { type Server } from '../client/api/servers.js';
import { getServerBandwidthGraphs, getServerPacketGraphs } from '../client/api/graphs.js';
import { InputError } from './input-error.js';

export const GRAPH_KINDS = ['bits', 'packets'] as const;
export const GRAPH_PERIODS = ['day', 'week', 'month', 'year'] as const;
export type GraphKind = (typeof GRAPH_KINDS)[number];
export type GraphPeriod = (typeof GRAPH_PERIODS)[number];

export const isGraphKind = (word: string): word is GraphKind => GRAPH_KINDS.some(kind => kind === word);
export const isGraphPeriod = (word: string): word is GraphPeriod => GRAPH_PERIODS.some(period => period === word);

/** Where a graph can be read as a resource. */
export const graphUri = (server: Server, kind: GraphKind, period: GraphPeriod): string =>
  `gigahost://servers/${server.id}/graphs/${kind}/${period}`;

/**
 * One traffic graph of a server.
 * @throws {InputError} while there is none yet, or when the bytes are of no known picture.
 */
export async function readGraph(
  client: Client,
  server: Server,
  kind: GraphKind,
  period: GraphPeriod,
  options: CallOptions,
): Promise<Picture> {
  const endpoint = kind === 'bits' ? getServerBandwidthGraphs : getServerPacketGraphs;
  const pictures = await client.call(endpoint, { params: { id: server.id } }, options);
  const data = pictures[period];
  if (!data)
    throw new InputError(
      `Gigahost has no ${kind} graph of ${server.name} for the ${period} yet: a new server has none until there has been traffic.`,
    );
  const picture = sniffPicture(data);
  if (!picture)
    throw new InputError(
      `Gigahost sent something as the ${kind} graph of ${server.name} that is not a PNG, GIF, JPEG or SVG picture.`,
    );
  return picture;
}
