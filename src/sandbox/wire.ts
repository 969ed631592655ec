/** A JSON object on its way to the caller. */
export type WireRecord = Record<string, unknown>;

/** Unix seconds from a clock value in milliseconds, bare. */
export const seconds = (ms: number): number => Math.floor(ms / 1000);

/** Unix seconds as the older replies quote them; null, meaning never, becomes "0". */
export const quotedSeconds = (ms: number | null): string => (ms === null ? '0' : String(seconds(ms)));

/** A flag spelled "1" or "0". */
export const quotedFlag = (flag: boolean): '0' | '1' => (flag ? '1' : '0');

/** A flag spelled 1 or 0. */
export const bareFlag = (flag: boolean): 0 | 1 => (flag ? 1 : 0);

/** An id field where "0" says that nothing is assigned. */
export const idOrZero = (id: string | null): string => id ?? '0';

/** Money held in hundredths, as a decimal text such as "1249.00". */
export const decimalText = (hundredths: number, places = 2): string => (hundredths / 100).toFixed(places);

/** A day as YYYY-MM-DD, in UTC. */
export const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** A day as DD.MM.YYYY, in UTC. */
export function dottedDate(ms: number): string {
  const [year, month, day] = isoDay(ms).split('-');
  return `${day}.${month}.${year}`;
}

/** A time as YYYY-MM-DD HH:MM:SS, which names no zone and is UTC. */
export const localTime = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

/** A number as text on even rows and bare on odd ones, as /billing mixes them. */
export const onRow = (row: number, digits: string): string | number => (row % 2 === 0 ? digits : Number(digits));

/** The id in a request body, whether quoted or bare; null for anything else. */
export function idFrom(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[1-9][0-9]*$/.test(text) ? text : null;
}
