import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { demoAccount } from './demo/index.js';
import { FaultPlan, fits, type Misbehaviour } from './http/faults.js';
import { BASE_PATH, createListener, type SandboxRequest } from './http/listener.js';
import { settingsFrom, type SandboxOptions } from './options.js';
import { ROUTES } from './routes/index.js';
import { World } from './world/world.js';

/** A running Gigahost with memory, on loopback. */
export interface Sandbox {
  /** Root of the API, e.g. http://127.0.0.1:41234/api/v0. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** A key with full rights. */
  readonly apiKey: string;
  /** What it holds now; may be changed. */
  readonly world: World;
  /** Requests received, oldest first. Only the last 10,000 are kept. */
  readonly requests: readonly SandboxRequest[];
  /** The requests that have this method and a path the pattern finds something in. */
  calls(method?: string, path?: RegExp): SandboxRequest[];
  misbehave(rule: Misbehaviour): void;
  /** Issues a key and returns its secret; null permissions mean full rights. */
  addApiKey(permissions: Record<string, unknown> | null): string;
  /** Ends every session token issued so far. */
  expireTokens(): void;
  /** Makes a server, given by name or id, missing from the list and 404 in detail for that long. */
  hide(server: string, ms: number): void;
  /** Addresses a name has in the account's zones, as the world sees them; letter case and a final dot do not matter. */
  lookup(name: string): readonly string[];
  /** Ends at once, cutting off requests under way. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a sandbox on 127.0.0.1. It does not keep the process alive. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = settingsFrom(options);
  const population = demoAccount(settings.now(), options.extraServers ?? 0, options.extraRecords ?? 0);
  const world = new World(settings, population);
  const faults = new FaultPlan();
  const requests: SandboxRequest[] = [];
  const closing = new AbortController();

  const server = createServer(createListener({ world, routes: ROUTES, faults, requests, signal: closing.signal }));
  server.on('connection', socket => socket.unref());
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  // A listening TCP server has an AddressInfo, not a pipe name.
  const { port } = server.address() as AddressInfo;

  const end = async (): Promise<void> => {
    const ended = once(server, 'close');
    closing.abort();
    server.close();
    server.closeAllConnections();
    await ended;
  };
  let ending: Promise<void> | undefined;
  const close = (): Promise<void> => (ending ??= end());

  return {
    url: `http://127.0.0.1:${port}${BASE_PATH}`,
    username: settings.username,
    password: settings.password,
    apiKey: world.addApiKey(null),
    world,
    requests,
    calls: (method, path) => requests.filter(request => fits({ method, path }, request.method, request.path)),
    misbehave: rule => faults.add(rule),
    addApiKey: permissions => world.addApiKey(permissions),
    expireTokens: () => world.tokens.splice(0),
    hide: (name, ms) => world.hiddenUntil.set(world.server(name).id, world.now() + ms),
    lookup: name => world.dns.addressesOf(name.toLowerCase().replace(/\.$/, '')),
    close,
    [Symbol.asyncDispose]: close,
  };
}
