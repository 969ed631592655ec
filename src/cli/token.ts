import { readFile, rename, writeFile } from 'node:fs/promises';
import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';
import { ConfigError } from '../config.js';
import { readPrincipals } from '../config/principals.js';
import { ROLES } from '../guard/roles.js';
import { newToken } from '../hosts/http/tokens.js';
import { EXIT } from './exit.js';
import { createTerminal } from './terminal.js';

interface Held {
  readonly principals?: readonly { readonly name?: unknown; readonly tokens?: readonly unknown[] }[];
}

/**
 * Makes a token for a principal of a configuration file, who is added where they are new, and prints it: it is kept
 * nowhere. The rest of the file stays as it is.
 * @throws {ConfigError} for a file or a name that cannot be used; nothing is changed then.
 */
export async function createToken(name: string, role: string, file: string | undefined): Promise<number> {
  if (!file)
    throw new ConfigError(
      'Name the configuration file that the principal is to stand in: --config FILE. It is made where there is none.',
    );
  if (!ROLES.some(known => known === role))
    throw new ConfigError(`--role is ${JSON.stringify(role)}; it can be ${ROLES.join(', ')}.`);
  const before = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}\n';
    throw new ConfigError(`${file} cannot be read (${error.code}).`);
  });
  const { token, hash } = newToken();
  const held = heldIn(before, file);
  const principals = held.principals ?? [];
  const at = principals.findIndex(principal => principal.name === name);
  const [path, value] =
    at < 0
      ? [['principals', principals.length], { name, role, tokens: [hash] }]
      : [
          ['principals', at, 'tokens'],
          [...(principals[at]?.tokens ?? []), hash],
        ];
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  const after = applyEdits(before, modify(before, path, value, { formattingOptions }));
  readPrincipals((JSON.parse(after) as Held).principals, file, new Proxy({}, { get: () => 'set' }));
  const part = `${file}.${process.pid}.part`;
  await writeFile(part, after.endsWith('\n') ? after : `${after}\n`, { mode: 0o600 });
  await rename(part, file);

  const terminal = createTerminal();
  terminal.say(token);
  terminal.complain(
    `This is the token of ${name}; it is shown this once. ${file} holds its hash${at < 0 ? `, and ${name} as ${role}` : ''}. A running server knows it after a restart.`,
  );
  return EXIT.ok;
}

function heldIn(text: string, file: string): Held {
  const errors: ParseError[] = [];
  const held: unknown = parse(text, errors, { disallowComments: true });
  if (errors.length > 0 || typeof held !== 'object' || held === null || Array.isArray(held))
    throw new ConfigError(`${file} does not hold one JSON object, so nothing was put into it.`);
  const { principals } = held as { principals?: unknown };
  if (principals !== undefined && !Array.isArray(principals))
    throw new ConfigError(`${file}: principals is not a list, so nothing was put into it.`);
  return held;
}
