import type { Endpoint } from '../../client/endpoint.js';
import { GigahostError } from '../../client/errors.js';
import type { Argument } from './arguments.js';
import { OFFERED } from './registry.js';
import { asksForFile } from './saving.js';
import type { Prepared, Resolved } from './prepare.js';
import type { ToolContext } from '../tool.js';

/** Where the path does not tell which read shows what a change is about; null where none does. */
const SHOWN_BY: Readonly<Record<string, string | null>> = {
  installApp: 'listInstallations',
  updateApp: 'listInstallations',
  uninstallApp: 'listInstallations',
  createSubdomain: 'listWebhostingDomains',
  deleteSubdomain: 'listWebhostingDomains',
  saveFile: 'listFiles',
  renameFile: 'listFiles',
  createFile: 'listFiles',
  createFolder: 'listFiles',
  uploadFiles: 'listFiles',
  deleteFiles: null,
  deployServers: null,
  changePassword: null,
};

/** The read that shows what a change is about: of the same path, or of the list or the thing it is part of. */
export function shownBy({ id, path }: Endpoint): Endpoint | undefined {
  const named = SHOWN_BY[id];
  if (named !== undefined) return named === null ? undefined : OFFERED.get(named)?.endpoint;
  const steps = path.split('/');
  // Without an id in it, a longer path is not about the shorter one: /account/password is not about /account.
  const shortest = path.includes('{') ? 2 : steps.length;
  for (let length = steps.length; length >= shortest; length -= 1) {
    const found = READS.get(steps.slice(0, length).join('/'));
    if (found) return found;
  }
  return undefined;
}

const READS: ReadonlyMap<string, Endpoint> = new Map(
  [...OFFERED.values()]
    .filter(({ endpoint }) => endpoint.effect === 'read' && !asksForFile(endpoint))
    .map(({ endpoint }) => [endpoint.path, endpoint]),
);

const SIGN_IN: ReadonlySet<string> = new Set(['no_credentials', 'login_refused', 'unauthorized']);

/** Something as it is now, as far as it can be told. */
export interface Present {
  readonly shows: Endpoint;
  readonly kind: 'thing' | 'row' | 'absent' | 'unread';
  readonly is: unknown;
}

/** What they make bears the name of what is there already: before it is made there is nothing to look for. */
const MAKES_ANOTHER: ReadonlySet<string> = new Set(['installApp']);

/**
 * Reads what a change is about, or where that is listed; `made` is the id of what it made. Undefined where no read shows
 * it, or nothing tells which of those in a list it is.
 */
export async function readPresent(
  prepared: Prepared,
  { args }: Resolved,
  { client }: Pick<ToolContext, 'client'>,
  options: { readonly signal?: AbortSignal } = {},
  made?: string,
): Promise<Present | undefined> {
  const shows = shownBy(prepared.endpoint);
  if (!shows) return undefined;
  const given = { ...args.query, ...args.body, ...args.params } as Record<string, unknown>;
  const parsed = (['params', 'query'] as const).map(place => [place, shows[place]?.safeParse(given)] as const);
  if (parsed.some(([, result]) => result?.success === false)) return undefined;
  const asked = Object.fromEntries(parsed.map(([place, result]) => [place, result?.data]));
  try {
    const answer: unknown = await client.call(shows, asked, options);
    const names = MAKES_ANOTHER.has(prepared.endpoint.id) ? [] : namesOf(prepared, args);
    const lists = listsIn(answer);
    const isPart = sizeOf(shows) < sizeOf(prepared.endpoint);
    // Among several of its kind a thing that is called by a name is told by its id.
    const row =
      (made === undefined ? undefined : rowCalled([made], lists)) ??
      rowCalled(names, lists) ??
      (isPart ? rowCalled(lastIdIn(prepared, args), lists) : undefined);
    if (row) return { shows, kind: 'row', is: row };
    if (!row && !isPart && names.length === 0 && Array.isArray(answer)) return undefined;
    const lacks = isPart || Array.isArray(answer) || (names.length > 0 && lists.length > 0);
    return lacks ? { shows, kind: 'absent', is: null } : { shows, kind: 'thing', is: answer };
  } catch (error) {
    // A read that is not permitted, or fails, is no reason not to act; it is said.
    if (!(error instanceof GigahostError) || SIGN_IN.has(error.kind)) throw error;
    return { shows, kind: error.kind === 'not_found' ? 'absent' : 'unread', is: null };
  }
}

/** Arguments that name what is concerned, the plainest first. */
const NAMING = [
  'email',
  'user',
  'username',
  'contact_username',
  'subdomain',
  'source',
  'filename',
  'old',
  'backup',
  'name',
  'label',
  'zone_name',
  'domain_name',
  'hostname',
  'app',
  'domain',
  'asn',
  'dbname',
];

/** What the thing itself is called: in its path, or, where the path ends before it, among what is sent. */
export function namesOf({ endpoint, values }: Prepared, args: Resolved['args']): readonly string[] {
  const inPath = [...values.keys()].filter(isOwnId).map(({ wire }) => String(args.params[wire]));
  if (inPath.length > 0) return inPath;
  // What is sent to the thing itself is what it shall be called, and it is not among its own parts.
  if (endpoint.path.endsWith('}')) return [];
  if (endpoint.body === undefined && endpoint.query === undefined) return [];
  const sent: Record<string, unknown> = { ...args.query, ...args.body };
  const [named] = NAMING.map(name => sent[name]).filter(
    value => typeof value === 'string' || typeof value === 'number',
  );
  return named === undefined ? [] : [String(named)];
}

/** Whether it stands in the path under its own name: the inventory knows no other for it. */
const isOwnId = ({ place, name, wire }: Argument): boolean => place === 'params' && name === wire;

/** Whether the path names the thing itself by something other than the names the inventory knows. */
export const hasOwnId = ({ values }: Prepared): boolean => [...values.keys()].some(isOwnId);

const sizeOf = ({ params }: Endpoint): number => Object.keys(params?.shape ?? {}).length;

function lastIdIn({ endpoint }: Prepared, { params }: Resolved['args']): readonly string[] {
  const last = Object.keys(endpoint.params?.shape ?? {}).at(-1);
  return last === undefined ? [] : [String(params[last])];
}

type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list, or those within a thing. */
const listsIn = (answer: unknown): readonly (readonly Row[])[] =>
  (Array.isArray(answer) ? [answer] : isRow(answer) ? Object.values(answer).filter(Array.isArray) : [])
    .map(list => list.filter(isRow))
    .filter(list => list.length > 0);

/** The only row that is called by one of the names. */
function rowCalled(names: readonly string[], lists: readonly (readonly Row[])[]): Row | undefined {
  const wanted = names.map(name => name.toLowerCase());
  const isCalled = (row: Row): boolean =>
    Object.values(row).some(
      value =>
        (typeof value === 'string' || typeof value === 'number') &&
        wanted.some(name => String(value).toLowerCase() === name || String(value).toLowerCase().startsWith(`${name}@`)),
    );
  const found = lists.flat().filter(isCalled);
  return found.length === 1 ? found[0] : undefined;
}
