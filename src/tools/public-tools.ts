import type { PublicTool } from './describe.js';

/** Set by the build: the catalogue as data, so that `tools/list` needs neither zod nor any tool's code. */
declare const BAKED_TOOLS: readonly PublicTool[] | undefined;

/** All tools as clients see them, in reading order. Computed once where the build has not done it. */
export async function publicTools(): Promise<readonly PublicTool[]> {
  if (typeof BAKED_TOOLS !== 'undefined') return BAKED_TOOLS;
  const [{ TOOLS }, { describeTool }] = await Promise.all([import('./index.js'), import('./describe.js')]);
  return TOOLS.map(describeTool);
}
