import * as z from 'zod';
import type { Effect } from '../../client/effect.js';
import type { Endpoint } from '../../client/endpoint.js';
import { GigahostError } from '../../client/errors.js';
import type { Secret } from '../../client/secret.js';
import type { Plan } from '../../guard/plan.js';
import { CONCERNS_ALL } from '../../guard/scope.js';
import { InputError } from '../../inventory/input-error.js';
import { COMMON, NOUNS, SCOPED, type Referent } from '../../inventory/references.js';
import type { Inventory } from '../../inventory/index.js';
import { brief } from '../../words/fit.js';
import type { ChangeTool, ReadTool, ToolContext } from '../tool.js';
import { argumentsOf, refersOf } from './arguments.js';
import { resolveAll, type Prepared, type Resolved } from './prepare.js';
import { hasOwnId, namesOf, readPresent, shownBy, type Present } from './present.js';
import { coverOf, SAME_FOR_EVERYBODY } from './registry.js';
import { asksForFile, saveReply } from './saving.js';
import { blocksOfThing, bounded, handOver, inShort, isFields, isList, tableOf, tableWords } from './show.js';

const ANY = z.looseObject({});

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/**
 * What concerns the account as a whole is not for callers who see a part of it.
 * @throws {InputError}
 */
export function mustBeInReach(endpoint: Endpoint, { values }: Prepared, inventory: Inventory): void {
  if (inventory.whole || SAME_FOR_EVERYBODY.has(endpoint.id)) return;
  const named = [...values.keys()].flatMap(({ schema }) => refersOf(schema) ?? []);
  const ofThePart = named.some(kind => SCOPED.has(kind)) && named.every(kind => SCOPED.has(kind) || COMMON.has(kind));
  if (!ofThePart) throw new InputError(`${endpoint.id} ${CONCERNS_ALL}`);
}

/** An operation that looks, as a tool. */
export const readerOf = (prepared: Prepared, cursor: string | undefined): ReadTool => ({
  name: prepared.endpoint.id,
  title: prepared.endpoint.id,
  effect: 'read',
  toolset: 'operations',
  description: capital(prepared.endpoint.does),
  input: ANY,
  output: ANY,

  async read(context) {
    const { endpoint } = prepared;
    mustBeInReach(endpoint, prepared, context.inventory);
    const resolved = await resolveAll(prepared, context);
    const operation = endpoint.id;
    if (asksForFile(endpoint)) return { operation, ...(await saveReply(prepared, resolved, context)) };
    const decoded: unknown = await context.client.call(endpoint, resolved.args, { signal: context.signal });
    const { answer, handedOver } = await handOver(decoded, capital(sentence(prepared, resolved)), context);
    const beside = { operation, ...(handedOver && { secrets_in: handedOver }) };
    if (isList(answer)) return { ...beside, ...tableOf(answer, cursor, [operation, resolved.args]) };
    const { value, cut } = bounded(answer);
    return { ...beside, result: value, ...(cut && { shortened: true }) };
  },

  say(output) {
    if (typeof output['saved_as'] === 'string')
      return `Saved as ${output['saved_as']} (${String(output['bytes'])} bytes). It is for the user to open.`;
    const secrets = typeof output['secrets_in'] === 'string' && `Secrets are in ${output['secrets_in']}.`;
    if (Array.isArray(output['rows'])) return [...tableWords(output as never, 'entries'), secrets];
    return [
      ...blocksOfThing(output['result']),
      output['shortened'] === true && 'Shortened: long texts and long lists are cut.',
      secrets,
    ];
  },
});

const MOST_LINES = 20;
/** Arguments that are many things at once (--max-targets). */
const MANY = ['paths', 'files', 'quantity'];

