import * as z from 'zod';
import { PrincipalEntry } from './principals.js';
import { CREDENTIALS } from './credentials.js';
import type { JsonSchema } from './kind.js';
import { path } from './kinds.js';
import { EVERY_SETTING } from './settings.js';

/** The JSON schema of the configuration file, for editors. Draft 7: the one that all of them know. */
export const configSchema = (): JsonSchema => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Configuration of gigahost-mcp',
  description:
    'Read from the file named with --config or GIGAHOST_CONFIG. Flags and environment variables win over it.',
  type: 'object',
  properties: {
    $schema: { type: 'string', description: 'where this schema is, for editors' },
    ...Object.fromEntries([
      ...Object.values(CREDENTIALS).map(({ fileKey, does, otherwise }) =>
        property(fileKey, path.schema, `absolute path of a file with one thing in it: ${does}`, otherwise),
      ),
      ...EVERY_SETTING.filter(([, { inFile }]) => inFile !== false).map(([key, setting]) =>
        property(key, setting.kind.schema, setting.does, setting.otherwise, setting.default),
      ),
      property(
        'principals',
        principalsSchema(),
        'who may call the HTTP server (`--auth token`, `--auth oauth`)',
        'nobody',
      ),
    ]),
  },
  additionalProperties: false,
});

function principalsSchema(): JsonSchema {
  const { $schema: _, ...items } = z.toJSONSchema(PrincipalEntry, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
  });
  return { type: 'array', items };
}

/** Says in words what holds otherwise, or where there are none as the default. */
function property(key: string, schema: JsonSchema, does: string, otherwise?: string, value?: unknown) {
  const description = (does + (otherwise === undefined ? '' : `; otherwise ${otherwise}`)).replaceAll('`', '');
  return [key, { description, ...schema, ...(otherwise === undefined && { default: value }) }] as const;
}
