import { authenticate, createAuthenticator, type AuthOptions } from './auth.js';
import { createTransport, type Call, type TransportOptions } from './request.js';

export interface ClientOptions extends TransportOptions, Omit<AuthOptions, 'baseUrl'> {}

/** A Gigahost account, reachable. One per principal; nothing in it is shared with another. */
export interface Client {
  /** Sends one operation. @throws {GigahostError}, or the signal's reason when the caller left. */
  readonly call: Call;
  /** Ends reads at once; changes under way are given some seconds to be answered. */
  close(): Promise<void>;
}

/** Opens no connection and reads no credentials until the first call. */
export function createClient(options: ClientOptions): Client {
  const transport = createTransport(options);
  const authenticator = createAuthenticator(options, body => transport.send(authenticate, { body }, undefined));
  return {
    call: (endpoint, args, callOptions) => transport.send(endpoint, args, authenticator, callOptions),
    close: () => transport.close(),
  };
}
