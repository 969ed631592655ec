/** The day after which a major version of Node gets no fixes (github.com/nodejs/release). */
const ENDS: Readonly<Record<string, string>> = {
  '20': '2026-04-30',
  '21': '2024-06-01',
  '22': '2027-04-30',
  '23': '2025-06-01',
  '24': '2028-04-30',
  '25': '2026-06-01',
};

/** The day on which fixes ended, if that is over; undefined also for versions newer than this table. */
export function endedOn(version: string, now: Date): string | undefined {
  const day = ENDS[version.split('.')[0] ?? ''];
  return day !== undefined && Date.parse(day) < now.getTime() ? day : undefined;
}

/** Whether a version (20.18.1) is older than another. */
export function isBefore(version: string, other: string): boolean {
  const [one, two] = [version, other].map(text => text.split('.').map(part => Number.parseInt(part, 10)));
  const at = [0, 1, 2].find(part => one?.[part] !== two?.[part]);
  return at !== undefined && (one?.[at] ?? 0) < (two?.[at] ?? 0);
}
