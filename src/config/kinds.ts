import { isIP } from 'node:net';
import { isAbsolute } from 'node:path';
import { unfit } from './error.js';
import { textual, type Kind } from './kind.js';

const YES = ['on', 'true', 'yes', '1'];
const NO = ['off', 'false', 'no', '0'];

export const boolean: Kind<boolean> = {
  schema: { type: 'boolean' },
  fromText(text, name) {
    const word = text.toLowerCase();
    if (YES.includes(word)) return true;
    if (NO.includes(word)) return false;
    throw unfit(name, text, 'it can be on, off (or true, false, yes, no, 1, 0)');
  },
  fromJson(value, name) {
    if (typeof value !== 'boolean') throw unfit(name, value, 'it can be true, false');
    return value;
  },
};

export const choice = <const T extends string>(placeholder: string, choices: readonly T[]): Kind<T> =>
  textual(placeholder, `it can be ${choices.join(', ')}`, { enum: choices }, text =>
    choices.find(candidate => candidate === text),
  );

/** Any text but none at all. */
export const text = (placeholder: string, right: string): Kind<string> =>
  textual(placeholder, right, { minLength: 1 }, text => text || undefined);

/** An IP address, or one with a port; IPv6 in brackets then. */
export const dnsServer = textual(
  'address',
  'it must be an IP address, or one with a port such as 192.0.2.53:5353',
  { minLength: 1 },
  text => {
    const [, bracketed, plain] = /^(?:\[([^\]]+)\]|([^:]+))(?::\d{1,5})?$/.exec(text) ?? [];
    return isIP(text) || isIP(bracketed ?? plain ?? '') ? text : undefined;
  },
);

const MOST_SECONDS = 3600;

export const seconds: Kind<number> = {
  placeholder: 'seconds',
  schema: { type: 'number', exclusiveMinimum: 0, maximum: MOST_SECONDS },
  fromText: (text, name) => period(Number(text), text, name),
  fromJson: (value, name) => period(value, value, name),
};

function period(value: unknown, given: unknown, name: string): number {
  if (typeof value === 'number' && value > 0 && value <= MOST_SECONDS) return value;
  throw unfit(name, given, `it must be a number of seconds above 0, up to ${MOST_SECONDS}`);
}

const wholeUpTo = (most: number): Kind<number> => {
  const whole = (value: unknown, given: unknown, name: string): number => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw unfit(name, given, `it must be a whole number from 1 to ${most}`);
  };
  return {
    placeholder: 'number',
    schema: { type: 'integer', minimum: 1, maximum: most },
    fromText: (text, name) => whole(/^\d+$/.test(text) ? Number(text) : NaN, text, name),
    fromJson: (value, name) => whole(value, value, name),
  };
};

export const wholeNumber = wholeUpTo(1000);
export const largeNumber = wholeUpTo(100_000);

/** Absolute on Linux and macOS, on a Windows drive, or on a Windows share. */
const ABSOLUTE = '/|[A-Za-z]:[\\\\/]|\\\\\\\\';

/** An absolute path: what a relative one is relative to depends on how an assistant starts the server. */
export const path = textual('path', 'it must be an absolute path', { pattern: `^(${ABSOLUTE})` }, text =>
  isAbsolute(text) ? text : undefined,
);

export const pathOrOff = textual(
  'path',
  'it must be off or an absolute path',
  { pattern: `^(off$|${ABSOLUTE})` },
  text => (text === 'off' || isAbsolute(text) ? text : undefined),
);
