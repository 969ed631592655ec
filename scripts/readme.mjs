// Writes the tables of README.md from the catalogue and the settings; with --check, fails when they are out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { load } from './build.mjs';

const [{ catalogue }, { SETTINGS }] = [await load('src/catalogue.ts'), await load('src/config.ts')];
const { tools, resources } = await catalogue();
const table = (columns, rows) =>
  [columns, columns.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
const code = text => `\`${text}\``;
const argumentsOf = ({ properties = {}, required = [] }) =>
  Object.keys(properties)
    .filter(name => name !== 'confirmation_code')
    .map(name => code(required.includes(name) ? name : `${name}?`))
    .join(', ');
const ASKS = { disrupt: 'a yes', destroy: 'the name typed', purchase: 'the name typed' };

const parts = {
  tools: table(
    ['tool', 'what it does', 'arguments', 'effect', 'asks for'],
    tools.map(tool => [
      code(tool.name),
      tool.description,
      argumentsOf(tool.inputSchema),
      tool.effect,
      ASKS[tool.effect] ?? '',
    ]),
  ),
  resources: table(
    ['resource', 'what it holds'],
    resources.map(({ uri, description }) => [code(uri), description]),
  ),
  settings: table(
    ['variable', 'what it does', 'otherwise'],
    SETTINGS.map(({ name, does, otherwise }) => [code(name), does, otherwise]),
  ),
};

const file = new URL('../README.md', import.meta.url);
const before = await readFile(file, 'utf8');
const filled = Object.entries(parts).reduce(
  (text, [name, part]) =>
    text.replace(new RegExp(`(<!-- ${name}:.*-->)[^]*(<!-- /${name} -->)`), `$1\n\n${part}\n\n$2`),
  before,
);
const after = await format(filled, { ...(await resolveConfig(file)), parser: 'markdown' });
if (!process.argv.includes('--check')) await writeFile(file, after);
else if (after !== before) {
  console.error('README.md is out of date: npm run readme');
  process.exitCode = 1;
}
