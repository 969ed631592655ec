import type { Effect } from '../../client/effect.js';
import { InputError } from '../../inventory/input-error.js';
import { explainArguments, inWords, WrongArguments } from '../explain-arguments.js';
import type { Relayed, SessionTool, Tool, ToolContext } from '../tool.js';
import { changerOf, readerOf } from './endpoint-tool.js';
import { prepare } from './prepare.js';
import { barredWith, coverOf, named, SIGNS_IN } from './registry.js';

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
  const found = named(operation, context.tools);
  if (!found)
    throw new InputError(
      `There is no operation or tool called "${operation.slice(0, LONGEST_NAME)}". find_operation finds them by words.`,
    );
  const call = { args, cursor, looks };
  if ('tool' in found) return toTool(found.tool, call, context);
  const { endpoint } = found.operation;
  const cover = coverOf(endpoint.id, context.tools);
  if (cover) return toTool(cover, call, context, endpoint.id);
  if (endpoint.id === SIGNS_IN)
    throw new InputError(
      'The server signs in by itself, with what the operator set: no tool does that, and none has to.',
    );
  const part = barredWith(endpoint.id, context.tools);
  if (part) throw switchedOff(part);
  mustSuit(endpoint.id, endpoint.effect, looks, context);
  const prepared = await prepare(endpoint, args, context);
  const record = { operation: endpoint.id, arguments: prepared.record };
  return { tool: looks ? readerOf(prepared, cursor) : changerOf(prepared, context.tools), arguments: {}, record };
}

async function toTool(
  entry: SessionTool,
  { args, cursor, looks }: Given,
  context: ToolContext,
  operation?: string,
): Promise<Relayed> {
  const { tool } = entry;
  if (entry.barred !== undefined) throw switchedOff(entry);
  mustSuit(tool.name, tool.effect, looks, context);
  const given = { ...args, ...(cursor !== undefined && takesCursor(tool) && { cursor }) };
  const parsed = tool.input.safeParse(given, { error: inWords });
  if (!parsed.success) {
    const why = operation === undefined ? '' : `${operation} is done by ${tool.name}. `;
    throw new WrongArguments(why + explainArguments(tool.name, tool.input, parsed.error));
  }
  return 'relay' in tool ? tool.relay(context, parsed.data) : { tool, arguments: given };
}

interface Given {
  readonly args: Readonly<Record<string, unknown>>;
  readonly cursor: string | undefined;
  readonly looks: boolean;
}

const switchedOff = ({ tool, barred }: SessionTool): InputError =>
  new InputError(`${tool.name}, which does this, is switched off here: ${barred}. Nothing was sent to Gigahost.`);

const takesCursor = ({ input }: Tool): boolean => 'cursor' in input.shape;

/** @throws {InputError} naming the tool to call instead. */
function mustSuit(name: string, effect: Effect, looks: boolean, { tools }: ToolContext): void {
  if ((effect === 'read') === looks) return;
  const right = looks ? 'run_operation' : 'read_operation';
  const off = tools.find(({ tool }) => tool.name === right);
  const then = off?.barred
    ? `${right} would call it, and is switched off here: ${off.barred}`
    : `call it with ${right}`;
  throw new InputError(`${name} ${looks ? 'changes something' : 'only looks'}: ${then}.`);
}
