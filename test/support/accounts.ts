import { once } from 'node:events';
import { createServer, request as send, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.js';

export interface Accounts extends AsyncDisposable {
  /** One address for all, as Gigahost has it: the API key tells whose account it is. */
  readonly url: string;
  readonly accounts: readonly Sandbox[];
  /** Headers of every request, oldest first. */
  readonly received: readonly IncomingHttpHeaders[];
}

/** Several accounts behind one address. */
export async function startAccounts(options: readonly SandboxOptions[]): Promise<Accounts> {
  const accounts = await Promise.all(options.map(one => startSandbox(one)));
  const received: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    const { method, url = '', headers } = request;
    received.push(headers);
    const account = accounts.find(({ apiKey }) => headers.authorization?.endsWith(apiKey));
    if (!account) return void response.writeHead(401, { 'Content-Type': 'application/json' }).end('{}');
    const { origin, pathname } = new URL(account.url);
    const target = new URL(pathname.replace(/\/$/, '') + url, origin);
    const onward = send(target, { method, headers: { ...headers, host: target.host } }, reply => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accounts,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await Promise.all(accounts.map(account => account.close()));
    },
  };
}

/** Two accounts with the same names in them, told apart by a label. */
export async function twoAccounts(): Promise<Accounts> {
  const accounts = await startAccounts([{}, {}]);
  for (const [at, { world }] of accounts.accounts.entries())
    for (const server of world.servers) Object.assign(server, { label: `account ${at + 1}` });
  return accounts;
}

/** What to serve with for each of two accounts to have an admin, `one` and `two`. */
export const principalsOf = ({ url, accounts: [one, two] }: Accounts) => ({
  principals: [
    { name: 'one', role: 'admin', apiKeyEnv: 'KEY_ONE', concurrentCalls: 50 },
    { name: 'two', role: 'admin', apiKeyEnv: 'KEY_TWO', concurrentCalls: 50 },
  ],
  env: { GIGAHOST_BASE_URL: url, GIGAHOST_API_KEY: undefined, KEY_ONE: one?.apiKey, KEY_TWO: two?.apiKey },
});
