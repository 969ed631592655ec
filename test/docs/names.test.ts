import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { EVERY_SETTING } from '../../src/config.js';
import { SETTING_ROWS } from '../../src/config/describe.js';
import { OWN_FLAGS } from './support/own-flags.js';
import { PAGES, ROOT } from './support/pages.js';

/** Flags of other programs, which pages show in commands of theirs. */
const FOREIGN = ['--transport', '--header', '--env', '--no-git-tag-version'];
const VARIABLES = new Set(SETTING_ROWS.flatMap(({ env }) => [env, `${env}_FILE`]));
/** What the example of a bot reads. */
const OF_EXAMPLES = ['GIGAHOST_MCP_TOKEN'];

const flagsIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?<![\w-])--[a-z][a-z-]*[a-z]/g)].map(([flag]) => flag);
const variablesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\bGIGAHOST_[A-Z0-9_]+/g)].map(([name]) => name);

/** A family of flags is written as its beginning. */
const isKnown = (flag: string): boolean => OWN_FLAGS.has(flag) || FOREIGN.includes(flag) || flag === '--dangerously';

test.for(PAGES)('every flag and variable that $file names exists', ({ text }) => {
  expect(flagsIn(text).filter(flag => !isKnown(flag))).toEqual([]);
  expect(variablesIn(text).filter(name => !VARIABLES.has(name) && !OF_EXAMPLES.includes(name))).toEqual([]);
});

test('every setting and what is not ours is named somewhere', async () => {
  const all = PAGES.map(({ text }) => text).join('\n');
  const flags = EVERY_SETTING.flatMap(([, { flag }]) => (flag === undefined ? [] : [`--${flag}`]));
  expect(flagsIn(all)).toEqual(expect.arrayContaining([...flags, ...FOREIGN]));
  expect(variablesIn(all)).toEqual(expect.arrayContaining(OF_EXAMPLES));
  for (const name of OF_EXAMPLES) expect(await readFile(`${ROOT}examples/bot.mjs`, 'utf8')).toContain(name);
});

test.for(['Dockerfile', 'compose.yaml', 'deploy/gigahost-mcp.service'])(
  '%s sets nothing that is no setting',
  async file => {
    const named = variablesIn(await readFile(`${ROOT}${file}`, 'utf8'));
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter(name => !VARIABLES.has(name))).toEqual([]);
  },
);
