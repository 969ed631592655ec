import { isIP } from 'node:net';
import { textual } from './kind.js';

/** Where a server listens: `host` is an IP address or `localhost`. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** `3000`, `127.0.0.1:3000`, `[::1]:3000`. */
export const listenAddress = textual<string>(
  'address',
  'it must be a port, or an IP address and a port such as 127.0.0.1:3000 or [::]:3000',
  { minLength: 1 },
  text => (parseListen(text) ? text : undefined),
);

/** Undefined for a text that is none. */
export function parseListen(text: string): ListenAddress | undefined {
  const [, bracketed, plain, digits = ''] = /^(?:(?:\[([^\]]+)\]|([^:]+)):)?(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? '127.0.0.1';
  const port = Number(digits);
  return digits !== '' && port <= 65_535 && (isIP(host) || host === 'localhost') ? { host, port } : undefined;
}
