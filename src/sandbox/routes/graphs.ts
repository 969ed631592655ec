import { drawGraphs, type GraphKind } from '../graphs/index.js';
import { ok } from '../http/reply.js';
import { serverRoute, type Route } from '../http/route.js';

const graphRoute = (path: string, kind: GraphKind): Route =>
  serverRoute('GET', path, server => ok(drawGraphs(server, kind)), false);

export const graphRoutes: Route[] = [graphRoute('/port_bits', 'bits'), graphRoute('/port_upkts', 'packets')];
