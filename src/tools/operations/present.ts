import type { Endpoint } from '../../client/endpoint.js';
import { GigahostError } from '../../client/errors.js';
import { isFile } from './arguments.js';
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

/** Reads what a change is about, or where that is listed. Undefined where no read shows it. */
export async function readPresent(
  prepared: Prepared,
  { args }: Resolved,
  { client }: Pick<ToolContext, 'client'>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Present | undefined> {
  const shows = shownBy(prepared.endpoint);
  if (!shows) return undefined;
  const given = { ...args.query, ...args.body, ...args.params } as Record<string, unknown>;
  const parsed = (['params', 'query'] as const).map(place => [place, shows[place]?.safeParse(given)] as const);
  if (parsed.some(([, result]) => result?.success === false)) return undefined;
  const asked = Object.fromEntries(parsed.map(([place, result]) => [place, result?.data]));
  try {
    const answer: unknown = await client.call(shows, asked, options);
    const names = identityOf(prepared, args);
    const isPart =
      Object.keys(shows.params?.shape ?? {}).length < Object.keys(prepared.endpoint.params?.shape ?? {}).length;
    const row = names.length > 0 ? rowCalled(names, answer) : undefined;
    if (row) return { shows, kind: 'row', is: row };
    return isPart || Array.isArray(answer) ? { shows, kind: 'absent', is: null } : { shows, kind: 'thing', is: answer };
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

/** What names the thing itself: in its path, or, where the path ends before it, among what is sent. */
export function identityOf({ endpoint, values }: Prepared, args: Resolved['args']): readonly string[] {
  const last = Object.keys(endpoint.params?.shape ?? {}).at(-1);
  const own = [...values.keys()].filter(
    ({ place, wire, schema, name }) => place === 'params' && !isFile(schema) && name === wire,
  );
  const inPath = own.map(({ wire }) => (args.params)[wire]);
  if (inPath.length > 0) return inPath.map(String);
  const sent = { ...args.query, ...args.body } as Record<string, unknown>;
  const named = NAMING.flatMap(name => {
    const value = sent[name];
    return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
  });
  if (named.length > 0) return named.slice(0, 1);
  // The path ends in something that people call by a name: its id tells it in a list.
  return last === undefined ? [] : [String((args.params)[last])];
}

type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The only row of a list, or of the lists within a thing, that is called by one of the names. */
function rowCalled(names: readonly string[], answer: unknown): Row | undefined {
  const lists = Array.isArray(answer) ? [answer] : isRow(answer) ? Object.values(answer).filter(Array.isArray) : [];
  const wanted = names.map(name => name.toLowerCase());
  const isCalled = (row: Row): boolean =>
    Object.values(row).some(
      value =>
        (typeof value === 'string' || typeof value === 'number') &&
        wanted.some(name => String(value).toLowerCase() === name || String(value).toLowerCase().startsWith(`${name}@`)),
    );
  const found = lists.flatMap(list => (list as unknown[]).filter(isRow)).filter(isCalled);
  return found.length === 1 ? found[0] : undefined;
}
