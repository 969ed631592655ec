import { encode } from 'fast-png';
import type { ServerRecord } from '../world/server-record.js';
import { PERIODS, type Period } from './periods.js';
import { picture, SAMPLES } from './picture.js';
import { trafficOf, type GraphKind } from './traffic.js';

export type { GraphKind } from './traffic.js';

const LONGEST_NAME = 24;

/** Four PNG pictures in base64 by field name; empty texts for a machine that has had no traffic yet. */
export function drawGraphs(server: ServerRecord, kind: GraphKind): Record<string, string> {
  return Object.fromEntries(PERIODS.map(period => [`graph_${period.name}`, drawGraph(server, kind, period)]));
}

function drawGraph(server: ServerRecord, kind: GraphKind, period: Period): string {
  if (server.traffic.peakMbps === 0) return '';
  const name = (server.name || server.label).slice(0, LONGEST_NAME);
  const traffic = trafficOf(server, period, kind, SAMPLES);
  const { pixels, width, height } = picture(`${name} ${kind}/s, last ${period.name}`, period.labels, traffic);
  const png = Buffer.from(encode({ width, height, data: pixels, depth: 8, channels: 3 })).toString('base64');
  // One client strips such a prefix, so some pictures must come with it; which ones is our choice.
  return period.name === 'week' ? `data:image/png;base64,${png}` : png;
}
