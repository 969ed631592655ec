import { expect } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/index.js';
import { faultsIn } from './contract.js';

export type Row = Record<string, unknown>;

/** A reply taken apart. Whoever asks says what data is; nothing checks that beyond the contract. */
export interface Answer<Data> {
  readonly status: number;
  readonly text: string;
  readonly body: Row;
  readonly meta: Row;
  readonly data: Data;
}

export interface Asked {
  readonly body?: unknown;
  /** Authorization header; the key with full rights unless given, none when null. */
  readonly authorization?: string | null;
}

export interface Gigahost extends AsyncDisposable {
  readonly sandbox: Sandbox;
  /** Moves the sandbox's clock. */
  advance(ms: number): void;
  /** Sends a request. A successful reply has to fit the contract. */
  readonly call: <Data = unknown>(method: string, path: string, request?: Asked) => Promise<Answer<Data>>;
  readonly get: <Data = unknown>(path: string, request?: Asked) => Promise<Answer<Data>>;
  /** The full record of a server, given by name or id. */
  server(nameOrId: string): Promise<Row>;
}

/** Noon of a day in October 2026. */
export const START = Date.UTC(2026, 9, 5, 12);

/** A sandbox whose clock stands still until a test moves it. */
export async function open(options: SandboxOptions = {}): Promise<Gigahost> {
  let time = START;
  const sandbox = await startSandbox({ now: () => time, ...options });

  async function call<Data>(method: string, path: string, request: Asked = {}): Promise<Answer<Data>> {
    const { authorization = `Bearer ${sandbox.apiKey}`, body: sent } = request;
    const response = await fetch(sandbox.url + path, {
      method,
      headers: { 'content-type': 'application/json', ...(authorization !== null && { authorization }) },
      ...(sent !== undefined && { body: JSON.stringify(sent) }),
    });
    const text = await response.text();
    const body = (text === '' ? {} : JSON.parse(text)) as Row;
    if (response.ok) expect(faultsIn(method, path, body, response.status)).toEqual([]);
    return { status: response.status, text, body, meta: (body.meta ?? {}) as Row, data: body.data as Data };
  }

  return {
    sandbox,
    advance: ms => void (time += ms),
    call,
    get: (path, request) => call('GET', path, request),
    server: async nameOrId => {
      const { data } = await call<Row[]>('GET', `/servers/${sandbox.world.server(nameOrId).id}`);
      return data[0] ?? {};
    },
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

/** The Authorization header of a session signed in with name and password. */
export async function signIn({ sandbox, call }: Gigahost, code?: string): Promise<string> {
  const { username, password } = sandbox;
  const { data } = await call<Row>('POST', '/authenticate', {
    authorization: null,
    body: { username, password, ...(code !== undefined && { code }) },
  });
  return `Bearer ${String(data.token)}`;
}

export const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
