import { catalogue } from '../catalogue.js';
import type { Config } from '../config.js';
import { unlimited } from '../guard/principal.js';
import type { PublicTool } from '../tools/describe.js';
import { selectionsOf, whyOff } from '../tools/select.js';
import { tokensIn } from '../words/tokens.js';

export interface ToolsFor {
  readonly all: readonly PublicTool[];
  /** What an assistant is shown. */
  readonly on: readonly PublicTool[];
}

/** The tools of a server that serves one person with this configuration. */
export async function toolsFor(config: Config): Promise<ToolsFor> {
  const { tools: all } = await catalogue();
  const selections = selectionsOf(config, unlimited('local'));
  return { all, on: all.filter(tool => whyOff(tool, selections) === undefined) };
}

/** Set by the build, as JSON: what each tool costs a context, in tokens of o200k. */
declare const BAKED_TOKENS: string | undefined;

/** What the list of these costs a context; about that where the build has not counted. */
export function tokensOf(tools: readonly PublicTool[]): number {
  const counted =
    typeof BAKED_TOKENS === 'undefined' ? {} : (JSON.parse(BAKED_TOKENS) as Readonly<Record<string, number>>);
  return tools.reduce(
    (sum, { name, description, inputSchema }) =>
      sum + (counted[name] ?? tokensIn(JSON.stringify({ name, description, inputSchema }))),
    0,
  );
}
