import { access } from 'node:fs/promises';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.js';
import { PAGES, pageNamed, ROOT, type Page } from './support/pages.js';

/** Without code, in which brackets are no links. */
const proseOf = ({ text }: Page): string => text.replaceAll(/^```[^]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');

/** The anchors of the headings, as GitHub makes them. */
function anchorsOf({ text }: Page): readonly string[] {
  const seen = new Map<string, number>();
  return [...text.replaceAll(/^```[^]*?^```$/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => {
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}

const LINKS = PAGES.flatMap(page =>
  [...proseOf(page).matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter(target => !/^[a-z]+:/.test(target))
    .map(target => [page.file, target] as const),
);

test.for(LINKS)('in %s, %s leads somewhere', async ([file, target]) => {
  const [path = '', anchor] = target.split('#');
  const there = path === '' ? file : posix.join(posix.dirname(file), path);
  await access(`${ROOT}${there}`);
  if (anchor !== undefined) expect(anchorsOf(pageNamed(there))).toContain(anchor);
});

test('the README leads to every page', () => {
  const led = LINKS.filter(([file]) => file === 'README.md').map(([, target]) => target);
  const others = PAGES.map(({ file }) => file).filter(file => file !== 'README.md');
  expect(led).toEqual(expect.arrayContaining([...others, 'docs/at-work.svg']));
});

/** It begins with the command to run. */
const BY_SYMPTOM = 'docs/troubleshooting.md';

test.for(PAGES.filter(({ file }) => file.startsWith('docs/') && file !== BY_SYMPTOM))(
  '$file begins by saying whom it is for',
  ({ text }) => {
    expect(text).toMatch(/^# [^\n]+\n\nFor who(?:m)?ever /);
  },
);

test('every tool that the pages name is one, or an argument, prompt or field', async () => {
  const { tools } = await catalogue();
  const names = tools.map(({ name }) => name);
  const known = new Set([...names, ...tools.flatMap(({ inputSchema }) => namesIn(inputSchema))]);
  const verbs = new Set(names.map(name => name.split('_', 1)[0]));
  for (const { file, text } of PAGES)
    for (const [, word = ''] of text.matchAll(/`([a-z]+(?:_[a-z]+)+)\??`/g))
      if (verbs.has(word.split('_', 1)[0])) expect([...known], `${file}: ${word}`).toContain(word);
});

const namesIn = (schema: unknown): readonly string[] =>
  typeof schema === 'object' && schema !== null
    ? Object.entries(schema).flatMap(([name, inner]) => [name, ...namesIn(inner)])
    : [];
