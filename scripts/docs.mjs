// Writes what is made from the code: the tables and links of README.md and docs, between the comments that name them;
// config.schema.json; server.json.
// With --check, fails when they are out of date.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { coverageParts } from './docs/api-coverage.mjs';
import { catalogueParts } from './docs/catalogue.mjs';
import { clientParts } from './docs/clients.mjs';
import { sandboxParts } from './docs/sandbox.mjs';
import { configSchema, settingParts } from './docs/settings.mjs';
import { installLinks } from './install-links.mjs';
import { serverJson } from './server-json.mjs';

const example = await readFile(new URL('../test/docs/sandbox-example.test.ts', import.meta.url), 'utf8');
const parts = {
  install: installLinks,
  ...catalogueParts,
  ...settingParts,
  ...clientParts,
  ...coverageParts,
  ...sandboxParts,
  example: `\`\`\`ts\n${example.trim()}\n\`\`\``,
};

const root = new URL('..', import.meta.url);
const names = (await readdir(new URL('docs', root))).filter(name => name.endsWith('.md')).map(name => `docs/${name}`);
const pages = await Promise.all(
  ['README.md', ...names].map(async name => [name, await readFile(new URL(name, root), 'utf8')]),
);
const unused = Object.keys(parts).filter(part => !pages.some(([, text]) => text.includes(`<!-- /${part} -->`)));
if (unused.length > 0) throw new Error(`No page shows ${unused.join(', ')}.`);

const filled = text =>
  text.replace(/(<!-- ([\w-]+): generated .*-->)[^]*?(<!-- \/\2 -->)/g, (_, begin, part, end) => {
    if (!(part in parts)) throw new Error(`Nothing is generated as ${part}.`);
    return `${begin}\n\n${parts[part]}\n\n${end}`;
  });
const made = {
  ...Object.fromEntries(pages.map(([name, text]) => [name, filled(text)])),
  'config.schema.json': JSON.stringify(configSchema()),
  'server.json': JSON.stringify(serverJson()),
};
for (const [name, text] of Object.entries(made)) {
  const file = new URL(name, root);
  const after = await format(text, { ...(await resolveConfig(file)), filepath: name });
  if (!process.argv.includes('--check')) await writeFile(file, after);
  else if (after !== (await readFile(file, 'utf8').catch(() => ''))) {
    console.error(`${name} is out of date: npm run docs`);
    process.exitCode = 1;
  }
}
