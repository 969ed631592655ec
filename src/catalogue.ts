import type { PublicPrompt } from './prompts/describe.js';
import type { PublicResource } from './resources/describe.js';
import type { PublicTool } from './tools/describe.js';

/** Everything a client may be told without asking Gigahost, in reading order. Plain data. */
export interface Catalogue {
  readonly tools: readonly PublicTool[];
  readonly resources: readonly PublicResource[];
  readonly prompts: readonly PublicPrompt[];
}

/** Set by the build, as JSON: lists need neither zod nor the code of any tool, resource or prompt. */
declare const BAKED_CATALOGUE: string | undefined;

/** The catalogue; computed where the build has not done it. */
export async function catalogue(): Promise<Catalogue> {
  if (typeof BAKED_CATALOGUE !== 'undefined') return JSON.parse(BAKED_CATALOGUE) as Catalogue;
  const [{ TOOLS }, { describeTool }, { RESOURCES }, { describeResource }, { PROMPTS }, { describePrompt }] =
    await Promise.all([
      import('./tools/index.js'),
      import('./tools/describe.js'),
      import('./resources/index.js'),
      import('./resources/describe.js'),
      import('./prompts/index.js'),
      import('./prompts/describe.js'),
    ]);
  return {
    tools: TOOLS.map(describeTool),
    resources: RESOURCES.map(describeResource),
    prompts: PROMPTS.map(describePrompt),
  };
}
