import { Ajv } from 'ajv';

/**
 * What the MCP registry accepts of what we list there, in our own words after its schema of 2025-12-11
 * (static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json) and its rules for npm packages. Narrower than
 * those: what we do not use is not there, and a misspelt field, which the registry would ignore, is refused.
 */
const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['$schema', 'name', 'title', 'description', 'version', 'packages'],
  properties: {
    $schema: { const: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json' },
    // A namespace in reverse-DNS form, one slash, a name.
    name: { type: 'string', minLength: 3, maxLength: 200, pattern: '^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$' },
    title: { type: 'string', minLength: 1, maxLength: 100 },
    description: { type: 'string', minLength: 1, maxLength: 100 },
    version: { $ref: '#/definitions/version' },
    packages: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['registryType', 'identifier', 'version', 'transport'],
        properties: {
          registryType: { const: 'npm' },
          identifier: { type: 'string', minLength: 1 },
          version: { $ref: '#/definitions/version' },
          runtimeHint: { const: 'npx' },
          transport: {
            type: 'object',
            additionalProperties: false,
            required: ['type'],
            properties: { type: { const: 'stdio' } },
          },
          environmentVariables: { type: 'array', items: { $ref: '#/definitions/variable' } },
        },
      },
    },
  },
  definitions: {
    // One version: no range, no tag.
    version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$', maxLength: 255 },
    variable: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'description'],
      properties: {
        name: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' },
        description: { type: 'string', minLength: 1 },
        format: { enum: ['string', 'number', 'boolean', 'filepath'] },
        choices: { type: 'array', items: { type: 'string' }, minItems: 1 },
        default: { type: 'string' },
        isRequired: { type: 'boolean' },
        isSecret: { type: 'boolean' },
      },
    },
  },
};

const ajv = new Ajv({ allErrors: true });
const check = ajv.compile(SCHEMA);

/** What is wrong with the content of a server.json, one line each. */
export const faultsOf = (content: unknown): readonly string[] =>
  check(content) ? [] : (check.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
