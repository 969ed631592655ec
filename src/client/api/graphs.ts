import * as z from 'zod';
import { defineEndpoint, fromData, PathId } from '../endpoint.js';
import { text } from '../wire.js';

const ServerId = z.object({ id: PathId });
const PICTURES = z
  .looseObject({ graph_day: text, graph_week: text, graph_month: text, graph_year: text })
  .transform(w => ({ day: w.graph_day, week: w.graph_week, month: w.graph_month, year: w.graph_year }));

export const getServerBandwidthGraphs = defineEndpoint({
  id: 'getServerBandwidthGraphs',
  does: 'fetch the bandwidth graphs',
  method: 'GET',
  path: '/servers/{id}/port_bits',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: ServerId,
  decode: fromData(PICTURES),
});

export const getServerPacketGraphs = defineEndpoint({
  id: 'getServerPacketGraphs',
  does: 'fetch the packet graphs',
  method: 'GET',
  path: '/servers/{id}/port_upkts',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: ServerId,
  decode: fromData(PICTURES),
});
