import type { Client } from '../client/index.js';
import type { Inventory } from '../inventory/index.js';

/** All that completing an argument may use. The inventory holds what the caller may see. */
export interface CompletionContext {
  readonly client: Client;
  readonly inventory: Inventory;
  readonly signal: AbortSignal;
}

/** Arguments by name, as typed. One that was left empty is absent. */
export type Given = Readonly<Record<string, string>>;

export interface PromptArgument {
  readonly description: string;
  /** Values it can have; `given` are the other arguments so far. Which of them fit what was typed the caller decides. */
  readonly complete?: (context: CompletionContext, given: Given) => Promise<readonly string[]>;
}

/**
 * A whole job that a person picks from a menu, as what they would say to their assistant. No argument is required: the
 * text asks for what it was not given.
 */
export interface Prompt {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly arguments: Readonly<Record<string, PromptArgument>>;
  /** Tools without which the job cannot be done, or not safely: where one cannot be called, there is no such prompt. */
  readonly needs: readonly string[];
  /** The other tools its text names. */
  readonly uses: readonly string[];
  /** Each argument comes in quotes that it cannot close. */
  readonly text: (quoted: Given) => string;
}
