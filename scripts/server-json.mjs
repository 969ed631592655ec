// What the MCP registry lists: the package, and every setting of it that a server for one person reads.
import { CREDENTIALS, PACKAGE, sentence, SETTINGS, TITLE } from './about.mjs';

const SCHEMA = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json';

export const serverJson = () => ({
  $schema: SCHEMA,
  // The registry compares it with the package that is published.
  name: PACKAGE.mcpName,
  title: TITLE,
  description: PACKAGE.description,
  version: PACKAGE.version,
  packages: [
    {
      registryType: 'npm',
      identifier: PACKAGE.name,
      version: PACKAGE.version,
      runtimeHint: 'npx',
      transport: { type: 'stdio' },
      environmentVariables: [
        ...Object.values(CREDENTIALS).flatMap(credential => [
          { name: credential.env, description: sentence(credential), isSecret: credential !== CREDENTIALS.username },
          { name: `${credential.env}_FILE`, description: fileOf(credential), format: 'filepath' },
        ]),
        ...Object.values(SETTINGS)
          .filter(({ env, host }) => env !== undefined && host === undefined)
          .map(variable),
      ],
    },
  ],
});

const fileOf = ({ env }) => `Absolute path of a file that holds what ${env} would.`;

function variable(setting) {
  const { env: name, kind, otherwise, default: value } = setting;
  const { type, enum: choices } = kind.schema;
  return {
    name,
    description: sentence(setting),
    ...(FORMATS[type] && { format: FORMATS[type] }),
    ...(choices && { choices }),
    ...(otherwise === undefined && { default: String(value) }),
  };
}

/** What a form asks for, by the type of the value. */
const FORMATS = { boolean: 'boolean', integer: 'number', number: 'number' };
