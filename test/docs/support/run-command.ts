import { access, constants, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { expect } from 'vitest';
import { SETTING_ROWS } from '../../../src/config/describe.js';
import { ROOT } from './pages.js';
import { run, runBin } from './run-bin.js';
import type { Scene } from './scene.js';
import type { Command } from './shell.js';
import { expectStarts, programOf, toolsAt } from './talk.js';

/** What cannot be run here, and why. Each of them is shown on some page. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'docker compose up': 'builds images and takes others from a registry',
};

const { scripts } = JSON.parse(await readFile(`${ROOT}package.json`, 'utf8')) as { scripts: Record<string, string> };
const VARIABLES = SETTING_ROWS.flatMap(({ env }) => [env, `${env}_FILE`]);

export const expectKnownVariables = (env: Readonly<Record<string, string>>): void =>
  expect(VARIABLES).toEqual(expect.arrayContaining(Object.keys(env)));

/** Does what one line of a page says, and fails where that is not what a person would expect. */
export async function runCommand({ text, env: shown, words: given }: Command, scene: Scene): Promise<void> {
  if (Object.hasOwn(NOT_RUN, text)) return;
  const { filled } = scene.world;
  const words = given.map(filled);
  const env = Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, filled(value)]));
  const [command = '', first = '', second = ''] = words;
  switch (command) {
    case 'npm':
      return expect(
        first === 'run' ? second in scripts : ['install', 'publish'].includes(first) || first in scripts,
        text,
      ).toBe(true);
    case 'npx':
      if (first === 'vitest') return access(join(ROOT, words.at(-1) ?? ''));
      return void (await runBin(words.slice(2), env, scene));
    case '.ci/run':
      return access(join(ROOT, command), constants.X_OK);
    case 'gigahost-mcp':
      return void (await runBin(words.slice(1), env, scene));
    case 'node':
      if (first === 'dist/main.js') return void (await runBin(words.slice(2), env, scene));
      return expect(await run(words.slice(1), { ...scene.env, ...env }, ROOT)).toMatchObject({ code: 0 });
    case 'claude':
      return addToClaude(words.slice(1), scene);
    case 'curl':
      return fetchAs(words.slice(1));
    default:
      throw new Error(`nobody knows how to try this: ${text}`);
  }
}

/** `claude mcp add`: what it would start is started, what it would connect to is connected to. */
async function addToClaude(words: readonly string[], { world, env, folder }: Scene): Promise<void> {
  expect(words.slice(0, 2)).toEqual(['mcp', 'add']);
  const { values, positionals } = parseArgs({
    args: words.slice(2),
    allowPositionals: true,
    options: {
      transport: { type: 'string', default: 'stdio' },
      header: { type: 'string', multiple: true, default: [] },
      env: { type: 'string', multiple: true, default: [] },
      scope: { type: 'string' },
    },
  });
  const [name = '', target = '', ...args] = positionals;
  expect(name).toMatch(/^[\w-]+$/);
  if (values.transport === 'http') {
    expect(await toolsAt(target, headersOf(values.header))).toContain('list_servers');
    return;
  }
  const set = Object.fromEntries(
    values.env.map(pair => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)]),
  );
  expectKnownVariables(set);
  const { GIGAHOST_BASE_URL = '' } = world.account;
  await expectStarts(programOf(target, args), { ...env, GIGAHOST_BASE_URL, ...set }, folder);
}

const headersOf = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(lines.map(line => [line.split(':', 1)[0] ?? '', line.slice(line.indexOf(':') + 1).trim()]));

/** What `curl` would send. */
async function fetchAs(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      silent: { type: 'boolean', short: 's' },
      header: { type: 'string', short: 'H', multiple: true, default: [] },
      data: { type: 'string', short: 'd' },
    },
  });
  expect(positionals).toHaveLength(1);
  const { data: body, header } = values;
  const reply = await fetch(positionals[0] ?? '', {
    headers: headersOf(header),
    ...(body !== undefined && { method: 'POST', body }),
  });
  const text = await reply.text();
  expect({ status: reply.status, text }).toMatchObject({ status: 200 });
  expect(text).not.toMatch(/"error"|"isError":true/);
}