/** An operation that changes something, as a tool: planned on what is there now, done once, and read back. */
export function changerOf(
  prepared: Prepared,
  tools: ToolContext['tools'],
): ChangeTool<typeof ANY, typeof ANY, Resolved> {
  const { endpoint } = prepared;
  const settledBy = settling(prepared, tools);
  const asked = Object.entries(prepared.asked);
  return {
    name: endpoint.id,
    title: endpoint.id,
    effect: endpoint.effect === 'read' ? 'update' : endpoint.effect,
    toolset: 'operations',
    description: capital(endpoint.does),
    settledBy,
    input: z.looseObject(Object.fromEntries(asked.map(([path, { schema }]) => [path, schema.optional()]))),
    output: ANY,

    async plan(context): Promise<Plan<Resolved>> {
      mustBeInReach(endpoint, prepared, context.inventory);
      const resolved = await resolveAll(prepared, context);
      const present = await readPresent(prepared, resolved, context, { signal: context.signal });
      if (present?.kind === 'absent' && !context.inventory.whole && hasOwnId(prepared))
        throw new InputError(`${present.shows.id} does not show it: it does not exist, or is not within reach here.`);
      if (Object.keys(prepared.madeUp).length > 0 || endpoint.secrets.some(path => !path.startsWith('request.')))
        await context.secrets.ready();
      const { args, referents } = resolved;
      const [own] = namesOf(prepared, args);
      const effect = effectOf(endpoint, args.body);
      const all = [...referents.values()];
      const server = all.find(found => found.server)?.server;
      const zone = all.find(found => found.zone !== undefined)?.zone;
      const targets = Math.max(1, ...MANY.map(name => sizeOf(args.body[name])));
      return {
        what: capital(sentence(prepared, resolved)),
        consequences: [...nowWords(present, prepared), ...withWords(prepared, referents), ...costWords(effect)],
        name: (hasOwnId(prepared) ? own : (inPath(prepared, referents)[0]?.name ?? all[0]?.name ?? own)) ?? endpoint.id,
        effect,
        targets,
        ...(server && { server }),
        ...(zone !== undefined && { zone }),
        ...(effect === 'purchase' && { cost: null }),
        asks: asked.map(([path]) => ({
          name: path,
          title: capital(path.replace(/[._]/g, ' ')),
          kind: 'secret',
          required: true,
        })),
        state: { is: bounded(present?.is ?? null).value, ids: all.map(({ id }) => id) },
        subject: resolved,
      };
    },

    async apply(context, { what, subject: resolved }, _args, _filled, secrets) {
      const decoded: unknown = await context.client
        .call(endpoint, { ...resolved.args, body: withTyped(resolved.args.body, prepared, secrets) }, {})
        .catch((error: unknown) => withSecretsSent(error, prepared, what, context));
      const { answer, handedOver } = await handOver(decoded, what, context, prepared.madeUp);
      const made = isFields(answer) && typeof answer['id'] === 'string' ? answer['id'] : undefined;
      const present = await readPresent(prepared, resolved, context, {}, made).catch(() => undefined);
      const result = answer === undefined || answer === null ? undefined : bounded(answer).value;
      return {
        operation: endpoint.id,
        changed: what,
        ...(result !== undefined && { result }),
        ...(present?.kind === 'row' || present?.kind === 'thing' ? { now: bounded(present.is, 1000).value } : {}),
        ...(present?.kind === 'absent' && { not_shown_by: present.shows.id }),
        ...(handedOver && { secrets_in: handedOver }),
      };
    },

    say: output => [
      `Done: ${lower(String(output['changed']))}.`,
      ...(output['result'] === undefined || isBare(output['result']) ? [] : blocksOfThing(output['result'])),
      typeof output['secrets_in'] === 'string' && `Secrets are in ${output['secrets_in']}.`,
      output['now'] !== undefined && `Now: ${inShort(output['now'])}.`,
      typeof output['not_shown_by'] === 'string' && `${output['not_shown_by']} does not show it now.`,
    ],
  };
}

/** What is sent, with the secrets that the person typed in where their places were kept. */
function withTyped(
  body: Resolved['args']['body'],
  { asked }: Prepared,
  secrets: Readonly<Record<string, Secret>>,
): Resolved['args']['body'] {
  const typed = new Map(Object.entries(asked).map(([path, { placeholder }]) => [placeholder, secrets[path]?.reveal()]));
  const fill = (value: unknown): unknown =>
    typeof value === 'string' && typed.has(value)
      ? typed.get(value)
      : isFields(value)
        ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner)]))
        : value;
  return fill(body) as Resolved['args']['body'];
}

