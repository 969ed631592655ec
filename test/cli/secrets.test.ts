import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addressIn, shownOn, visit } from '../guard/secrets/support/browse.js';
import { openStateDir } from '../guard/secrets/support/state-dir.js';
import { spawnBin } from '../support/raw.js';

const CONSOLE = ['call', 'open_console', 'server=backup01', 'allowed_addresses=192.0.2.77', '--sandbox'];
const bin = (stateDir: string, ...args: string[]) => spawnBin(args, { GIGAHOST_STATE_DIR: stateDir });
const open = (dir: { path: string }, ...args: string[]) => bin(dir.path, ...CONSOLE, ...args);

test('secrets clear removes the files that were handed over, of any age, and says how many', async () => {
  await using dir = await openStateDir();
  const clear = () => bin(dir.path, 'secrets', 'clear').ended;
  const removed = (files: string) => ({
    code: 0,
    stdout: `${files} with secrets removed from ${dir.folder}.\n`,
    stderr: '',
  });
  expect(await clear()).toMatchObject(removed('0 files'));
  expect(await open(dir).ended).toMatchObject({ code: 0 });
  expect(await clear()).toMatchObject(removed('1 file'));
  await open(dir).ended;
  await open(dir).ended;
  await writeFile(join(dir.folder, 'notes.txt'), 'mine');
  expect(await clear()).toMatchObject(removed('2 files'));
  expect(await readdir(dir.folder)).toEqual(['notes.txt']);
});

test('secrets clear says when it cannot look, and exits with 1', async () => {
  await using dir = await openStateDir();
  await writeFile(dir.folder, 'a file in the way');
  const { code, stdout, stderr } = await bin(dir.path, 'secrets', 'clear').ended;
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe(`${dir.folder} could not be cleared (ENOTDIR).\n`);
});

test('help and version work with it, and a command that does not exist is refused', async () => {
  for (const args of [
    ['secrets', '--help'],
    ['secrets', 'clear', '--help'],
  ])
    expect(await spawnBin(args).ended, args.join(' ')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Usage: gigahost-mcp secrets /) as unknown,
    });
  for (const args of [
    ['secrets', '--version'],
    ['secrets', 'clear', '--version'],
  ])
    expect(await spawnBin(args).ended).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as unknown,
    });
  for (const args of [['secrets'], ['secrets', 'show'], ['secrets', 'clear', '--all']])
    expect(await spawnBin(args).ended).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/./) as unknown,
    });
});

test('a command that shows a page stays until the page is opened', async () => {
  await using dir = await openStateDir();
  const command = open(dir, '--secrets', 'page', '--json');
  const answer = () => JSON.parse(command.stdout()) as Record<string, unknown>;
  await expect.poll(() => command.stdout(), { timeout: 10_000 }).toMatch(/\}\n$/);
  const address = addressIn(answer()['credentials_in']);
  expect(Object.keys(shownOn(await visit('POST', address)))).toEqual(['address', 'username', 'password']);
  expect(await command.ended).toMatchObject({ code: 0, stderr: '' });
});

test('a person who does not want to open it leaves with Ctrl-C', async () => {
  await using dir = await openStateDir();
  const command = open(dir, '--secrets', 'page');
  await expect.poll(() => command.stdout(), { timeout: 10_000 }).toMatch(/the page http:/);
  command.child.kill('SIGINT');
  expect(await command.ended).toMatchObject({ code: 0, signal: null });
});
