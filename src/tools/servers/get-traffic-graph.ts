import * as z from 'zod';
import { GRAPH_KINDS, GRAPH_PERIODS, graphUri, readGraph } from '../../inventory/graphs.js';
import { ServerName, ServerRef } from '../params.js';
import { defineRead } from '../tool.js';

export const getTrafficGraph = defineRead({
  name: 'get_traffic_graph',
  title: 'Show a traffic graph',
  effect: 'read',
  toolset: 'servers',
  covers: ['getServerBandwidthGraphs', 'getServerPacketGraphs'],
  description: 'Get one traffic graph of a server as a picture: bandwidth (bits) or packets over a period.',
  input: z.strictObject({
    server: ServerRef,
    kind: z.enum(GRAPH_KINDS).default('bits').describe('bits: bandwidth'),
    period: z.enum(GRAPH_PERIODS).default('day').describe('The last day, week, month or year'),
  }),
  output: z.looseObject({
    server: ServerName,
    kind: z.string(),
    period: z.string(),
    mime_type: z.string(),
    bytes: z.number(),
    resource: z.string().describe('URI of the picture as a resource'),
  }),

  async read({ client, inventory, signal, attach }, { server, kind, period }) {
    const found = await inventory.server(server, { signal, prefix: true });
    const picture = await readGraph(client, found, kind, period, { signal });
    const resource = graphUri(found, kind, period);
    const name = `${found.name} ${kind} ${period}`;
    attach({ type: 'image', name, ...picture });
    attach({ type: 'resource_link', name, uri: resource, mimeType: picture.mimeType });
    return {
      server: found.name,
      kind,
      period,
      mime_type: picture.mimeType,
      bytes: Buffer.from(picture.data, 'base64').length,
      resource,
    };
  },

  say: ({ server, kind, period }) =>
    `The picture shows the ${kind === 'bits' ? 'bandwidth' : 'packets'} of ${server} over the last ${period}.`,
});
