import { isIP, type Socket } from 'node:net';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { contextOf } from '../../client/pools.js';
import type { Route } from '../../client/route.js';
import { codeOf, inTime, type Failed } from './failed.js';

/**
 * TLS over a connection. A certificate that is not trusted is looked at, to say whose it is, and the connection is ended:
 * nothing is sent over it.
 */
export async function secure(socket: Socket, host: string, { ca }: Route, stepMs: number): Promise<Socket | Failed> {
  const context = ca && (await contextOf(ca));
  const opened = await inTime<TLSSocket>('tls', stepMs, ({ resolve, reject }) => {
    const tls = connect({
      socket,
      ...(!isIP(host) && { servername: host }),
      host,
      ...(context && { secureContext: context }),
      rejectUnauthorized: false,
    });
    tls.once('secureConnect', () => resolve(tls)).once('error', reject);
    return () => tls.destroy();
  });
  if ('kind' in opened || opened.authorized) return opened;
  const issuer = issuerOf(opened.getPeerCertificate());
  const error: unknown = opened.authorizationError;
  opened.destroy();
  return { kind: 'failed', step: 'tls', code: typeof error === 'string' ? error : codeOf(error), issuer };
}

const issuerOf = ({ issuer }: Partial<PeerCertificate>): string | undefined => {
  const named: unknown = issuer?.O ?? issuer?.CN;
  return typeof named === 'string' ? named : undefined;
};
