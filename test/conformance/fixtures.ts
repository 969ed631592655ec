/** What the protocol's conformance suite asks of a server beside its product: tools, resources and prompts by its names. */
import { setTimeout as wait } from 'node:timers/promises';
import {
  CLIENT_CAPABILITIES_META_KEY,
  createRequestStateCodec,
  inputRequired,
  ResourceTemplate,
  type CallToolResult,
  type ClientCapabilities,
  type InputRequiredResult,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { Beside } from '../../src/hosts/mcp-server.js';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const WAV = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAAAAA==';
const text = (words: string): CallToolResult => ({ content: [{ type: 'text', text: words }] });
const image = { type: 'image', data: PNG, mimeType: 'image/png' } as const;
const form = (message: string, properties: Record<string, unknown>, required: string[] = []) =>
  ({ mode: 'form', message, requestedSchema: { type: 'object', properties, required } }) as never;

const states = createRequestStateCodec<{ step: number }>({
  key: 'conformance-conformance-conformance',
  ttlSeconds: 300,
});
const named = { name: { type: 'string' } };
const sampling = (words: string, maxTokens: number) => ({
  messages: [{ role: 'user' as const, content: { type: 'text' as const, text: words } }],
  maxTokens,
});

type Answer = CallToolResult | InputRequiredResult;
type Handler = (context: ServerContext, args: Record<string, string>) => Answer | Promise<Answer>;
const given = ({ mcpReq }: ServerContext): Record<string, Record<string, unknown>> =>
  (mcpReq.inputResponses ?? {}) as never;
const contentOf = (context: ServerContext, key: string): Record<string, unknown> | undefined => {
  const found = given(context)[key];
  return found?.['action'] === 'accept' ? (found['content'] as Record<string, unknown> | undefined) : undefined;
};
const askName = (message: string) => inputRequired.elicit(form(message, named, ['name']));
const capabilitiesOf = ({ mcpReq }: ServerContext): ClientCapabilities =>
  (mcpReq.envelope as Record<string, unknown> | undefined)?.[CLIENT_CAPABILITIES_META_KEY] ?? {};

/** Both eras may ask for input in their own way. */
const elicited =
  (message: string, properties: Record<string, unknown>, required: string[], said: string): Handler =>
  async context => {
    const { action, content } = await context.mcpReq.elicitInput(form(message, properties, required));
    return text(`${said}: action=${action}, content=${JSON.stringify(content ?? {})}`);
  };

const options = ['option1', 'option2', 'option3'];
const titled = (at: string) => [1, 2, 3].map(n => ({ const: `value${n}`, title: `${at} ${n}` }));

const TOOLS: Readonly<Record<string, Handler>> = {
  test_simple_text: () => text('This is a simple text response for testing.'),
  test_image_content: () => ({ content: [image] }),
  test_audio_content: () => ({ content: [{ type: 'audio', data: WAV, mimeType: 'audio/wav' }] }),
  test_embedded_resource: () => ({
    content: [
      {
        type: 'resource',
        resource: {
          uri: 'test://embedded-resource',
          mimeType: 'text/plain',
          text: 'This is an embedded resource content.',
        },
      },
    ],
  }),
  test_multiple_content_types: () => ({
    content: [
      { type: 'text', text: 'Multiple content types test:' },
      image,
      {
        type: 'resource',
        resource: {
          uri: 'test://mixed-content-resource',
          mimeType: 'application/json',
          text: '{"test":"data","value":123}',
        },
      },
    ],
  }),
  test_tool_with_logging: async ({ mcpReq }) => {
    for (const words of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await mcpReq.log('info', words);
      await wait(50);
    }
    return text('Done.');
  },
  test_error_handling: () => Promise.reject(new Error('This tool intentionally returns an error for testing')),
  test_tool_with_progress: async ({ mcpReq }) => {
    const progressToken = mcpReq._meta?.progressToken;
    for (const progress of [0, 50, 100]) {
      if (progressToken !== undefined)
        await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
      await wait(50);
    }
    return text('Done.');
  },
  test_sampling: async ({ mcpReq }, { prompt = '' }) => {
    const { content } = await mcpReq.requestSampling(sampling(prompt, 100));
    return text(`LLM response: ${JSON.stringify(content)}`);
  },
  test_elicitation: async (context, { message = '' }) =>
    elicited(
      message,
      {
        username: { type: 'string', description: "User's response" },
        email: { type: 'string', description: "User's email address" },
      },
      ['username', 'email'],
      'User response',
    )(context, {}),
  test_elicitation_sep1034_defaults: elicited(
    'Please review',
    {
      name: { type: 'string', default: 'John Doe' },
      age: { type: 'integer', default: 30 },
      score: { type: 'number', default: 95.5 },
      status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
      verified: { type: 'boolean', default: true },
    },
    [],
    'Elicitation completed',
  ),
  test_elicitation_sep1330_enums: elicited(
    'Please choose',
    {
      untitledSingle: { type: 'string', enum: options },
      titledSingle: { type: 'string', oneOf: titled('Option') },
      legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'], enumNames: ['One', 'Two', 'Three'] },
      untitledMulti: { type: 'array', items: { type: 'string', enum: options } },
      titledMulti: { type: 'array', items: { anyOf: titled('Choice') } },
    },
    [],
    'Elicitation completed',
  ),
  test_input_required_result_elicitation: context => {
    const { name } = contentOf(context, 'user_name') ?? {};
    if (typeof name === 'string') return text(`Hello, ${name}!`);
    return inputRequired({ inputRequests: { user_name: askName('What is your name?') } });
  },
  test_input_required_result_sampling: context => {
    const answer = given(context)['capital_question'];
    if (answer) return text(JSON.stringify(answer['content']));
    const ask = inputRequired.createMessage(sampling('What is the capital of France?', 100));
    return inputRequired({ inputRequests: { capital_question: ask } });
  },
  test_input_required_result_list_roots: context => {
    const answer = given(context)['client_roots'];
    if (answer) return text(JSON.stringify(answer['roots']));
    return inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
  },
  test_input_required_result_request_state: confirmed('state-ok'),
  test_input_required_result_tampered_state: confirmed('state-ok'),
  test_input_required_result_multiple_inputs: async context => {
    const answers = given(context);
    if (['user_name', 'greeting', 'client_roots'].every(key => answers[key])) return text('All three are there.');
    return inputRequired({
      requestState: await states.mint({ step: 1 }, context),
      inputRequests: {
        user_name: askName('What is your name?'),
        greeting: inputRequired.createMessage(sampling('Generate a greeting', 50)),
        client_roots: inputRequired.listRoots(),
      },
    });
  },
  test_input_required_result_multi_round: async context => {
    const { step } = context.mcpReq.requestState<{ step: number }>() ?? { step: 0 };
    if (step === 2 && given(context)['step2']) return text('Both steps are done.');
    if (step === 1 && given(context)['step1'])
      return inputRequired({
        requestState: await states.mint({ step: 2 }, context),
        inputRequests: {
          step2: inputRequired.elicit(
            form('Step 2: What is your favorite color?', { color: { type: 'string' } }, ['color']),
          ),
        },
      });
    return inputRequired({
      requestState: await states.mint({ step: 1 }, context),
      inputRequests: { step1: askName('Step 1: What is your name?') },
    });
  },
  test_input_required_result_capabilities: context => {
    const { elicitation, sampling: samples } = capabilitiesOf(context);
    return inputRequired({
      inputRequests: {
        ...(elicitation && { user_name: askName('What is your name?') }),
        ...(samples && { greeting: inputRequired.createMessage(sampling('Generate a greeting', 50)) }),
      },
    });
  },
  /** The SDK refuses it where the client does not declare the capability. */
  test_missing_capability: () =>
    inputRequired({ inputRequests: { question: inputRequired.createMessage(sampling('Anything', 10)) } }),
  test_streaming_elicitation: context => {
    if (contentOf(context, 'user_name')) return text('Done.');
    return inputRequired({ inputRequests: { user_name: askName('What is your name?') } });
  },
  test_logging_tool: async ({ mcpReq }) => {
    await mcpReq.log('info', 'A line of the log');
    return text('Done.');
  },
};

function confirmed(words: string): Handler {
  return async context => {
    if (context.mcpReq.requestState() !== undefined && given(context)['confirm']) return text(words);
    return inputRequired({
      requestState: await states.mint({ step: 1 }, context),
      inputRequests: {
        confirm: inputRequired.elicit(form('Please confirm', { ok: { type: 'boolean' } }, ['ok'])),
      },
    });
  };
}

const ARGUMENTS: Readonly<Record<string, z.ZodObject>> = {
  test_sampling: z.object({ prompt: z.string() }),
  test_elicitation: z.object({ message: z.string() }),
};

function register(mcp: McpServer, era: 'modern' | 'legacy'): void {
  for (const [name, handler] of Object.entries(TOOLS)) {
    mcp.registerTool(
      name,
      { description: `Fixture ${name}`, inputSchema: ARGUMENTS[name] ?? z.object({}) },
      async (args, context) => handler(context, args as Record<string, string>),
    );
  }
  mcp.registerTool(
    'test_custom_headers',
    {
      description: 'Fixture with an argument that is also a header',
      inputSchema: z.object({ region: z.string().meta({ 'x-mcp-header': 'Region' }) }),
    },
    ({ region }) => text(region),
  );
  mcp.registerResource('static-text', 'test://static-text', { mimeType: 'text/plain', description: 'Text' }, () => ({
    contents: [
      {
        uri: 'test://static-text',
        mimeType: 'text/plain',
        text: 'This is the content of the static text resource.',
      },
    ],
  }));
  mcp.registerResource('static-binary', 'test://static-binary', { mimeType: 'image/png', description: 'PNG' }, () => ({
    contents: [{ uri: 'test://static-binary', mimeType: 'image/png', blob: PNG }],
  }));
  mcp.registerResource(
    'watched',
    'test://watched-resource',
    { mimeType: 'text/plain', description: 'Watched' },
    () => ({
      contents: [{ uri: 'test://watched-resource', mimeType: 'text/plain', text: 'Watched.' }],
    }),
  );
  mcp.registerResource(
    'template',
    new ResourceTemplate('test://template/{id}/data', { list: undefined }),
    { mimeType: 'application/json', description: 'Template' },
    (uri, { id }) => ({
      contents: [
        {
          uri: uri.href,
          mimeType: 'application/json',
          text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${String(id)}` }),
        },
      ],
    }),
  );
  if (era === 'legacy')
    for (const method of ['resources/subscribe', 'resources/unsubscribe'] as const)
      mcp.server.setRequestHandler(method, () => ({}));

  const user = <T>(content: T) => ({ role: 'user' as const, content });
  mcp.registerPrompt('test_simple_prompt', { description: 'Simple' }, () => ({
    messages: [user({ type: 'text', text: 'This is a simple prompt for testing.' })],
  }));
  mcp.registerPrompt(
    'test_prompt_with_arguments',
    { description: 'Arguments', argsSchema: z.object({ arg1: z.string(), arg2: z.string() }) },
    ({ arg1, arg2 }) => ({
      messages: [user({ type: 'text', text: `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'` })],
    }),
  );
  mcp.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description: 'Resource', argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri }) => ({
      messages: [
        user({
          type: 'resource',
          resource: { uri: resourceUri, mimeType: 'text/plain', text: 'Embedded resource content for testing.' },
        }),
        user({ type: 'text', text: 'Please process the embedded resource above.' }),
      ],
    }),
  );
  mcp.registerPrompt('test_prompt_with_image', { description: 'Image' }, () => ({
    messages: [user(image), user({ type: 'text', text: 'Please analyze the image above.' })],
  }));
  mcp.registerPrompt('test_input_required_result_prompt', { description: 'Asks' }, context => {
    const { context: said } = contentOf(context, 'user_context') ?? {};
    if (typeof said === 'string') return { messages: [user({ type: 'text', text: said })] };
    return inputRequired({
      inputRequests: {
        user_context: inputRequired.elicit(
          form('What context should the prompt use?', { context: { type: 'string' } }, ['context']),
        ),
      },
    });
  });
}

export const FIXTURES: Beside = {
  options: {
    capabilities: { logging: {}, prompts: {}, resources: { subscribe: true } },
    requestState: { verify: (state, context) => states.verify(state, context) },
  },
  register,
};