/** Where nobody knows whether a change happened, what was made up for it may be in force. */
async function withSecretsSent(
  error: unknown,
  { madeUp }: Prepared,
  what: string,
  { secrets }: ToolContext,
): Promise<never> {
  const mayHold = error instanceof GigahostError && error.facts.changed !== 'nothing' && Object.keys(madeUp).length > 0;
  if (!mayHold) throw error;
  const where = await secrets.deliver(`${what} (not known whether it happened)`, madeUp);
  const reason = [error.facts.reason, `what was sent for it is in ${where}`].filter(Boolean).join('; ');
  throw new GigahostError(error.kind, { ...error.facts, reason }, { cause: error });
}

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);
const isBare = (result: unknown): boolean => isFields(result) && Object.values(result).every(value => value === null);
const sizeOf = (value: unknown): number =>
  Array.isArray(value) ? value.length : typeof value === 'number' ? value : 0;

function effectOf(endpoint: Endpoint, body: Readonly<Record<string, unknown>>): Exclude<Effect, 'read'> {
  const effect = endpoint.effectOf?.(body) ?? endpoint.effect;
  return effect === 'read' ? 'update' : effect;
}

/** "delete the mailbox post of the web hosting fjordkaffe.no", "change the database password of shop of …" */
function sentence(prepared: Prepared, { args, referents }: Resolved): string {
  const { endpoint } = prepared;
  const own = namesOf(prepared, args).map(brief).join(' ');
  const isAspect = hasOwnId(prepared) && !endpoint.path.endsWith('}');
  const words = [endpoint.does, own && (isAspect ? `of ${own}` : own)];
  // "give the sub-client Kunde AS the server web01"
  const said = [...referents.values()].filter(({ kind }) => endpoint.does.includes(NOUNS[kind]));
  if (!own && said.length > 1)
    return said.reduce(
      (all, { kind, words }) => all.replace(NOUNS[kind], `$& ${words.replaceAll('$', '$$$$')}`),
      endpoint.does,
    );
  for (const found of inPath(prepared, referents)) {
    const isItself = !own && endpoint.does.toLowerCase().includes(NOUNS[found.kind].toLowerCase());
    words.push(isItself ? found.words : `of the ${NOUNS[found.kind]} ${found.words}`);
  }
  return words.filter(Boolean).join(' ');
}

/** What the path names, the thing itself before what it is part of. */
const inPath = ({ endpoint }: Prepared, referents: ReadonlyMap<string, Referent>): readonly Referent[] =>
  argumentsOf(endpoint)
    .filter(({ place }) => place === 'params')
    .flatMap(({ name }) => referents.get(name) ?? [])
    .reverse();

function nowWords(present: Present | undefined, prepared: Prepared): string[] {
  switch (present?.kind) {
    case 'row':
    case 'thing':
      return [`Now: ${inShort(present.is)}`];
    case 'unread':
      return [`How it is now could not be read (${present.shows.id}).`];
    case 'absent':
      return hasOwnId(prepared) ? [`${present.shows.id} does not show it now.`] : [];
    case undefined:
      return [];
  }
}

/** What is sent, as the person should see it. */
function withWords({ values, record, madeUp, asked }: Prepared, referents: ReadonlyMap<string, Referent>): string[] {
  const lines = [...values.keys()]
    .filter(({ place }) => place !== 'params')
    .map(({ name, wire }) => {
      const found = referents.get(name);
      const value =
        wire in madeUp
          ? 'made up here and handed over'
          : wire in asked
            ? 'typed in by the person, unseen'
            : (found?.words ?? inShort(record[name]));
      return `${name}: ${value}`;
    });
  return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), `and ${lines.length - MOST_LINES} more`] : lines;
}

const costWords = (effect: Effect): string[] =>
  effect === 'purchase' ? ['It costs money; Gigahost’s API does not say beforehand how much.'] : [];

/** The read that shows whether a change happened, as a caller says it. */
function settling({ endpoint, record }: Prepared, tools: ToolContext['tools']): string {
  const shows = shownBy(endpoint);
  if (!shows) return 'the Gigahost panel';
  const cover = coverOf(shows.id, tools);
  if (cover?.barred === undefined && cover) return cover.tool.name;
  const args = argumentsOf(shows).flatMap(({ name }) =>
    name in record ? [`${name}=${JSON.stringify(record[name])}`] : [],
  );
  return `read_operation with operation="${shows.id}"${args.length > 0 ? ` and ${args.join(', ')}` : ''}`;
}
