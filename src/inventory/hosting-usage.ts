import { oneIn, textIn, type Row } from './undocumented.js';

/** Room on disk and traffic, each as "used of quota unit": units are told beside the figures or not at all. */
export interface Usage {
  readonly disk: string | null;
  readonly traffic: string | null;
}

/** From a reply of unknown shape, the first of them that says it. */
export function usageIn(...replies: readonly unknown[]): Usage {
  const rows = replies.map(reply => oneIn(oneIn(reply, 'stats', 'statistics', 'hosting'), 'usage', 'stats'));
  const first = (read: (row: Row) => string | null): string | null =>
    rows.map(read).find(text => text !== null) ?? null;
  return {
    disk: first(row => amount(row, ['disk_used', 'disk_usage', 'used_disk', 'disk', 'quota_used'], 'disk')),
    traffic: first(row =>
      amount(row, ['bw_used', 'bandwidth_used', 'bandwidth_usage', 'traffic_used', 'bandwidth', 'traffic'], 'bw'),
    ),
  };
}

const PREFIXES = { disk: ['disk'], bw: ['bw', 'bandwidth', 'traffic'] } as const;

function amount(row: Row, usedNames: readonly string[], what: keyof typeof PREFIXES): string | null {
  const used = textIn(row, ...usedNames);
  if (used === null) return null;
  const named = (...endings: readonly string[]) =>
    textIn(row, ...PREFIXES[what].flatMap(prefix => endings.map(ending => `${prefix}_${ending}`)));
  const quota = named('quota', 'limit', 'max', 'total');
  const unit = named('unit');
  return [used, quota && `of ${quota}`, unit ?? (/[a-z]/i.test(used) ? null : '(unit not told)')]
    .filter(Boolean)
    .join(' ');
}
