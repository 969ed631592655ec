import { access, readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const text = await readFile('CONTRIBUTING.md', 'utf8');
const [table = ''] = /^\| folder[^]*?(?=\n\n)/m.exec(text) ?? [];
const named = [...table.matchAll(/`((?:src|test|scripts|assets)[\w/]*)`/g)].map(([, folder = '']) => folder);

test('every folder of the sources has its line, and every folder with a line is there', async () => {
  const entries = await readdir('src', { withFileTypes: true });
  const folders = entries.flatMap(entry => (entry.isDirectory() ? [`src/${entry.name}`] : []));
  expect(folders.length).toBeGreaterThan(8);
  expect(named).toEqual(expect.arrayContaining([...folders, 'test', 'scripts']));
  for (const folder of named) await access(folder);
});

test('every command and every file that it names is there', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> };
  const commands = [...text.matchAll(/npm run (\w[\w:]*)/g)].map(([, name = '']) => name);
  expect(commands).toEqual(expect.arrayContaining(['check', 'docs', 'bundle']));
  for (const name of commands) expect(scripts).toHaveProperty(name);
  const files = [...text.matchAll(/\b(?:src|test|scripts)\/[\w./-]+\.(?:ts|mjs)\b/g)].map(([file]) => file);
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) await access(file);
});
