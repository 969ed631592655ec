import * as z from 'zod';
import { annotationsOf, isGuarded } from '../guard/effects.js';
import type { Toolset } from '../toolsets.js';
import type { Tool } from './tool.js';

/** A tool as clients see it: plain data, made once, at build. */
export interface PublicTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly toolset: Toolset;
  readonly effect: Tool['effect'];
  readonly relays: boolean;
  readonly fourEyes?: true;
  readonly annotations: ReturnType<typeof annotationsOf> & { readonly title: string };
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly outputSchema: Readonly<Record<string, unknown>>;
}

const ConfirmationCode = z.string().max(40).optional().describe('Code of the plan the person agreed to');

const ChangeId = z.string().optional().describe('id of this change in the journal');

/** How a guarded call can end without an error; `stopped`: half-way. */
const GuardedStatus = {
  status: z.enum(['done', 'stopped', 'confirmation_required', 'pending_approval', 'declined', 'dismissed']),
  plan: z.string().optional().describe('What would happen, to show to the person'),
  confirmation_code: z.string().optional(),
  expires_at: z.string().optional(),
};

/** Whether a person may have to confirm: a relayed change is as strong as the tool it is relayed to. */
export const mayAsk = (tool: Tool): boolean =>
  tool.effect !== 'read' && (isGuarded(tool.effect) || 'relay' in tool || ('mayAsk' in tool && tool.mayAsk === true));

/** The arguments a tool takes: its own, and the code where it may ask. */
export const inputOf = (tool: Tool): z.ZodObject =>
  mayAsk(tool) ? tool.input.extend({ confirmation_code: ConfirmationCode }) : tool.input;

/** What it answers with. A tool that may ask can answer with a plan instead of a result, so its fields are optional. */
export function outputOf(tool: Tool): z.ZodObject {
  if (tool.effect === 'read') return tool.output;
  const output = tool.output.extend({ change_id: ChangeId });
  if (!mayAsk(tool)) return output;
  const { status } = GuardedStatus;
  // What a tool of any effect answers with may have fields of these names with another meaning.
  if (isGuarded(tool.effect) && 'relay' in tool) return output.partial();
  return output.partial().extend({ ...GuardedStatus, status: isGuarded(tool.effect) ? status : status.optional() });
}

/** Whether it hands over to other tools. */
export const relays = (tool: Tool): boolean => 'relay' in tool;

export const describeTool = (tool: Tool): PublicTool => ({
  name: tool.name,
  title: tool.title,
  description: tool.description,
  toolset: tool.toolset,
  effect: tool.effect,
  relays: relays(tool),
  ...(tool.fourEyes && { fourEyes: true as const }),
  annotations: { title: tool.title, ...annotationsOf(tool.effect) },
  inputSchema: jsonSchema(inputOf(tool), 'input'),
  outputSchema: jsonSchema(outputOf(tool), 'output'),
});

/**
 * Loose objects say `true`, not the equivalent `{}`, which some clients warn about. Lengths and patterns are left out: they
 * cost context in every conversation, and whoever breaks one is told what would be right.
 */
function jsonSchema(schema: z.ZodObject, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema: made }) => {
      for (const limit of TOLD_WHEN_BROKEN) delete made[limit];
      if (made.type === 'object' && isEmptyObject(made.additionalProperties)) made.additionalProperties = true;
    },
  });
  return io === 'output' ? { ...rest, additionalProperties: true } : rest;
}

const TOLD_WHEN_BROKEN = ['minLength', 'maxLength', 'maxItems', 'pattern', 'format'] as const;

const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
