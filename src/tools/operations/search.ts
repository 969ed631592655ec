import MiniSearch from 'minisearch';
import { argumentsOf, describedAs } from './arguments.js';
import { OFFERED, type Operation } from './registry.js';
import { ABOUT, MEANINGS, PHRASES, STOP_WORDS } from './synonyms.js';
import type { SessionTool } from '../tool.js';

/** Something that can be found: an operation, or a tool that carries out none of them alone. */
export interface Found {
  readonly name: string;
  readonly operation: Operation | undefined;
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly does: string;
  readonly about: string;
  readonly path: string;
  readonly args: string;
  readonly tools: string;
  readonly group: string;
}

const FIELDS = ['name', 'does', 'about', 'path', 'args', 'tools', 'group'] as const;
const WEIGHTS: Readonly<Record<(typeof FIELDS)[number], number>> = {
  name: 3,
  does: 3,
  about: 4,
  path: 1,
  args: 0.6,
  tools: 0.8,
  group: 1,
};

/** `createDnsZone`, `/dns/zones/{zone_id}` and `zone_name` as words. */
const words = (text: string): string => text.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[/{}_]+/g, ' ');

/** Text with one word for what is said in several. */
const withoutPhrases = (text: string): string =>
  PHRASES.reduce((said, [phrase, meaning]) => said.replace(phrase, meaning), text.toLowerCase().normalize('NFC'));

const tokens = (text: string): string[] => withoutPhrases(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** One form for "zones" and "zone", "installed" and "install". */
function stem(term: string): string {
  if (term.length < 4 || /\d/.test(term)) return term;
  return term
    .replace(/ies$/, 'y')
    .replace(/(ss|x|ch|sh)es$/, '$1')
    .replace(/([^su])s$/, '$1')
    .replace(/(..[^aeiou])(ed|ing|er)$/, '$1')
    .replace(/e$/, '');
}

const STEMMED: ReadonlyMap<string, string> = new Map(
  [...MEANINGS].flatMap(([word, meaning]) => [
    [word, stem(meaning)],
    [stem(word), stem(meaning)],
  ]),
);
const meaningOf = (term: string): string | undefined => STEMMED.get(term) ?? STEMMED.get(stem(term));

/** The word of the API; of a Norwegian compound ("fakturaadresse") those of its parts. */
function asTerm(term: string): string | string[] | null {
  if (STOP_WORDS.has(term)) return null;
  const meaning = meaningOf(term);
  if (meaning !== undefined) return meaning;
  for (let at = 3; at <= term.length - 3; at += 1) {
    const [head, tail] = [
      meaningOf(term.slice(0, at).replace(/[se]$/, '')) ?? meaningOf(term.slice(0, at)),
      meaningOf(term.slice(at)),
    ];
    if (head !== undefined && tail !== undefined) return [head, tail];
  }
  return stem(term);
}

function entriesOf(tools: readonly SessionTool[]): Entry[] {
  const saysOf = (covering: readonly SessionTool[]): string =>
    covering.map(({ tool }) => `${words(tool.name)} ${tool.title} ${tool.description}`).join(' ');
  const operations = [...OFFERED].map(([id, { group, endpoint }]) => ({
    id,
    name: words(id),
    does: endpoint.does,
    about: ABOUT[id] ?? '',
    path: words(endpoint.path.replace(/\{\w+\}/g, '')),
    args: argumentsOf(endpoint)
      .map(({ name, schema }) => `${words(name)} ${describedAs(schema) ?? ''}`)
      .join(' '),
    tools: saysOf(tools.filter(({ tool }) => [...(tool.covers ?? []), ...(tool.partly ?? [])].includes(id))),
    group: words(group),
  }));
  const alone = tools
    .filter(({ tool }) => tool.toolset !== 'operations' && (tool.covers ?? []).length === 0)
    .map(({ tool }) => ({
      id: tool.name,
      name: words(tool.name),
      does: tool.description,
      about: '',
      path: '',
      args: '',
      tools: '',
      group: tool.toolset,
    }));
  return [...operations, ...alone];
}

const indexes = new WeakMap<readonly SessionTool[], MiniSearch<Entry>>();

function indexOf(tools: readonly SessionTool[]): MiniSearch<Entry> {
  const known = indexes.get(tools);
  if (known) return known;
  const index = new MiniSearch<Entry>({
    fields: [...FIELDS],
    tokenize: tokens,
    processTerm: asTerm,
    searchOptions: {
      boost: WEIGHTS,
      prefix: term => term.length > 3,
      fuzzy: term => (term.length > 4 ? 0.2 : false),
      weights: { fuzzy: 0.3, prefix: 0.4 },
      combineWith: 'OR',
    },
  });
  index.addAll(entriesOf(tools));
  indexes.set(tools, index);
  return index;
}

/** What fits a question, best first. */
export const search = (query: string, tools: readonly SessionTool[]): Found[] =>
  indexOf(tools)
    .search(query)
    .map(({ id }) => ({ name: String(id), operation: OFFERED.get(String(id)) }));
