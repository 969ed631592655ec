/** A setting that cannot be used, in words for the operator: one line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Hears of a setting that cannot be used. Where it returns, the setting counts as not given. */
export type Refuse = (error: ConfigError) => void;

export const strictly: Refuse = error => {
  throw error;
};

/** What `read` gives; undefined where that cannot be used, which is told to `refuse`. */
export function attempt<T>(read: () => T, refuse: Refuse): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    refuse(error);
    return undefined;
  }
}

/** `name` says where the value came from, `right` what would be: `--confirm is "never"; it can be auto, elicit.` */
export const unfit = (name: string, value: unknown, right: string): ConfigError =>
  new ConfigError(`${name} is ${shown(value)}; ${right}.`);

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
