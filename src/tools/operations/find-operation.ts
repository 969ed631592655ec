import * as z from 'zod';
import { InputError } from '../../inventory/input-error.js';
import { field } from '../../words/text.js';
import { tokensIn } from '../../words/tokens.js';
import { defineRead, type SessionTool, type Tool, type ToolContext } from '../tool.js';
import { argumentsOf, secretPathsOf } from './arguments.js';
import { barredWith, coverOf, GROUPS, named, notOffered, SIGNS_IN } from './registry.js';
import { asksForFile } from './saving.js';
import type { Found } from './search.js';
import { exampleOf, signatureOf, type Parameter } from './signature.js';

const MOST = 5;
/** For the text of an answer. */
const MOST_TOKENS = 850;

const Match = z.looseObject({
  operation: z.string().describe('What read_operation or run_operation takes'),
  does: z.string(),
  effect: z.string(),
  use: z.string().describe('How to call it'),
  arguments: z.array(z.string()),
  example: z.record(z.string(), z.unknown()).optional(),
});
type Match = z.output<typeof Match>;

export const findOperation = defineRead({
  name: 'find_operation',
  title: 'Find an operation',
  effect: 'read',
  toolset: 'operations',
  description:
    'Find what no listed tool does among all operations of Gigahost’s API, by words in English or Norwegian. Answers with how to call it.',
  input: z.strictObject({
    query: z.string().trim().min(1).max(200).describe('What to do, or the name of an operation'),
    group: z.string().trim().max(40).optional().describe('Only this group, such as webhosting-email'),
  }),
  output: z.looseObject({
    matches: z.array(Match),
    groups: z.array(z.string()).optional(),
    not_offered: z.string().optional(),
  }),

  async read({ tools }, { query, group }) {
    if (group !== undefined && !GROUPS.some(known => known === group))
      throw new InputError(`There is no group "${group}". There are: ${GROUPS.join(', ')}.`);
    // Whatever else is found by these words would end something that was not asked for.
    const not_offered = notOffered(query);
    if (not_offered !== undefined) return { matches: [], not_offered };
    const { search } = await import('./search.js');
    const exact = /\s/.test(query) ? undefined : named(query, tools);
    const found = exact ? [foundBy(exact)] : search(query, tools);
    const matches: Match[] = [];
    let size = 0;
    for (const one of found) {
      if (matches.length >= MOST) break;
      if (group !== undefined && one.operation?.group !== group) continue;
      const match = describe(one, tools);
      if (!match || matches.some(({ operation }) => operation === match.operation)) continue;
      const room = size + tokensIn(wordsOf(match)) <= MOST_TOKENS || matches.length === 0;
      const shown = room ? match : inShort(match);
      size += tokensIn(wordsOf(shown));
      matches.push(shown);
    }
    return matches.length > 0 ? { matches } : { matches, groups: [...GROUPS] };
  },

  say: ({ matches, groups = [], not_offered }) =>
    matches.length > 0
      ? matches.map(wordsOf)
      : (not_offered ??
        `Nothing fits these words. Say it in other words, or name one of the groups: ${groups.join(', ')}.`),
});

const foundBy = (exact: NonNullable<ReturnType<typeof named>>): Found =>
  'operation' in exact
    ? { name: exact.operation.endpoint.id, operation: exact.operation }
    : { name: exact.tool.tool.name, operation: undefined };

/** How something is called here; undefined where this server never would. */
function describe({ name, operation }: Found, tools: ToolContext['tools']): Match | undefined {
  const cover = operation
    ? (coverOf(operation.endpoint.id, tools) ?? barredWith(operation.endpoint.id, tools))
    : tools.find(({ tool }) => tool.name === name);
  const looksOnly = tools.some(({ tool, barred }) => tool.name === 'run_operation' && barred !== undefined);
  const effect = cover?.tool.effect ?? operation?.endpoint.effect;
  if (effect === undefined || (effect !== 'read' && looksOnly)) return undefined;
  if (cover) return describeTool(cover, operation?.endpoint.id);
  if (!operation) return undefined;
  const { endpoint } = operation;
  const secrets = secretPathsOf(endpoint);
  const parameters: Parameter[] = argumentsOf(endpoint).map(argument => ({
    ...argument,
    secret: argument.place === 'body' && secrets.has(argument.wire) ? argument.wire : undefined,
  }));
  if (asksForFile(endpoint))
    parameters.push({ name: 'save_as', schema: z.string().describe('File name in the folder for files') });
  if (endpoint.id === SIGNS_IN)
    return {
      operation: endpoint.id,
      does: endpoint.does,
      effect,
      use: 'not needed: the server signs in by itself',
      arguments: [],
    };
  return {
    operation: endpoint.id,
    does: endpoint.does,
    effect: `${effect}${endpoint.effectOf ? ', depending on what is sent' : ''}`,
    use: effect === 'read' ? 'read_operation' : 'run_operation',
    arguments: parameters.map(signatureOf),
    example: exampleOf(parameters),
  };
}

function describeTool({ tool, on, barred }: SessionTool, operation: string | undefined): Match {
  const parameters = Object.entries(tool.input.shape).map(([name, schema]) => ({ name, schema: schema as z.ZodType }));
  return {
    operation: tool.name,
    ...(operation !== undefined && { carries_out: operation }),
    does: tool.description,
    effect: tool.effect,
    use: barred === undefined ? useOf(tool, on) : `switched off: ${barred}`,
    arguments: barred === undefined ? parameters.map(signatureOf) : [],
    ...(barred === undefined && { example: exampleOf(parameters) }),
  };
}

const useOf = ({ name, effect }: Tool, on: boolean): string =>
  on ? `the tool ${name}` : effect === 'read' ? 'read_operation' : 'run_operation';

/** Names only: the whole comes when it is asked for by its name. */
const inShort = ({ example: _, ...match }: Match): Match => ({
  ...match,
  arguments: [...match.arguments.map(words => words.replace(/:.*/s, '')), '(find_operation with its name tells more)'],
});

function wordsOf({ operation, does, effect, use, arguments: args, example }: Match): string {
  const call = use === 'read_operation' || use === 'run_operation' ? `${use} with operation="${operation}"` : use;
  const lines = [
    `${operation} (${effect}): ${does}`,
    `call: ${call}`,
    args.length > 0 && `arguments: ${args.join('; ')}`,
    example && Object.keys(example).length > 0 && `example: ${JSON.stringify(example)}`,
  ];
  return lines
    .filter(Boolean)
    .map(line => field(String(line), 2000))
    .join('\n');
}
