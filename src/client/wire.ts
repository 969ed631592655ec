import Big from 'big.js';
import * as z from 'zod';
import { Secret } from './secret.js';

/*
 * Upstream's habits, decoded once (wire notes, section 2). Numbers come quoted or bare, flags in six spellings, zero
 * means "none" in ids and times, and an absent object is null, [] or {}.
 */

/** Optional here, so that a field may also be missing from its object: that is how "nothing" is often written. */
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]).optional();
type Scalar = z.output<typeof scalar>;
const asText = (value: Scalar): string => (value === null || value === undefined ? '' : String(value).trim());

/** Text, or null when missing or blank. */
export const text = scalar.transform(value => asText(value) || null);

/** A numeric id as decimal text; null for "0", "" and null, which all mean "none". */
export const idOrNull = scalar.transform(value => (/^0*$/.test(asText(value)) ? null : asText(value)));

/** A numeric id that must be there. */
export const id = idOrNull
  .refine((value): value is string => value !== null && /^[1-9]\d*$/.test(value), 'not an id')
  .transform(value => value ?? '');

/** A count or size as a number; null when missing or not a number. */
export const count = scalar.transform(value => {
  const number = asText(value) === '' || typeof value === 'boolean' ? NaN : Number(value);
  return Number.isFinite(number) ? number : null;
});

/** A flag; null when upstream does not say. A truthiness test would be wrong: "0" is truthy. */
export const flagOrNull = scalar.transform((value, context) => {
  if (value === null || value === undefined) return null;
  const word = String(value).toLowerCase();
  if (['1', 'true'].includes(word)) return true;
  if (['0', 'false', ''].includes(word)) return false;
  context.addIssue('not a flag');
  return z.NEVER;
});

/** A flag that counts as false when upstream does not say. */
export const flag = flagOrNull.transform(value => value ?? false);

/** Unix seconds, quoted or bare, as ISO 8601 UTC; zero and blank are null. */
export const time = scalar.transform((value, context) => {
  if (/^0*$/.test(asText(value))) return null;
  const date = new Date(Number(value) * 1000);
  if (!Number.isNaN(date.getTime())) return date.toISOString().replace('.000Z', 'Z');
  context.addIssue('not a time');
  return z.NEVER;
});

/** `DD.MM.YYYY` as `YYYY-MM-DD`; anything else is null. */
export const dottedDate = scalar.transform(value => {
  const [, day, month, year] = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(asText(value)) ?? [];
  return day ? `${year}-${month}-${day}` : null;
});

/** An amount as decimal text with at least two decimals ("79.00000" → "79.00"); null when missing. */
export const money = scalar.transform((value, context) => {
  if (asText(value) === '') return null;
  try {
    return decimal(new Big(asText(value)));
  } catch {
    context.addIssue('not an amount');
    return z.NEVER;
  }
});

/** An amount with at least two decimals and no trailing zeros beyond them. */
export const decimal = (amount: Big): string => (amount.round(2).eq(amount) ? amount.toFixed(2) : amount.toFixed());

/** A secret, wrapped from the decoder on and kept to the letter; null when blank. */
export const secret = scalar.transform(value => (asText(value) === '' ? null : new Secret(String(value))));

/** Whether upstream writes "nothing": missing, null, [] or {}. */
export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);

/** An object, or null where upstream writes null, [] or {} for "none". */
export const objectOrNull = <T extends z.ZodType>(schema: T) =>
  z.preprocess(value => (isEmpty(value) ? null : value), schema.nullable());

/** An array; missing, null and {} are the empty array. Anything else that is no array is an error, not emptiness. */
export const list = <T extends z.ZodType>(row: T) => z.preprocess(value => (isEmpty(value) ? [] : value), z.array(row));

/** One object, sent as an array of one or bare. None or several is an error: guessing would show another machine. */
export const single = <T extends z.ZodType>(schema: T) =>
  z.preprocess(value => (Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value), schema);

/** Fields as `ours: ['theirs', decoder]`. */
export type Renamed = Readonly<Record<string, readonly [theirs: string, decoder: z.ZodType]>>;
type Decoded<T extends Renamed> = { readonly [K in keyof T]: z.output<T[K][1]> };

/** One object with its fields under names of ours. What is not named is dropped (wire note 2.7). */
export const record = <T extends Renamed>(fields: T) =>
  z
    .looseObject(Object.fromEntries(Object.values(fields).map(([theirs, decoder]) => [theirs, decoder])))
    .transform(
      wire => Object.fromEntries(Object.entries(fields).map(([ours, [theirs]]) => [ours, wire[theirs]])) as Decoded<T>,
    );

/** What stands bare, or under the one key given. */
export const unwrapped = <T extends z.ZodType>(key: string | undefined, schema: T) =>
  z.preprocess(
    value =>
      key !== undefined && typeof value === 'object' && value !== null && key in value
        ? value[key as keyof typeof value]
        : value,
    schema,
  );

/** A date without a time, as sent; null when missing or zero. */
export const day = text.transform(value => (value === null || /^[0\- :]*$/.test(value) ? null : value));

/** For fields whose shape is hearsay: what does not fit is not told, and the rest of the record is. */
export const ifTold = <T extends z.ZodType>(schema: T) => schema.catch(null as z.output<T>);
