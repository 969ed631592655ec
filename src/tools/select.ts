import type { Effect } from '../client/effect.js';
import { DEFAULT_TOOLSETS, type Toolset } from '../toolsets.js';

/** What the operator switched on. */
export interface Selection {
  readonly readOnly: boolean;
  /** Undefined where none were chosen: then what most people need, unless tools are included by name. */
  readonly toolsets: readonly string[] | 'all' | undefined;
  readonly tools: readonly string[];
  readonly excludeTools: readonly string[];
}

interface Selectable {
  readonly name: string;
  readonly effect: Effect;
  readonly toolset: Toolset;
}

/**
 * Why a tool is switched off, or undefined when it is on. The order is fixed: read-only, then exclude, then include,
 * then toolset. Tools included by name stand alone unless toolsets are chosen beside them.
 */
export function whyOff(tool: Selectable, selection: Selection): string | undefined {
  const barred = whyBarred(tool, selection);
  if (barred !== undefined) return barred;
  const { name, toolset } = tool;
  const { toolsets, tools } = selection;
  if (tools.includes(name)) return undefined;
  if (toolsets === 'all') return undefined;
  if (toolsets === undefined && tools.length > 0) return 'only some tools are on (--tools)';
  return (toolsets ?? DEFAULT_TOOLSETS).includes(toolset) ? undefined : `the toolset ${toolset} is not on (--toolsets)`;
}

/** Why a tool must not be used in any way, also not by way of another: a tool that is merely not listed may be. */
export function whyBarred({ name, effect }: Selectable, { readOnly, excludeTools }: Selection): string | undefined {
  if (readOnly && effect !== 'read') return 'this server only looks (--read-only)';
  return excludeTools.includes(name) ? 'it is excluded (--exclude-tools)' : undefined;
}

/** The names of a selection that no tool has. */
export const unknownNames = ({ tools, excludeTools }: Selection, known: readonly Selectable[]): string[] =>
  [...tools, ...excludeTools].filter(name => !known.some(tool => tool.name === name));
