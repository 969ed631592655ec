import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { ArgsOf, Endpoint } from '../../client/endpoint.js';
import { Upload } from '../../client/upload.js';
import { madeUpPassword } from '../../guard/password.js';
import { refer, type Referent } from '../../inventory/references.js';
import { inWords, notCalled, problemOf, WrongArguments } from '../explain-arguments.js';
import type { ToolContext } from '../tool.js';
import { argumentsOf, canBeMadeUp, secretForms, secretPathsOf, walk, type Argument, type Leaf } from './arguments.js';
import { asksForFile } from './saving.js';

/** The arguments of a call, found right as far as that can be told without asking Gigahost. */
export interface Prepared {
  readonly endpoint: Endpoint;
  /** By argument: secrets and files are what they stand for, things are still called as the caller calls them. */
  readonly values: ReadonlyMap<Argument, unknown>;
  /** As the journal may keep them. */
  readonly record: Readonly<Record<string, unknown>>;
  /** Passwords that were made up for this call, by argument. */
  readonly madeUp: Readonly<Record<string, string>>;
  /** Secrets that the person is to type in, by argument. */
  readonly asked: Readonly<Record<string, Asked>>;
  readonly saveAs: string | undefined;
}

interface Asked {
  /** Stands among the values until then. */
  readonly placeholder: string;
  readonly schema: z.ZodType;
}

const SECRET_SHAPE = z.union([
  z.string(),
  z.strictObject({ generate: z.literal(true) }),
  z.strictObject({ ask: z.literal(true) }),
  z.strictObject({ file: z.string().min(1) }),
]);
const FILE_SHAPE = z.union([
  z.strictObject({ path: z.string().min(1) }),
  z.strictObject({ name: z.string().min(1).max(255), text: z.string() }),
  z.strictObject({ name: z.string().min(1).max(255), base64: z.base64() }),
]);
const LONGEST_REFERENCE = 253;
/** What is longer is what something holds, not what it is called. */
const LONGEST_ON_RECORD = 300;

/**
 * Checks what was given against the operation. Nothing is sent; files of this machine are read, and secrets concealed
 * from here on.
 * @throws {WrongArguments} with what the operation takes.
 */
