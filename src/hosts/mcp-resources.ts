import {
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  ResourceTemplate,
  type McpServer,
  type ReadResourceResult,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { Catalogue } from '../catalogue.js';
import type { Config } from '../config.js';
import { completions } from './completion.js';
import type { Principal } from '../guard/principal.js';
import type { Log } from '../log.js';
import type { PublicResource } from '../resources/describe.js';
import type { Content, Listed, Resource, ResourceContext, Variables } from '../resources/resource.js';
import type { Session } from '../tools/run.js';
import { selectionsOf, whyOff } from '../tools/select.js';
import { withTraceOf } from './trace.js';

export interface ResourceParts {
  readonly log: Log;
  readonly session: () => Promise<Session>;
}

/** Those that exist for somebody: where a tool of their set is on. */
export function resourcesOn({ tools, resources }: Catalogue, config: Config, principal: Principal): PublicResource[] {
  const selections = selectionsOf(config, principal);
  const sets = new Set(tools.filter(tool => whyOff(tool, selections) === undefined).map(({ toolset }) => toolset));
  return resources.filter(({ toolset }) => sets.has(toolset));
}

/** Registers every resource. What it takes to read one is loaded when the first is read. */
export function registerResources(mcp: McpServer, resources: readonly PublicResource[], parts: ResourceParts): void {
  for (const { name, uri, isTemplate, isListed, completes, freshSeconds, toolset: _, ...metadata } of resources) {
    const config = { ...metadata, cacheHint: { ttlMs: freshSeconds * 1000, cacheScope: 'private' as const } };
    const using = <T>(where: string, signal: AbortSignal, use: Use<T>) => reach(parts, name, where, signal, use);
    const read = (where: URL, variables: Variables, { signal, _meta }: ServerContext['mcpReq']) =>
      withTraceOf(_meta, () =>
        using(where.href, signal, async (resource, context, scrub) =>
          encode(where.href, await resource.read(context, variables), scrub),
        ),
      );
    if (!isTemplate) {
      mcp.registerResource(name, uri, config, (where, context) => read(where, {}, context.mcpReq));
      continue;
    }
    const list = isListed
      ? async ({ mcpReq: { signal } }: { readonly mcpReq: { readonly signal: AbortSignal } }) => ({
          resources: await using(uri, signal, members),
        })
      : undefined;
    const complete = Object.fromEntries(
      completes.map(variable => [
        variable,
        (typed: string) =>
          using(uri, new AbortController().signal, async (resource, context, scrub) =>
            completions((await resource.complete?.[variable]?.(context)) ?? [], typed, scrub),
          ),
      ]),
    );
    mcp.registerResource(name, new ResourceTemplate(uri, { list, complete }), config, (where, variables, context) =>
      read(where, decoded(variables), context.mcpReq),
    );
  }
}

/** The members of a family; none where there is no account to look into, so that the rest can still be listed. */
async function members(resource: Resource, context: ResourceContext, scrub: Scrub): Promise<Listed[]> {
  const [{ isWithoutAccount }, { field }] = await Promise.all([
    import('../words/explain-error.js'),
    import('../words/text.js'),
  ]);
  try {
    const listed = (await resource.list?.(context)) ?? [];
    return listed.map(({ uri, name, title }) => ({ uri, name: scrub(field(name)) || uri, title: scrub(field(title)) }));
  } catch (error) {
    if (isWithoutAccount(error)) return [];
    throw error;
  }
}

type Scrub = Session['scrubber']['scrub'];
type Use<T> = (resource: Resource, context: ResourceContext, scrub: Scrub) => Promise<T>;

/** Opens the account and runs `use` on one resource; any failure becomes a protocol error that says what to do. */
async function reach<T>(
  { log, session }: ResourceParts,
  name: string,
  uri: string,
  signal: AbortSignal,
  use: Use<T>,
): Promise<T> {
  const [{ RESOURCES }, { explainError, isAbsence }, { unlinked }, reached] = await Promise.all([
    import('../resources/index.js'),
    import('../words/explain-error.js'),
    import('../words/text.js'),
    session(),
  ]);
  const { client, inventory, journal, scrubber } = reached;
  try {
    const resource = RESOURCES.find(candidate => candidate.name === name);
    if (!resource) throw new Error(`${name} is listed and does not exist`);
    return await use(resource, { client, inventory, journal, signal }, scrubber.scrub);
  } catch (error) {
    signal.throwIfAborted();
    const explained = explainError(error);
    const text = explained === undefined ? undefined : unlinked(scrubber.scrub(explained));
    if (isAbsence(error)) throw new ResourceNotFoundError(uri, text);
    if (text === undefined) log.error(`reading ${name} failed`, error);
    throw new ProtocolError(
      ProtocolErrorCode.InternalError,
      text ?? 'This failed because of a fault in gigahost-mcp itself; its log has the details.',
    );
  }
}

async function encode(uri: string, content: Content, scrub: Scrub): Promise<ReadResourceResult> {
  if (content.kind === 'picture')
    return { contents: [{ uri, mimeType: content.picture.mimeType, blob: content.picture.data }] };
  if (content.kind === 'file')
    return { contents: [{ uri, mimeType: content.file.mimeType, blob: content.file.bytes.toString('base64') }] };
  if (content.kind === 'text') return { contents: [{ uri, mimeType: content.mimeType, text: scrub(content.text) }] };
  const { harmless } = await import('../words/text.js');
  return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(scrub(harmless(content.value))) }] };
}

/** One value per variable, with percent-encoding undone. */
function decoded(variables: Readonly<Record<string, string | string[]>>): Variables {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => {
      const text = Array.isArray(value) ? value.join(',') : value;
      try {
        return [name, decodeURIComponent(text)];
      } catch {
        return [name, text];
      }
    }),
  );
}
