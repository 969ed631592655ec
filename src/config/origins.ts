import MiniSearch from 'minisearch';
import { CREDENTIALS } from './credentials.js';
import { EVERY_SETTING } from './settings.js';
import type { Flags } from './sources.js';

/** Where something that is not the default came from; never what it is. */
export interface Origin {
  /** `--read-only`, `GIGAHOST_API_KEY_FILE`, or the key in the configuration file. */
  readonly name: string;
  readonly source: 'flag' | 'variable' | 'file';
}

/** Every setting and credential that is given, by the source that counts. */
export function originsOf(flags: Flags, env: NodeJS.ProcessEnv, file: ReadonlyMap<string, unknown>): readonly Origin[] {
  const given: Readonly<Record<string, unknown>> = flags;
  const settings = EVERY_SETTING.flatMap(([key, { flag, env: variable }]): Origin[] => {
    if (flag !== undefined && given[key] !== undefined) return [{ name: `--${flag}`, source: 'flag' }];
    if (variable !== undefined && env[variable]) return [{ name: variable, source: 'variable' }];
    return file.has(key) ? [{ name: key, source: 'file' }] : [];
  });
  const credentials = Object.values(CREDENTIALS).flatMap(({ env: variable, fileKey }): Origin[] => {
    const set = [variable, `${variable}_FILE`].find(name => env[name]);
    if (set !== undefined) return [{ name: set, source: 'variable' }];
    return file.has(fileKey) ? [{ name: fileKey, source: 'file' }] : [];
  });
  return [...settings, ...credentials];
}

export interface Unread {
  readonly name: string;
  /** The variable that may have been meant. */
  readonly meant: string | undefined;
}

/** Variables that begin with `GIGAHOST_` and that nothing reads, but for those that principals name. */
export function unreadVariables(env: NodeJS.ProcessEnv, principals: unknown): readonly Unread[] {
  const known = [
    ...EVERY_SETTING.flatMap(([, { env: variable }]) => variable ?? []),
    ...Object.values(CREDENTIALS).flatMap(({ env: variable }) => [variable, `${variable}_FILE`]),
  ];
  const read = new Set([...known, ...variablesNamed(principals)]);
  const unread = Object.keys(env).filter(name => /^GIGAHOST_/i.test(name) && !read.has(name));
  if (unread.length === 0) return [];
  const whole = (text: string): string[] => [text];
  const index = new MiniSearch({ idField: 'name', fields: ['name'], tokenize: whole });
  index.addAll(known.map(name => ({ name })));
  return unread.map(name => {
    const [nearest] = index.search(name, { fuzzy: 0.25, tokenize: whole });
    return { name, meant: nearest && String(nearest.id) };
  });
}

/** What principals say for `apiKeyEnv` and the like. */
const variablesNamed = (principals: unknown): readonly unknown[] =>
  Array.isArray(principals)
    ? principals.flatMap((entry: unknown) =>
        typeof entry === 'object' && entry !== null
          ? Object.entries(entry).flatMap(([key, value]): unknown[] => (key.endsWith('Env') ? [value] : []))
          : [],
      )
    : [];
