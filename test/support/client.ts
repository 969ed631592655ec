import { Client as ModernClient } from '@modelcontextprotocol/client';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

export const GENERATIONS = ['v1', 'v2-legacy', 'v2-auto', 'v2-pinned'] as const;
/** Which SDK the client is built on, and which protocol era it speaks. */
export type Generation = (typeof GENERATIONS)[number];

/** What the server asks a person through the client. */
export interface Question {
  readonly message: string;
  readonly properties: Readonly<Record<string, { readonly type: string; readonly title?: string }>>;
  readonly required: readonly string[];
}
export interface Reaction {
  readonly action: 'accept' | 'decline' | 'cancel';
  readonly content?: Record<string, string | boolean>;
}
/** How the person behind the client answers. */
export type Person = (question: Question) => Reaction | Promise<Reaction>;

/** Ticks the box, or types what they are asked to type. */
export const agrees: Person = ({ properties }) => ({
  action: 'accept',
  content: Object.fromEntries(
    Object.entries(properties).map(([name, { type, title = '' }]) => [
      name,
      type === 'boolean' ? true : (/^Type (.*) to confirm$/.exec(title)?.[1] ?? ''),
    ]),
  ),
});
/** Agrees, and fills in what is asked for under these names. */
export const fillsIn =
  (values: Readonly<Record<string, string>>): Person =>
  async question => {
    const { action, content = {} } = await agrees(question);
    const filled = Object.keys(content).flatMap(field => {
      const value = values[field.replace(/^field_/, '')];
      return value === undefined ? [] : [[field, value]];
    });
    return { action, content: { ...content, ...(Object.fromEntries(filled) as Record<string, string>) } };
  };
export const declines: Person = () => ({ action: 'decline' });
export const dismisses: Person = () => ({ action: 'cancel' });
export const types =
  (text: string): Person =>
  ({ properties }) => ({
    action: 'accept',
    content: Object.fromEntries(Object.keys(properties).map(name => [name, text])),
  });
export const neverAnswers: Person = () => new Promise<never>(() => undefined);

/** What somebody does about a page they are to open; by the time it resolves they have seen it, or not. */
export type Visitor = (page: { readonly message: string; readonly url: string }) => Reaction | Promise<Reaction>;

export interface ToolAnswer {
  readonly text: string;
  readonly structured: Record<string, unknown>;
  readonly isError: boolean;
  readonly content: readonly Record<string, unknown>[];
}
export interface CallOptions {
  readonly onprogress?: (progress: {
    progress: number;
    total?: number | undefined;
    message?: string | undefined;
  }) => void;
  readonly signal?: AbortSignal;
  readonly timeout?: number;
}

export interface Talking {
  readonly client: V1Client | ModernClient;
  /** What the server asked, oldest first. */
  readonly questions: readonly Question[];
  call(name: string, args?: Record<string, unknown>, options?: CallOptions): Promise<ToolAnswer>;
}

export interface TalkOptions {
  readonly generation?: Generation;
  /** Without one, the client declares that it cannot ask. */
  readonly person?: Person | undefined;
  /** Without one, the client declares that it opens no pages. */
  readonly visitor?: Visitor | undefined;
}

/** A real client of that generation with somebody behind it, not connected yet. */
export function createTalker({ generation = 'v1', person, visitor }: TalkOptions): Talking {
  const questions: Question[] = [];
  const answer = async (params: { message: string; requestedSchema?: object; url?: string }): Promise<Reaction> => {
    if (params.url !== undefined)
      return visitor ? visitor({ message: params.message, url: params.url }) : { action: 'cancel' };
    const { properties, required } = (params.requestedSchema ?? {}) as Partial<Question>;
    const question = { message: params.message, properties: properties ?? {}, required: required ?? [] };
    questions.push(question);
    return person ? person(question) : { action: 'cancel' };
  };
  const asks = {
    ...((person ?? visitor) && { elicitation: { ...(person && { form: {} }), ...(visitor && { url: {} }) } }),
  };
  const client = generation === 'v1' ? v1() : modern(generation);
  return {
    client,
    questions,
    async call(name, args = {}, options = {}) {
      const params = { name, arguments: args };
      const result =
        client instanceof V1Client
          ? await client.callTool(params, undefined, options)
          : await client.callTool(params, options);
      const content = result.content as readonly Record<string, unknown>[];
      return {
        text: content.flatMap(block => (block['type'] === 'text' ? [String(block['text'])] : [])).join('\n'),
        structured: (result.structuredContent ?? {}) as Record<string, unknown>,
        isError: result.isError === true,
        content,
      };
    },
  };

  function v1() {
    const client = new V1Client({ name: 'test', version: '1' }, { capabilities: asks });
    if (person ?? visitor)
      client.setRequestHandler(ElicitRequestSchema, async ({ params }) => ({
        ...(await answer(params)),
      }));
    return client;
  }

  function modern(generation: Exclude<Generation, 'v1'>) {
    const mode = { 'v2-legacy': 'legacy', 'v2-auto': 'auto', 'v2-pinned': { pin: '2026-07-28' } } as const;
    const client = new ModernClient(
      { name: 'test', version: '1' },
      {
        capabilities: asks,
        versionNegotiation: { mode: mode[generation] },
      },
    );
    if (person ?? visitor)
      client.setRequestHandler('elicitation/create', async ({ params }) => ({
        ...(await answer(params)),
      }));
    return client;
  }
}
