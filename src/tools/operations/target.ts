import type { Effect } from '../../client/effect.js';
import { InputError } from '../../inventory/input-error.js';
import { explainArguments, inWords, WrongArguments } from '../explain-arguments.js';
import type { Relayed, SessionTool, Tool, ToolContext } from '../tool.js';
import { changerOf, readerOf } from './endpoint-tool.js';
import { prepare } from './prepare.js';
import { coverOf, operationNamed, SIGNS_IN, toolNamed, type Operation } from './registry.js';

interface Call {
  readonly operation: string;
  readonly arguments?: Readonly<Record<string, unknown>> | undefined;
  readonly cursor?: string | undefined;
}

const LONGEST_NAME = 60;

/**
 * Who carries a call out: the tool made for it, with its own arguments and guards, or the operation itself. `looks`
 * tells whether only what looks may be called; that is decided on what is declared, never on a name.
 */
export async function relayOf(
  { operation, arguments: args = {}, cursor }: Call,
  looks: boolean,
  context: ToolContext,
): Promise<Relayed> {
  const called = operationNamed(operation);
  const cover = toolNamed(operation, context.tools) ?? (called && coverOf(called.endpoint.id, context.tools));
  if (cover)
    return toTool(
      cover,
      called,
      { ...args, ...(cursor !== undefined && takesCursor(cover.tool) && { cursor }) },
      looks,
      context,
    );
  if (!called) throw await unknown(operation, context);
  const { endpoint } = called;
  if (endpoint.id === SIGNS_IN)
    throw new InputError(
      'The server signs in by itself, with what the operator set: no tool does that, and none has to.',
    );
  mustSuit(endpoint.id, endpoint.effect, looks, context);
  const prepared = await prepare(endpoint, args, context);
  const record = { operation: endpoint.id, arguments: prepared.record };
  return { tool: looks ? readerOf(prepared, cursor) : changerOf(prepared, context.tools), arguments: {}, record };
}

async function toTool(
  { tool, barred }: SessionTool,
  called: Operation | undefined,
  args: Readonly<Record<string, unknown>>,
  looks: boolean,
  context: ToolContext,
): Promise<Relayed> {
  if (barred !== undefined)
    throw new InputError(
      `${tool.name}, which does this, is switched off here: ${barred}. Nothing was sent to Gigahost.`,
    );
  mustSuit(tool.name, tool.effect, looks, context);
  const parsed = tool.input.safeParse(args, { error: inWords });
  if (!parsed.success) {
    const why = called && called.endpoint.id !== tool.name ? `${called.endpoint.id} is done by ${tool.name}. ` : '';
    throw new WrongArguments(why + explainArguments(tool.name, tool.input, parsed.error));
  }
  return 'relay' in tool ? tool.relay(context, parsed.data) : { tool, arguments: args };
}

const takesCursor = ({ input }: Tool): boolean => 'cursor' in input.shape;

/** @throws {InputError} naming the tool to call instead. */
function mustSuit(name: string, effect: Effect, looks: boolean, { tools }: ToolContext): void {
  if ((effect === 'read') === looks) return;
  const right = looks ? 'run_operation' : 'read_operation';
  const off = tools.find(({ tool }) => tool.name === right);
  const then = off?.barred
    ? `${right} would call it, and is switched off here: ${off.barred}`
    : `call it with ${right}`;
  throw new InputError(`${name} ${looks ? 'changes something' : 'only looks'}: ${then}. Nothing was sent to Gigahost.`);
}

async function unknown(name: string, { tools }: ToolContext): Promise<InputError> {
  const { search } = await import('./search.js');
  const close = search(name.replace(/([a-z])([A-Z])/g, '$1 $2'), tools).slice(0, 3);
  const maybe = close.length > 0 ? ` Did you mean ${close.map(({ name: found }) => found).join(', ')}?` : '';
  return new InputError(
    `There is no operation or tool called "${name.slice(0, LONGEST_NAME)}".${maybe} find_operation finds them by words.`,
  );
}
