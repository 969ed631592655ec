import { seededRandom } from '../random.js';
import type { ServerRecord } from '../world/server-record.js';
import type { Period } from './periods.js';

export type GraphKind = 'bits' | 'packets';

/** Rates over a period, oldest first: bits or packets a second. */
export interface Traffic {
  readonly incoming: readonly number[];
  readonly outgoing: readonly number[];
}

/** The traffic of a machine, the same every time it is asked for. */
export function trafficOf(server: ServerRecord, period: Period, kind: GraphKind, samples: number): Traffic {
  const { peakMbps, outShare } = server.traffic;
  const random = seededRandom(`${server.id} ${period.name}`);
  const load = loadCurve(period, samples, random);
  const incoming = jitter(load, random).map(value => value * (1 - outShare));
  const outgoing = jitter(load, random).map(value => value * outShare);
  const highest = Math.max(...incoming, ...outgoing);
  const peak = (peakMbps * 1e6 * period.height) / highest;
  const [inScale, outScale] =
    kind === 'bits' ? [peak, peak] : [peak / packetBits(1 - outShare), peak / packetBits(outShare)];
  return { incoming: incoming.map(value => value * inScale), outgoing: outgoing.map(value => value * outScale) };
}

/** Mean size of a packet: the busier direction carries data, the other one mostly acknowledges it. */
const packetBits = (share: number): number => 8 * (150 + 1150 * share);

/** How busy the machine is: quiet nights and weekends, slow growth, and a few bursts. */
function loadCurve({ days }: Period, samples: number, random: () => number): number[] {
  const bursts = Array.from({ length: 4 }, () => ({ at: random(), height: 0.15 + 0.35 * random() }));
  const width = 0.008;
  return Array.from({ length: samples }, (_, index) => {
    const place = index / (samples - 1);
    const day = place * days;
    const night = days > 100 ? 0 : Math.cos((day + 0.42) * 2 * Math.PI);
    const weekend = days > 1 && day % 7 >= 5 ? 0.72 : 1;
    const growth = days > 100 ? 0.65 + 0.35 * place : 1;
    const burst = bursts.reduce((sum, { at, height }) => sum + height * Math.exp(-(((place - at) / width) ** 2)), 0);
    return (0.5 - 0.3 * night) * weekend * growth + burst;
  });
}

/** The same curve with noise that wanders instead of flickering. */
function jitter(load: readonly number[], random: () => number): number[] {
  let drift = 0;
  return load.map(value => {
    drift = 0.8 * drift + 0.12 * (random() - 0.5);
    return Math.max(0.01, value * (1 + 0.08 * (random() - 0.5)) + drift);
  });
}
