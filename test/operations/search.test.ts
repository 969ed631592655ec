import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TOOLS } from '../../src/tools/index.js';
import { OFFERED } from '../../src/tools/operations/registry.js';
import { search } from '../../src/tools/operations/search.js';

/** What people ask, and the operations of which one answers it. */
interface Question {
  readonly query: string;
  readonly expect: readonly string[];
  readonly lang: 'en' | 'nb';
}

const QUESTIONS = JSON.parse(readFileSync(new URL('questions.json', import.meta.url), 'utf8')) as readonly Question[];
const FIRST = 3;

const tools = TOOLS.map(tool => ({ tool, on: true, barred: undefined }));
const measured = QUESTIONS.filter(question => question.expect.some(id => OFFERED.has(id)));
const found = measured.map(question => {
  const names = search(question.query, tools).map(({ name }) => name);
  return { ...question, names, hit: names.slice(0, FIRST).some(name => question.expect.includes(name)) };
});
const shareOf = (rows: typeof found): number => rows.filter(({ hit }) => hit).length / rows.length;
const misses = found.filter(({ hit }) => !hit);

test('what people ask for is among the first three that are found', () => {
  process.stdout.write(
    [
      `${found.length - misses.length} of ${found.length}`,
      ...misses.map(
        ({ query, expect: right, names }) => `${query} → ${names.slice(0, FIRST).join(', ')} (not ${right.join(', ')})`,
      ),
    ]
      .map(line => `${line}\n`)
      .join(''),
  );
  expect(measured).toHaveLength(378);
  expect(shareOf(found)).toBeGreaterThanOrEqual(0.95);
});

test('also where they ask in Norwegian', () => {
  expect(shareOf(found.filter(({ lang }) => lang === 'nb'))).toBeGreaterThanOrEqual(0.9);
});
