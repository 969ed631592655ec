import type { Client } from '@modelcontextprotocol/client';
import { expect } from 'vitest';
import type { Talking } from './client.js';

type Prompting = Pick<Client, 'listPrompts' | 'getPrompt' | 'complete'>;
/** The generations differ in types that mean the same. */
const clientOf = ({ client }: Pick<Talking, 'client'>) => client as Prompting;

/** The prompts that are offered, by name. */
export const namesOfPrompts = async (mcp: Pick<Talking, 'client'>): Promise<string[]> =>
  (await clientOf(mcp).listPrompts()).prompts.map(({ name }) => name);

/** The one message that a prompt expands to, which is from the person and a text. */
export async function textOf(
  mcp: Pick<Talking, 'client'>,
  name: string,
  given?: Readonly<Record<string, string>>,
): Promise<string> {
  const { messages } = await clientOf(mcp).getPrompt({ name, ...(given && { arguments: given }) });
  expect(messages).toEqual([{ role: 'user', content: { type: 'text', text: expect.any(String) as unknown } }]);
  const [message] = messages;
  return message?.content.type === 'text' ? message.content.text : '';
}

/** What an argument of a prompt is completed to; `given` are the other arguments so far. */
export const completionOf = async (
  mcp: Pick<Talking, 'client'>,
  name: string,
  argument: string,
  value: string,
  given?: Record<string, string>,
): Promise<readonly string[]> =>
  (
    await clientOf(mcp).complete({
      ref: { type: 'ref/prompt', name },
      argument: { name: argument, value },
      ...(given && { context: { arguments: given } }),
    })
  ).completion.values;
