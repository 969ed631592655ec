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
import type { Answer, Question, Reach } from '../guard/confirm.js';
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
export function callerOf(connection: Connection, context: ServerContext): Caller {
  const started = performance.now();
  return {
    reach: reachOf(connection, context),
    signal: context.mcpReq.signal,
    get patienceSeconds() {
      return Math.max(0, PATIENCE_SECONDS - Math.round((performance.now() - started) / 1000));
    },
    progress: progressOf(context),
  };
}

function reachOf(connection: Connection, context: ServerContext): Reach {
  if (!canAsk(capabilitiesOf(connection.mcp, context)))
    return { kind: 'none', because: 'This client cannot show the person a question.' };
  if (!connection.mustAsk && connection.silentUntil > Date.now())
    return { kind: 'none', because: 'This client brought no answer to an earlier question.' };
  if (connection.era === 'legacy') return { kind: 'wait', ask: question => ask(connection, context, question) };
  const ticket = context.mcpReq.requestState<string>();
  if (ticket === undefined) return { kind: 'return' };
  return {
    kind: 'return',
    answered: { ticket, answer: question => judge(question, inputResponse(context.mcpReq.inputResponses, KEY)) },
  };
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

const formOf = ({ message, typeName }: Question) => ({
  message,
  requestedSchema: {
    type: 'object' as const,
    properties:
      typeName === undefined
        ? { confirm: { type: 'boolean' as const, title: 'Yes, do it' } }
        : { name: { type: 'string' as const, title: `Type ${typeName} to confirm` } },
    required: [typeName === undefined ? 'confirm' : 'name'],
  },
});

function judge({ typeName }: Question, view: ReturnType<typeof inputResponse>): Answer {
  if (view.kind !== 'elicit') return { kind: 'dismissed' };
  if (view.action !== 'accept') return { kind: view.action === 'decline' ? 'declined' : 'dismissed' };
  if (typeName === undefined) return { kind: view.content?.['confirm'] === true ? 'yes' : 'declined' };
  const typed = typeof view.content?.['name'] === 'string' ? view.content['name'].trim() : '';
  return typed.toLowerCase() === typeName.trim().toLowerCase()
    ? { kind: 'yes' }
    : { kind: 'mismatch', typed: typed.slice(0, 100) };
}

/** Asks a 2025-era client and waits. Some declare elicitation and never show the question: silence, after a while. So is a malformed answer. */
async function ask(connection: Connection, context: ServerContext, question: Question): Promise<Answer> {
  try {
    const result = await context.mcpReq.elicitInput(
      { mode: 'form', ...formOf(question) },
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
export function toResult(outcome: Outcome): CallToolResult | InputRequiredResult {
  switch (outcome.kind) {
    case 'ask':
      return inputRequired({
        requestState: outcome.ticket,
        inputRequests: { [KEY]: inputRequired.elicit(formOf(outcome.question)) },
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
