import type { Prompt } from './prompt.js';

/** A prompt as clients see it: plain data, made once, at build. */
export interface PublicPrompt {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly description: string;
    /** Whether its values can be completed. */
    readonly completes: boolean;
  }[];
  /** Tools that it is not offered without. */
  readonly needs: readonly string[];
}

export const describePrompt = ({ name, title, description, arguments: args, needs }: Prompt): PublicPrompt => ({
  name,
  title,
  description,
  arguments: Object.entries(args).map(([argument, { description, complete }]) => ({
    name: argument,
    description,
    completes: complete !== undefined,
  })),
  needs,
});
