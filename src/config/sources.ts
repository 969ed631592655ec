import { attempt, strictly, type Refuse } from './error.js';
import { readConfigFile } from './file.js';
import { SETTINGS, type Values } from './settings.js';
import type { Setting } from './setting.js';

/** What was given on the command line, by the keys of the settings. */
export type Flags = { readonly [K in keyof Values]?: string | boolean | undefined };

export interface Sources {
  /**
   * From the flag, else the environment, else the file, else the default.
   * What cannot be used is told to `refuse`.
   */
  readonly valueOf: <K extends keyof Values>(key: K) => Values[K];
  /** What the configuration file holds; empty where none is named. */
  readonly file: ReadonlyMap<string, unknown>;
}

/** What is given and cannot be used is told to `refuse`; where that returns, it counts as not given. */
export function openSources(flags: Flags, env: NodeJS.ProcessEnv, refuse: Refuse = strictly): Sources {
  // An empty variable counts as not set: some clients hand one over for a value they do not have.
  const given = <T>(key: keyof Values, { kind, flag, env: variable }: Setting<T>): T | undefined => {
    const word = flag === undefined ? undefined : flags[key];
    if (word !== undefined) return attempt(() => kind.fromText(String(word), `--${flag}`), refuse);
    const text = variable && env[variable];
    return text ? attempt(() => kind.fromText(text, variable), refuse) : undefined;
  };
  const named = given('config', SETTINGS.config);
  const file: ReadonlyMap<string, unknown> = named === undefined ? new Map() : readConfigFile(named, refuse);
  return {
    file,
    valueOf: <K extends keyof Values>(key: K): Values[K] => {
      // What a setting holds follows from its key; the file was checked by the same kinds as it was read.
      const setting = SETTINGS[key] as Setting<Values[K]>;
      return (given(key, setting) ?? file.get(key) ?? setting.default) as Values[K];
    },
  };
}
