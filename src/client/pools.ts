import type { SecureContext } from 'node:tls';
import { Pool, type buildConnector, type Dispatcher } from 'undici';
import { authorizationOf, ProxyFailure, type Proxy, type Route } from './route.js';

export type { Dispatcher } from 'undici';

const CONNECT_MS = 10_000;
const NO_LIMITS = { headersTimeout: 0, bodyTimeout: 0 };

/** Connections to one origin, opened when they are needed. */
export interface Connections {
  get(): Promise<Dispatcher>;
  destroy(): Promise<void>;
}

export interface PoolSettings {
  readonly connections: number;
  readonly pipelining?: 0;
}

/** The only file that imports undici. What speaks to proxies is loaded only where there is one. */
export function openPool(origin: string, settings: PoolSettings, route: Route): Connections {
  const open = async (): Promise<Dispatcher> => {
    const tls = { timeout: CONNECT_MS, ...(route.ca && { secureContext: await contextOf(route.ca) }) };
    if (route.proxy) return openProxied(route.proxy, settings, tls);
    return new Pool(origin, { ...settings, ...NO_LIMITS, connect: tls });
  };
  let opened: Promise<Dispatcher> | undefined;
  return {
    get: () => (opened ??= open()),
    // What could not be opened was told to whoever asked for it.
    destroy: async () => (await opened?.catch(() => undefined))?.destroy(),
  };
}

/** Trusts these beside what Node does, of which older versions do not tell all. */
export async function contextOf(ca: readonly string[]): Promise<SecureContext> {
  const tls = await import('node:tls');
  const all = 'getCACertificates' in tls ? (tls.getCACertificates as () => string[])() : tls.rootCertificates;
  return tls.createSecureContext({ ca: [...all, ...ca] });
}

/** Undici decides by `noProxy` which hosts go through the proxy, as curl does. */
async function openProxied(
  proxy: Proxy,
  settings: PoolSettings,
  tls: buildConnector.BuildOptions,
): Promise<Dispatcher> {
  const { EnvHttpProxyAgent } = await import('undici');
  const authorization = authorizationOf(proxy);
  const uri = `${proxy.url.protocol}//${proxy.url.host}`;
  return new EnvHttpProxyAgent({
    ...settings,
    ...NO_LIMITS,
    httpProxy: uri,
    httpsProxy: uri,
    noProxy: proxy.noProxy,
    connect: tls,
    proxyTls: tls,
    requestTls: tls,
    ...(authorization && { token: authorization.token }),
    clientFactory: (url, options) => tunnelling(proxy, new Pool(url, { ...options, headersTimeout: CONNECT_MS })),
  });
}

/** Says of every tunnel that cannot be had why, and that it is because of the proxy. */
function tunnelling(proxy: Proxy, pool: Pool): Pool {
  const ask: (options: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData> = pool.connect.bind(pool);
  const connect: typeof ask = async options => {
    const answer = await ask(options).catch((error: NodeJS.ErrnoException) => {
      throw new ProxyFailure(proxy, undefined, error.code);
    });
    if (answer.statusCode === 200) return answer;
    answer.socket.on('error', () => undefined).destroy();
    throw new ProxyFailure(proxy, answer.statusCode);
  };
  return Object.assign(pool, { connect });
}
