import { createClient, type Client, type ClientOptions } from '../../../src/client/index.js';
import { GigahostError } from '../../../src/client/errors.js';
import type { Sandbox } from '../../../src/sandbox/index.js';

/** A client of a sandbox, signing in with its API key unless told otherwise; closed at the end of the test. */
export function clientOf(
  gigahost: Pick<Sandbox, 'url' | 'apiKey'>,
  options: Partial<ClientOptions> = {},
): Client & AsyncDisposable {
  const client = createClient({
    baseUrl: gigahost.url,
    credentials: { apiKey: { value: gigahost.apiKey } },
    stateDir: undefined,
    timeoutMs: 20_000,
    userAgent: 'gigahost-mcp/test',
    ...options,
  });
  return { ...client, [Symbol.asyncDispose]: () => client.close() };
}

/** The name and password of a sandbox. */
export const loginOf = (gigahost: Sandbox) => ({
  username: { value: gigahost.username },
  password: { value: gigahost.password },
});

/** The error a call ends with. */
export async function failure(call: Promise<unknown>): Promise<GigahostError> {
  const error = await call.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof GigahostError) return error;
  throw error;
}
