import type { Socket } from 'node:net';
import { authorizationOf, type Proxy, type Route } from '../../client/route.js';
import { contextOf } from '../../client/pools.js';
import { inTime, type Failed } from './failed.js';

/** A connection to `target` (host:port) through the proxy, or why there is none. */
export async function tunnel(proxy: Proxy, target: string, { ca }: Route, stepMs: number): Promise<Socket | Failed> {
  const { protocol, hostname, port } = proxy.url;
  const isSecure = protocol === 'https:';
  const { request } = isSecure ? await import('node:https') : await import('node:http');
  const authorization = authorizationOf(proxy);
  const secureContext = isSecure && ca ? await contextOf(ca) : undefined;
  return inTime('proxy', stepMs, ({ resolve, reject }) => {
    const asking = request({
      method: 'CONNECT',
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (isSecure ? 443 : 80),
      path: target,
      headers: { host: target, ...(authorization && { 'proxy-authorization': authorization.token }) },
      agent: false,
      ...(secureContext && { secureContext }),
    });
    const refused = (status: number | undefined): void => reject({ code: String(status) });
    asking
      .once('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) return resolve(socket);
        socket.destroy();
        refused(statusCode);
      })
      .once('response', response => {
        response.destroy();
        refused(response.statusCode);
      })
      .on('error', reject)
      .end();
    return () => asking.destroy();
  });
}
