import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Of the checkout, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
  /** The heading it stands under. */
  readonly under: string;
  readonly line: number;
}

export interface Page {
  /** As seen from the root of the checkout. */
  readonly file: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

async function pageOf(file: string): Promise<Page> {
  const text = await readFile(`${ROOT}${file}`, 'utf8');
  const blocks = [...text.matchAll(/^(```+)(.*)\n([^]*?)^\1$/gm)].map(({ index, 2: language = '', 3: held = '' }) => {
    const before = text.slice(0, index);
    const under = /^#+ (.*)$/m.exec(before.slice(before.lastIndexOf('\n#') + 1))?.[1] ?? '';
    return { page: file, language, text: held, under, line: before.split('\n').length };
  });
  const fences = text.match(/^\s*(```|~~~)/gm) ?? [];
  if (fences.length !== blocks.length * 2) throw new Error(`${file} has a fenced block that is not read here`);
  return { file, text, blocks };
}

const docs = (await readdir(`${ROOT}docs`)).filter(name => name.endsWith('.md')).map(name => `docs/${name}`);

/** Everything a person is given to read. */
export const PAGES: readonly Page[] = await Promise.all(
  ['README.md', ...docs, 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'].map(pageOf),
);

export function pageNamed(file: string): Page {
  const page = PAGES.find(candidate => candidate.file === file);
  if (!page) throw new Error(`there is no page ${file}`);
  return page;
}
