import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAGES, ROOT, type Block } from './support/pages.js';
import { NOT_RUN, runCommand } from './support/run-command.js';
import { useConfiguration } from './support/run-configuration.js';
import { openScene, openWorld, type Scene, type World } from './support/scene.js';
import { commandsIn } from './support/shell.js';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const BLOCKS = PAGES.flatMap(({ blocks }) => blocks);

async function follow(block: Block, scene: Scene): Promise<void> {
  switch (block.language) {
    case 'sh':
      for (const command of commandsIn(block.text)) await runCommand(command, scene);
      return;
    case 'json':
    case 'toml':
      return useConfiguration(block, scene);
    case 'ts':
      // It is run as a test of its own.
      return expect(await testsHere()).toContain(block.text);
    default:
      throw new Error(`nobody knows what a block of "${block.language}" is`);
  }
}

const testsHere = async (): Promise<readonly string[]> => {
  const names = (await readdir(`${ROOT}test/docs`)).filter(name => name.endsWith('.test.ts'));
  return Promise.all(names.map(name => readFile(`${ROOT}test/docs/${name}`, 'utf8')));
};

test.for(BLOCKS.map(block => [`${block.page}:${block.line} (${block.under})`, block] as const))(
  '%s does what it says',
  { timeout: 180_000 },
  async ([, block]) => {
    await using scene = await openScene(world);
    await follow(block, scene);
  },
);

test('there are blocks of each kind', () => {
  const kinds = new Set(BLOCKS.map(({ language }) => language));
  expect([...kinds].sort()).toEqual(['json', 'sh', 'toml', 'ts']);
});

test('what is not run is shown somewhere', () => {
  const shown = BLOCKS.filter(({ language }) => language === 'sh').flatMap(({ text }) => commandsIn(text));
  expect(shown.map(({ text }) => text)).toEqual(expect.arrayContaining(Object.keys(NOT_RUN)));
});