export async function prepare(
  endpoint: Endpoint,
  given: Readonly<Record<string, unknown>>,
  context: Pick<ToolContext, 'conceal' | 'files'>,
): Promise<Prepared> {
  const known = argumentsOf(endpoint);
  const saves = asksForFile(endpoint);
  const secrets = secretPathsOf(endpoint);
  const isSecret = ({ place }: Argument, { path }: Leaf): boolean => place === 'body' && secrets.has(path);
  const problems: string[] = [];
  const madeUp: Record<string, string> = {};
  const asked: Record<string, Asked> = {};

  const names = new Set([...known.map(({ name }) => name), ...(saves ? ['save_as'] : [])]);
  const unknown = Object.keys(given).filter(name => !names.has(name));
  if (unknown.length > 0)
    problems.push(
      `unknown argument ${unknown
        .slice(0, 5)
        .map(name => JSON.stringify(name.slice(0, 40)))
        .join(', ')}`,
    );
  const saveAs = saves ? given['save_as'] : undefined;
  if (saves && (typeof saveAs !== 'string' || saveAs.trim() === ''))
    problems.push(`save_as ${saveAs === undefined ? 'is missing' : 'must be a file name'}`);

  const values = new Map<Argument, unknown>();
  for (const argument of known) {
    const raw = given[argument.name];
    if (raw === undefined) continue;
    const value = await walk(argument.schema, raw, argument.wire, async (leaf, here) => {
      if (isSecret(argument, leaf)) return { value: await secretOf(leaf, here) };
      if (leaf.isFile) return { value: await fileOf(leaf.path, here) };
      return leaf.schema instanceof z.ZodString && Number.isSafeInteger(here) ? { value: String(here) } : undefined;
    });
    values.set(argument, value);
  }
  for (const place of ['params', 'query', 'body'] as const) {
    const parsed = endpoint[place]?.safeParse(await placed(place, placeholder), { error: inWords });
    for (const {
      path: [wire, ...rest],
      message,
    } of parsed?.error?.issues ?? []) {
      if (place === 'body' && [wire, ...rest].join('.') in asked) continue;
      const argument = known.find(({ place: at, wire: name }) => at === place && name === wire);
      const problem = problemOf({ path: argument ? [argument.name, ...rest] : [], message });
      if (!problems.some(earlier => argument && earlier.startsWith(`${argument.wire} `))) problems.push(problem);
    }
  }
  if (problems.length > 0) {
    const takes = known.map(({ name, optional }) => (optional ? `${name}?` : name));
    throw new WrongArguments(notCalled(endpoint.id, problems, [...takes, ...(saves ? ['save_as'] : [])]));
  }

  const record: Record<string, unknown> = saves ? { save_as: saveAs } : {};
  for (const [argument, value] of values)
    record[argument.name] = await walk(argument.schema, value, argument.wire, (leaf, here) =>
      Promise.resolve(
        isSecret(argument, leaf)
          ? { value: '[hidden]' }
          : here instanceof Upload
            ? { value: { name: here.name, bytes: here.bytes.length } }
            : typeof here === 'string' && here.length > LONGEST_ON_RECORD
              ? { value: `[${here.length} characters]` }
              : undefined,
      ),
    );
  return { endpoint, values, record, madeUp, asked, saveAs: saves ? (saveAs as string).trim() : undefined };

  async function placed(
    place: Argument['place'],
    change: Parameters<typeof walk>[3],
  ): Promise<Record<string, unknown>> {
    const here = [...values].filter(([argument]) => argument.place === place);
    const entries = here.map(
      async ([{ wire, schema }, value]) => [wire, await walk(schema, value, wire, change)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }

  /** A password, made up, typed in by the person later, in a file, or given in plain text. */
  async function secretOf({ path, schema }: Leaf, value: unknown): Promise<unknown> {
    const shape = SECRET_SHAPE.safeParse(value);
    const { data } = shape;
    if (data === undefined || (typeof data === 'object' && 'generate' in data && !canBeMadeUp(path))) {
      problems.push(`${path} must be ${secretForms(path)}`);
      return undefined;
    }
    if (typeof data === 'object' && 'ask' in data) {
      asked[path] = { placeholder: randomUUID(), schema };
      return asked[path].placeholder;
    }
    const secret =
      typeof data === 'string'
        ? data
        : 'generate' in data
          ? (madeUp[path] = madeUpPassword())
          : await context.files.firstLine(data.file);
    if (secret !== '') context.conceal(secret);
    return secret;
  }

  async function fileOf(path: string, value: unknown): Promise<unknown> {
    const shape = FILE_SHAPE.safeParse(value);
    if (!shape.success) {
      problems.push(
        `${path} must be {"path": "name in the folder for files"}, {"name": "…", "text": "…"} or {"name": "…", "base64": "…"}`,
      );
      return undefined;
    }
    const { data } = shape;
    if ('path' in data) return context.files.read(data.path);
    if ('text' in data) return new Upload(data.name, new TextEncoder().encode(data.text));
    return new Upload(data.name, new Uint8Array(Buffer.from(data.base64, 'base64')));
  }
}

/** Stands for the id of a thing that is not looked for yet. */
const placeholder = ({ refers }: Leaf, value: unknown) =>
  Promise.resolve(isReference(value) && refers ? { value: '1' } : undefined);

const isReference = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_REFERENCE;

/** Arguments as they are sent, and what the things among them are. */
export interface Resolved {
  readonly args: ArgsOf<z.ZodObject, z.ZodObject, z.ZodObject>;
  readonly referents: ReadonlyMap<string, Referent>;
}

/** Looks up everything that is called by a name. Sends reads only. @throws {InputError} */
export async function resolveAll(
  { values }: Prepared,
  context: Pick<ToolContext, 'client' | 'inventory' | 'signal'>,
): Promise<Resolved> {
  const referents = new Map<string, Referent>();
  const args = { params: {}, query: {}, body: {} } as Record<Argument['place'], Record<string, unknown>>;
  for (const [argument, value] of values)
    args[argument.place][argument.wire] = await walk(argument.schema, value, argument.name, async (leaf, here) => {
      if (!leaf.refers || typeof here !== 'string') return undefined;
      const found = await refer(
        leaf.refers,
        here,
        { client: context.client, inventory: context.inventory, of: args.params['id'] as string | undefined },
        { signal: context.signal },
      );
      referents.set(leaf.path, found);
      return { value: found.id };
    });
  return { args, referents };
}
