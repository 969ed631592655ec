import { completable, type McpServer, type StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import { advertised, type Check } from './advertised.js';
import type { Catalogue } from '../catalogue.js';
import type { Config } from '../config.js';
import { completions } from './completion.js';
import type { Principal } from '../guard/principal.js';
import type { Log } from '../log.js';
import type { PublicPrompt } from '../prompts/describe.js';
import type { Way } from '../prompts/expand.js';
import type { Given } from '../prompts/prompt.js';
import type { Session } from '../tools/run.js';
import { selectionsOf, whyBarred, whyOff } from '../tools/select.js';

export interface PromptParts {
  readonly catalogue: Catalogue;
  readonly config: Config;
  readonly principal: Principal;
  readonly log: Log;
  readonly session: () => Promise<Session>;
}

/** A name, not a text: what is longer was pasted into the wrong field. */
const LONGEST_ARGUMENT = 200;
/** Whoever types does not wait for longer. */
const COMPLETION_MS = 10_000;

/** Those that exist for somebody: where each tool they cannot do without can be called in some way. */
export function promptsOn(catalogue: Catalogue, config: Config, principal: Principal): PublicPrompt[] {
  const wayTo = ways(catalogue, config, principal);
  return catalogue.prompts.filter(({ needs }) => needs.every(tool => wayTo(tool) !== 'off'));
}

/** How somebody's assistant can call a tool: one that is merely not listed is called by name, where that is on. */
function ways({ tools }: Catalogue, config: Config, principal: Principal): (name: string) => Way {
  const selections = selectionsOf(config, principal);
  const found = (name: string) => tools.find(tool => tool.name === name);
  return name => {
    const tool = found(name);
    if (!tool) return 'off';
    if (whyOff(tool, selections) === undefined) return 'listed';
    const through = tool.effect === 'read' ? 'read_operation' : 'run_operation';
    const relay = found(through);
    const isThere = relay !== undefined && whyOff(relay, selections) === undefined;
    return isThere && whyBarred(tool, selections) === undefined ? through : 'off';
  };
}

/** Registers prompts. Their texts, and what completes their arguments, are loaded with the first that is picked. */
export function registerPrompts(mcp: McpServer, prompts: readonly PublicPrompt[], parts: PromptParts): void {
  for (const prompt of prompts) {
    const { name, title, description } = prompt;
    const config = { title, description, argsSchema: schemaOf(prompt, parts) };
    mcp.registerPrompt(name, config, async given => {
      const [{ PROMPTS }, { expand }] = await Promise.all([
        import('../prompts/index.js'),
        import('../prompts/expand.js'),
      ]);
      const picked = PROMPTS.find(candidate => candidate.name === name);
      if (!picked) throw new Error(`${name} is listed and does not exist`);
      const wayTo = ways(parts.catalogue, parts.config, parts.principal);
      const text = expand(picked, given, wayTo, parts.config.lang);
      return { description, messages: [{ role: 'user', content: { type: 'text', text } }] };
    });
  }
}

/** The arguments as the SDK wants them: it lists them from the JSON Schema, and completes those whose part of `shape` can. */
function schemaOf(prompt: PublicPrompt, parts: PromptParts): StandardSchemaWithJSON<Given, Given> {
  const properties = prompt.arguments.map(({ name, description, completes }) => {
    const json = { type: 'string', description };
    const part = advertised<string>(json);
    return { name, json, part: completes ? completable(part, completer(prompt.name, name, parts)) : part };
  });
  const json = { type: 'object', properties: Object.fromEntries(properties.map(({ name, json }) => [name, json])) };
  const shape: unknown = Object.fromEntries(properties.map(({ name, part }) => [name, part]));
  return Object.assign(
    advertised<Given>(json, value => checked(prompt, value as Given)),
    { shape },
  );
}

/** An argument that was left empty was not given. */
function checked({ arguments: args }: PublicPrompt, value: Given): ReturnType<Check<Given>> {
  const given = Object.entries(value).filter(([, text]) => text.trim() !== '');
  const known = args.map(({ name }) => name);
  const issues = given.flatMap(([name, text]) => {
    if (!known.includes(name)) return [{ message: `there is no ${name}; it takes ${known.join(', ') || 'none'}` }];
    return text.length > LONGEST_ARGUMENT
      ? [{ message: `${name} is longer than ${LONGEST_ARGUMENT} characters; paste texts into the conversation` }]
      : [];
  });
  return issues.length > 0 ? { issues } : { value: Object.fromEntries(given) };
}

/** Completes one argument. Where the account cannot be looked into there is nothing to offer, and the log says why. */
function completer(prompt: string, argument: string, { log, session }: PromptParts) {
  return async (typed: string, context?: { readonly arguments?: Given }): Promise<string[]> => {
    try {
      const [{ PROMPTS }, { client, inventory, scrubber }] = await Promise.all([
        import('../prompts/index.js'),
        session(),
      ]);
      const { complete } = PROMPTS.find(({ name }) => name === prompt)?.arguments[argument] ?? {};
      const reach = { client, inventory, signal: AbortSignal.timeout(COMPLETION_MS) };
      const values = (await complete?.(reach, context?.arguments ?? {})) ?? [];
      return await completions(values, typed, scrubber.scrub);
    } catch (error) {
      log.warn(`completing ${argument} of ${prompt} failed`, { reason: String(error) });
      return [];
    }
  };
}
