import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ROOT } from './support/pages.js';

const node = (...args: string[]) => promisify(execFile)(process.execPath, args, { cwd: ROOT });

test('tables, links, config.schema.json and server.json are those of the code', { timeout: 180_000 }, async () => {
  await expect(node('scripts/docs.mjs', '--check')).resolves.toMatchObject({ stderr: '' });
});

test('the picture shows what a session on the sandbox says', { timeout: 180_000 }, async () => {
  await expect(node('scripts/picture.mjs', '--check')).resolves.toMatchObject({ stderr: '' });
});

test('the picture needs nothing but itself, and has colours for light and dark', async () => {
  const picture = await readFile(`${ROOT}docs/at-work.svg`, 'utf8');
  expect(picture).not.toMatch(/<script|<image|<foreignObject|href|url\(|@import/);
  expect(picture).toContain('prefers-color-scheme: dark');
});
