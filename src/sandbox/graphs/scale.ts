const PREFIXES = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** Round numbers from 0 to just above the highest value, about five of them. */
export function ticksUpTo(highest: number): number[] {
  const rough = highest / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map(factor => factor * magnitude).find(candidate => candidate >= rough) ?? rough;
  return Array.from({ length: Math.ceil(highest / step) + 1 }, (_, index) => index * step);
}

/** A rate in few characters, such as 12.5M. */
export function shortNumber(value: number): string {
  const [size, prefix] = PREFIXES.find(([candidate]) => value >= candidate) ?? [1, ''];
  const scaled = value / size;
  return `${Number(scaled.toFixed(scaled < 10 ? 2 : 1))}${prefix}`;
}
