import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';

type Schema<T> = StandardSchemaWithJSON<T, T>;
export type Check<T> = Schema<T>['~standard']['validate'];

/** A schema that is advertised as it is, whatever `check` makes of a value. Without one, anything is passed on. */
export const advertised = <T>(
  json: Readonly<Record<string, unknown>>,
  check: Check<T> = value => ({ value: value as T }),
): Schema<T> => ({
  '~standard': {
    version: 1,
    vendor: 'gigahost-mcp',
    validate: check,
    jsonSchema: { input: () => json, output: () => json },
  },
});
