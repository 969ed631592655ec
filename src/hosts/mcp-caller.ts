import { randomUUID } from 'node:crypto';
import {
  CLIENT_CAPABILITIES_META_KEY,
  inputRequired,
  inputResponse,
  type CallToolResult,
  type ClientCapabilities,
  type InputRequiredResult,
  type McpRequestContext,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { Config } from '../config.js';
import type { Ask, Link, Links, Sight } from '../guard/asks.js';
import type { Answer, Question, Reach } from '../guard/confirm.js';
import type { Messages } from '../lang/index.js';
import type { Caller, Outcome } from '../tools/run.js';
import type { Attachment } from '../tools/tool.js';
import { plain } from '../words/blocks.js';

/** One MCP connection, as far as asking the person behind it goes. */
export interface Connection {
  readonly mcp: McpServer;
  readonly era: McpRequestContext['era'];
  readonly questionMs: number;
  /** Whether the operator accepts nothing but an answer to a question (`--confirm elicit`). */
  readonly mustAsk: boolean;
  /** A client that never brought an answer to a question is not waited for again for a while, if it need not be. */
  answers: 'some' | 'none yet';
  silentUntil: number;
}

export const newConnection = (
  mcp: McpServer,
  era: Connection['era'],
  { questionMs, confirm }: Pick<Config, 'questionMs' | 'confirm'>,
): Connection => ({ mcp, era, questionMs, mustAsk: confirm === 'elicit', answers: 'none yet', silentUntil: 0 });

const NOT_ASKED_AGAIN_MS = 10 * 60_000;

/** MCP clients commonly give up on a call after 60 s; a person watching a terminal does not. */
const PATIENCE_SECONDS = 45;
const KEY = 'confirm';

/** The caller of one tool call, for the pipeline. The time a question takes comes off the patience. */
export function callerOf(connection: Connection, context: ServerContext, words: Messages): Caller {
  const started = performance.now();
  return {
    reach: reachOf(connection, context, words),
    links: linksOf(connection, context),
    signal: context.mcpReq.signal,
    get patienceSeconds() {
      return Math.max(0, PATIENCE_SECONDS - Math.round((performance.now() - started) / 1000));
    },
    progress: progressOf(context),
  };
}

function reachOf(connection: Connection, context: ServerContext, words: Messages): Reach {
  if (!canAsk(capabilitiesOf(connection.mcp, context)))
    return { kind: 'none', because: 'This client cannot show the person a question.' };
  if (!connection.mustAsk && connection.silentUntil > Date.now())
    return { kind: 'none', because: 'This client brought no answer to an earlier question.' };
  if (connection.era === 'legacy') return { kind: 'wait', ask: question => ask(connection, context, question, words) };
  const ticket = context.mcpReq.requestState<string>();
  if (ticket === undefined) return { kind: 'return' };
  return {
    kind: 'return',
    answered: { ticket, answer: question => judge(question, inputResponse(context.mcpReq.inputResponses, KEY)) },
  };
}

function linksOf(connection: Connection, context: ServerContext): Links {
  if (capabilitiesOf(connection.mcp, context)?.elicitation?.url === undefined) return { kind: 'none' };
  const waitMs = connection.questionMs;
  if (connection.era === 'legacy') return { kind: 'wait', waitMs, show: link => showLink(connection, context, link) };
  return {
    kind: 'return',
    waitMs,
    answered(name) {
      const view = inputResponse(context.mcpReq.inputResponses, linkKey(name));
      return view.kind === 'elicit' ? SEEN[view.action] : undefined;
    },
  };
}

const linkKey = (name: string): string => `secret_${name}`;
const SEEN = { accept: 'seen', decline: 'declined', cancel: 'dismissed' } as const;

/** Has a 2025-era client show a link, and waits for what the person makes of it. One that fails or keeps silent has none. */
async function showLink({ questionMs }: Connection, { mcpReq }: ServerContext, link: Link): Promise<Sight | 'none'> {
  try {
    const { action } = await mcpReq.elicitInput(
      { mode: 'url', elicitationId: randomUUID(), ...link },
      { timeout: questionMs, signal: mcpReq.signal },
    );
    return SEEN[action];
  } catch (error) {
    if (mcpReq.signal.aborted) throw error;
    return 'none';
  }
}

/** The envelope first: it is all a 2026 connection over stdio has. */
function capabilitiesOf(mcp: McpServer, context: ServerContext): ClientCapabilities | undefined {
  const envelope = context.mcpReq.envelope as Record<string, unknown> | undefined;
  return (
    (envelope?.[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined) ?? mcp.server.getClientCapabilities()
  );
}

/** A bare `elicitation: {}` means forms. */
const canAsk = (capabilities: ClientCapabilities | undefined): boolean =>
  capabilities?.elicitation !== undefined &&
  (capabilities.elicitation.form !== undefined || Object.keys(capabilities.elicitation).length === 0);

/** The fields to fill in, then the one that says yes: none of an ask may be called like that. */
const formOf = ({ message, yes, asks }: Question, era: Connection['era'], words: Messages) => ({
  message,
  requestedSchema: {
    type: 'object' as const,
    properties: {
      ...Object.fromEntries(asks.map(ask => [`field_${ask.name}`, fieldOf(ask, era)])),
      ...(yes === 'tick' && { confirm: { type: 'boolean' as const, title: words.yes.tick } }),
      ...(typeof yes === 'object' && { name: { type: 'string' as const, title: words.yes.type(yes.type) } }),
    },
    required: [
      ...asks.flatMap(({ name, required }) => (required ? [`field_${name}`] : [])),
      ...(yes === 'fill in' ? [] : [yes === 'tick' ? 'confirm' : 'name']),
    ],
  },
});

/** Of a 2025-era client the SDK takes no answer of another format, and it would pass for silence. */
const fieldOf = ({ title, description, kind, choices }: Ask, era: Connection['era']) => ({
  type: 'string' as const,
  title,
  ...(description !== undefined && { description }),
  ...(kind === 'email' && era === 'modern' && { format: 'email' as const }),
  ...(kind === 'choice' && { enum: [...(choices ?? [])] }),
});

function judge({ yes, asks }: Question, view: ReturnType<typeof inputResponse>): Answer {
  if (view.kind !== 'elicit') return { kind: 'dismissed' };
  if (view.action !== 'accept') return { kind: view.action === 'decline' ? 'declined' : 'dismissed' };
  const textOf = (field: string): string => {
    const value = view.content?.[field];
    return typeof value === 'string' ? value.trim() : '';
  };
  if (yes === 'tick' && view.content?.['confirm'] !== true) return { kind: 'declined' };
  const typed = textOf('name');
  if (typeof yes === 'object' && typed.toLowerCase() !== yes.type.trim().toLowerCase())
    return { kind: 'mismatch', typed: typed.slice(0, 100) };
  const filled = asks.map(({ name }) => [name, textOf(`field_${name}`)] as const).filter(([, text]) => text !== '');
  return { kind: 'yes', filled: Object.fromEntries(filled) };
}

/** Asks a 2025-era client and waits. Some declare elicitation and never show the question: silence, after a while. So is a malformed answer. */
async function ask(
  connection: Connection,
  context: ServerContext,
  question: Question,
  words: Messages,
): Promise<Answer> {
  try {
    const result = await context.mcpReq.elicitInput(
      { mode: 'form', ...formOf(question, 'legacy', words) },
      { timeout: connection.questionMs, signal: context.mcpReq.signal },
    );
    connection.answers = 'some';
    return judge(question, inputResponse({ [KEY]: result }, KEY));
  } catch (error) {
    if (context.mcpReq.signal.aborted) throw error;
    if (connection.answers === 'none yet') connection.silentUntil = Date.now() + NOT_ASKED_AGAIN_MS;
    return { kind: 'silence' };
  }
}

/** Progress must grow with every notification, also where what it counts stands still. */
function progressOf(context: ServerContext): Caller['progress'] {
  const progressToken = context.mcpReq._meta?.progressToken;
  let last = -1;
  return async (message, done = last + 1, total) => {
    if (progressToken === undefined) return;
    last = Math.max(done, last + 0.01);
    const params = { progressToken, progress: last, message, ...(total !== undefined && total >= last && { total }) };
    await context.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
}

function contentOf(attachment: Attachment): CallToolResult['content'][number] {
  if (attachment.type === 'resource_link') return attachment;
  return { type: 'image', data: attachment.data, mimeType: attachment.mimeType };
}

/** How a call ended, as MCP says it. Errors carry no structured content: 2025-era clients would validate it. */
export function toResult(outcome: Outcome, words: Messages): CallToolResult | InputRequiredResult {
  switch (outcome.kind) {
    case 'ask':
      return inputRequired({
        requestState: outcome.ticket,
        inputRequests: { [KEY]: inputRequired.elicit(formOf(outcome.question, 'modern', words)) },
      });
    case 'link':
      return inputRequired({
        inputRequests: { [linkKey(outcome.name)]: inputRequired.elicitUrl({ ...outcome.link }) },
      });
    case 'error':
      return { content: [{ type: 'text', text: outcome.text }], isError: true };
    case 'answer':
      return {
        content: [{ type: 'text', text: plain(outcome.said) }, ...outcome.attachments.map(contentOf)],
        structuredContent: { ...outcome.structured },
      };
  }
}
