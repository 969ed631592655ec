import { readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { CREDENTIALS, type Credential } from './credentials.js';
import { attempt, ConfigError, strictly, unfit, type Refuse } from './error.js';
import { EVERY_SETTING } from './settings.js';

/** What the keys of the file mean: how each value is read. */
type Readers = ReadonlyMap<string, (value: unknown, name: string) => unknown>;

/**
 * The settings in a configuration file by their keys, every one checked, also those that a flag or variable overrides.
 * `refuse` hears of one that cannot be read or is not JSON, and of everything in it that does not belong there. Quotes
 * nothing of a file that is not JSON: it may be a key, named by mistake.
 */
export function readConfigFile(named: string, refuse: Refuse = strictly): ReadonlyMap<string, unknown> {
  const file = resolve(named);
  const held = attempt(() => objectIn(file), refuse) ?? {};
  const known = readers();
  const values = new Map<string, unknown>();
  for (const [key, value] of Object.entries(held)) {
    const read = known.get(key);
    if (!read) refuse(new ConfigError(`${file}: ${whyNot(key, [...known.keys()])}`));
    else attempt(() => values.set(key, read(value, `${file}: ${key}`)), refuse);
  }
  return values;
}

function objectIn(file: string): object {
  const held = parse(textOf(file), file);
  if (typeof held !== 'object' || held === null || Array.isArray(held))
    throw new ConfigError(`${file} must hold one JSON object, such as { "readOnly": true }.`);
  return held;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new ConfigError(`The configuration file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, at] = /position (\d+)/.exec((error as SyntaxError).message) ?? [];
    const line = at === undefined ? '' : ` at line ${text.slice(0, Number(at)).split('\n').length}`;
    throw new ConfigError(`${file} is not JSON${line}. Comments and commas after the last value are not JSON either.`);
  }
}

function readers(): Readers {
  return new Map([
    [
      '$schema',
      (value, name) => {
        if (typeof value !== 'string') throw unfit(name, value, 'it must be text: where the schema is');
      },
    ],
    ...Object.values<Credential>(CREDENTIALS).map(({ fileKey }) => [fileKey, secretFile] as const),
    ...EVERY_SETTING.filter(([, { inFile }]) => inFile !== false).map(
      ([key, { kind }]) => [key, (value: unknown, name: string) => kind.fromJson(value, name)] as const,
    ),
    // Checked where it is used, by what is of no use to a server for one person.
    ['principals', value => value],
  ]);
}

/** The name of a file. What stands there instead may be the secret itself, so it is not quoted. */
function secretFile(value: unknown, name: string): string {
  if (typeof value === 'string' && isAbsolute(value)) return value;
  throw new ConfigError(`${name} must be the absolute path of a file that holds the secret, not the secret.`);
}

/** Why a key cannot stand in the file, and what to do instead. */
function whyNot(key: string, known: readonly string[]): string {
  const credential = Object.values<Credential>(CREDENTIALS).find(
    ({ fileKey }) => spelling(fileKey) === spelling(`${key}File`),
  );
  if (credential) {
    const { fileKey, env } = credential;
    return `a secret may not stand here (${key}): a configuration file is copied and shared. Put it into a file of its own and name that with ${fileKey}, or set ${env}.`;
  }
  const [, elsewhere] = EVERY_SETTING.find(([name]) => name === key) ?? [];
  if (elsewhere) {
    const ways = [elsewhere.flag && `--${elsewhere.flag}`, elsewhere.env].filter(Boolean);
    return `${key} may not stand here; it is given as ${ways.join(' or ')}.`;
  }
  const near = known.find(name => spelling(name) === spelling(key));
  return `there is no setting ${JSON.stringify(key)}; ${near ? `it is spelt ${near}` : `there are ${known.join(', ')}`}.`;
}

const spelling = (key: string): string =>
  key
    .toLowerCase()
    .replace(/^(gigahost_|--)/, '')
    .replace(/[^a-z0-9]/g, '');
