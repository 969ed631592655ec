// Writes what is made from the code: of README.md the tables, from the catalogue and the settings, and the links that
// install; config.schema.json; server.json.
// With --check, fails when they are out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { load } from './build.mjs';
import { installLinks } from './install-links.mjs';
import { serverJson } from './server-json.mjs';

const { catalogue } = await load('src/catalogue.ts');
const { SETTING_ROWS } = await load('src/config/describe.ts');
const { TOOLSETS, DEFAULT_TOOLSETS } = await load('src/toolsets.ts');
const { configSchema } = await load('src/config/schema.ts');
const { tools, resources, prompts } = await catalogue();
const table = (columns, rows) =>
  [columns, columns.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
const code = text => (text ? `\`${text}\`` : '');
const argumentsOf = ({ properties = {}, required = [] }) =>
  Object.keys(properties)
    .filter(name => name !== 'confirmation_code')
    .map(name => code(required.includes(name) ? name : `${name}?`))
    .join(', ');
/** Some ask only where what is asked for takes something away. */
const asks = ({ effect, inputSchema }) =>
  ASKS[effect] ?? (inputSchema.properties?.confirmation_code ? 'a yes, where something goes or changes' : '');
const toolTable = set =>
  table(
    ['tool', 'what it does', 'arguments', 'effect', 'asks for'],
    tools
      .filter(({ toolset }) => toolset === set)
      .map(tool => [
        code(tool.name),
        `${tool.description}${tool.fourEyes ? ' Only with `--four-eyes`.' : ''}`,
        argumentsOf(tool.inputSchema),
        tool.effect,
        asks(tool),
      ]),
  );
const ASKS = { disrupt: 'a yes', destroy: 'the name typed', purchase: 'the name typed' };

const parts = {
  install: installLinks,
  tools: TOOLSETS.filter(set => tools.some(tool => tool.toolset === set))
    .map(set => `### ${set}${DEFAULT_TOOLSETS.includes(set) ? '' : ' (off by default)'}\n\n${toolTable(set)}`)
    .join('\n\n'),
  resources: table(
    ['resource', 'what it holds'],
    resources.map(({ uri, description }) => [code(uri), description]),
  ),
  prompts: table(
    ['prompt', 'what it does', 'arguments', 'where these can be called'],
    prompts.map(({ name, description, arguments: args, needs }) => [
      code(name),
      description,
      args.map(argument => code(`${argument.name}?`)).join(', '),
      needs.map(code).join(', '),
    ]),
  ),
  settings: table(
    ['flag', 'variable', 'in the file', 'what it does', 'otherwise'],
    SETTING_ROWS.map(({ flag, env, fileKey, does, otherwise }) => [
      code(flag),
      code(env),
      code(fileKey),
      does,
      otherwise,
    ]),
  ),
};

const root = new URL('..', import.meta.url);
const readme = await readFile(new URL('README.md', root), 'utf8');
const made = {
  'README.md': Object.entries(parts).reduce(
    (text, [name, part]) =>
      text.replace(
        new RegExp(`(<!-- ${name}:.*-->)[^]*(<!-- /${name} -->)`),
        (_, begin, end) => `${begin}\n\n${part}\n\n${end}`,
      ),
    readme,
  ),
  'config.schema.json': JSON.stringify(configSchema()),
  'server.json': JSON.stringify(serverJson()),
};
for (const [name, text] of Object.entries(made)) {
  const file = new URL(name, root);
  const after = await format(text, { ...(await resolveConfig(file)), filepath: name });
  if (!process.argv.includes('--check')) await writeFile(file, after);
  else if (after !== (await readFile(file, 'utf8').catch(() => ''))) {
    console.error(`${name} is out of date: npm run readme`);
    process.exitCode = 1;
  }
}
