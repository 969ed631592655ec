import { readConfigFile } from './file.js';
import { SETTINGS, type Values } from './settings.js';
import type { Setting } from './setting.js';

/** What was given on the command line, by the keys of the settings. */
export type Flags = { readonly [K in keyof Values]?: string | boolean | undefined };

export interface Sources {
  /**
   * From the flag, else the environment, else the file, else the default.
   * @throws {ConfigError} when it cannot be used.
   */
  readonly valueOf: <K extends keyof Values>(key: K) => Values[K];
  /** What the configuration file holds; empty where none is named. */
  readonly file: ReadonlyMap<string, unknown>;
}

/** @throws {ConfigError} for a configuration file that cannot be used. */
export function openSources(flags: Flags, env: NodeJS.ProcessEnv): Sources {
  // An empty variable counts as not set: some clients hand one over for a value they do not have.
  const given = <T>(key: keyof Values, { kind, flag, env: variable }: Setting<T>): T | undefined => {
    const word = flag === undefined ? undefined : flags[key];
    if (word !== undefined) return kind.fromText(String(word), `--${flag}`);
    if (variable === undefined || !env[variable]) return undefined;
    return kind.fromText(env[variable], variable);
  };
  const named = given('config', SETTINGS.config);
  const file: ReadonlyMap<string, unknown> = named === undefined ? new Map() : readConfigFile(named);
  return {
    file,
    valueOf: <K extends keyof Values>(key: K): Values[K] => {
      // What a setting holds follows from its key; the file was checked by the same kinds as it was read.
      const setting = SETTINGS[key] as Setting<Values[K]>;
      return (given(key, setting) ?? file.get(key) ?? setting.default) as Values[K];
    },
  };
}
