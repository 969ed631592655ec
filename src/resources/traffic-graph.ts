import { GRAPH_KINDS, GRAPH_PERIODS, isGraphKind, isGraphPeriod, readGraph } from '../inventory/graphs.js';
import { InputError } from '../inventory/input-error.js';
import type { Resource } from './resource.js';
import { serverNames } from './server.js';

export const trafficGraphResource: Resource = {
  name: 'traffic-graph',
  title: 'Traffic graph',
  description: 'A picture of the bandwidth (bits) or packets of one server over a day, week, month or year.',
  uri: 'gigahost://servers/{server}/graphs/{kind}/{period}',
  toolset: 'servers',
  freshSeconds: 60,

  complete: {
    server: serverNames,
    kind: () => Promise.resolve(GRAPH_KINDS),
    period: () => Promise.resolve(GRAPH_PERIODS),
  },

  async read({ client, inventory, signal }, { server = '', kind = '', period = '' }) {
    if (!isGraphKind(kind))
      throw new InputError(`There is no graph of "${kind}"; the kinds are ${GRAPH_KINDS.join(', ')}.`);
    if (!isGraphPeriod(period))
      throw new InputError(`There is no graph of a "${period}"; the periods are ${GRAPH_PERIODS.join(', ')}.`);
    const found = await inventory.server(server, { signal });
    return { kind: 'picture', picture: await readGraph(client, found, kind, period, { signal }) };
  },
};
