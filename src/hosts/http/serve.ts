import type { IncomingMessage, ServerResponse } from 'node:http';
import { catalogue } from '../../catalogue.js';
import { ConfigError, type Config } from '../../config.js';
import { readPrincipals } from '../../config/principals.js';
import { unlimited } from '../../guard/principal.js';
import { createScrubber } from '../../guard/scrub.js';
import { createLog, type Log } from '../../log.js';
import { checkConfig, sayDangers } from '../check-config.js';
import { openGround } from '../ground.js';
import { stopSignals } from '../stop-signals.js';
import { clientAddressBehind } from './address.js';
import { createApp } from './app.js';
import { isLoopback } from './gate.js';
import { withFourEyes } from './four-eyes.js';
import { withHeaderKey } from './header-key.js';
import type { Authenticator } from './identity.js';
import { listen } from './listener.js';
import { tokenAuthenticator } from './tokens.js';

/**
 * Serves MCP on /mcp to everybody the configuration lets in, until a signal comes; then lets calls under way finish. A
 * second signal ends it at once. Returns the exit code.
 * @throws {ConfigError} for settings that do not go together.
 */
export async function serveHttp(config: Config, env: NodeJS.ProcessEnv): Promise<number> {
  const known = await catalogue();
  checkConfig(config, known.tools);
  const clientAddress = clientAddressBehind(config.http.trustProxy);
  const authenticatorAt = await authenticatorOf(config, env);
  const scrubber = createScrubber();
  const { createMetrics } = await import('./metrics.js');
  const log = createLog(config.logLevel, scrubber.scrub);
  sayDangers(config, log);
  process.on('unhandledRejection', error => log.error('A promise was rejected and nobody looked', error));
  const ground = await openGround(
    config,
    log,
    scrubber,
    config.http.store === 'memory' ? undefined : config.http.store,
  );
  const [leave, hurry] = [new AbortController(), new AbortController()];
  for (const signal of stopSignals()) process.on(signal, () => (leave.signal.aborted ? hurry : leave).abort());

  let answer = (_request: IncomingMessage, response: ServerResponse): void => void response.writeHead(503).end();
  const { server, port } = await listen(config.http, (request, response) => answer(request, response));
  const own = ownAddress(config, port);
  const metrics = createMetrics(known.tools.map(({ name }) => name));
  const authenticator = authenticatorAt(own, log);
  const app = createApp({ ground, catalogue: known, authenticator, metrics, own, clientAddress });
  answer = (request, response) => app.answer(request, response);
  // The address it is known under may say nothing of where a proxy is to send to.
  if (config.http.publicUrl !== undefined)
    process.stderr.write(`gigahost-mcp listens on ${hostName(config.http.listen.host)}:${port}\n`);
  process.stderr.write(`gigahost-mcp serves MCP on ${own.href.replace(/\/$/, '')}/mcp\n`);

  await aborted(leave.signal);
  const stopped = app.drain(server, config.http.drainMs).then(() => ground.close());
  await Promise.race([stopped, aborted(hurry.signal)]);
  return hurry.signal.aborted ? 1 : 0;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise(over => signal.addEventListener('abort', () => over(), { once: true }));

/** Faults of the settings are told before anything listens; what it makes needs the address that is listened on. */
async function authenticatorOf(
  { http }: Config,
  env: NodeJS.ProcessEnv,
): Promise<(own: URL, log: Log) => Authenticator> {
  const inner = await byWay();
  return http.credentials === 'header' ? (own, log) => withHeaderKey(inner(own, log)) : inner;

  async function byWay(): Promise<(own: URL, log: Log) => Authenticator> {
    if (http.auth === 'none') {
      if (!isLoopback(http.listen.host))
        throw new ConfigError(
          `--auth none lets everybody in who reaches ${http.listen.host}: it works on loopback only (--listen 127.0.0.1:3000).`,
        );
      if (http.fourEyes.length > 0)
        throw new ConfigError('--four-eyes takes two people, and with --auth none nobody can be told apart.');
      const principal = unlimited('anyone');
      return () => ({ identify: () => Promise.resolve({ principal, key: principal.name }) });
    }
    const { held, where } = http.principals;
    const known = readPrincipals(held, where, env);
    if (http.auth === 'oauth') {
      const { issuer, ...rest } = http.oauth;
      if (issuer === undefined)
        throw new ConfigError(
          '--auth oauth needs the authorization server whose tokens are accepted: --oauth-issuer https://login.example.no.',
        );
      const { oauthAuthenticator } = await import('./oauth.js');
      return (own, log) => withFourEyes(oauthAuthenticator({ issuer, ...rest }, known, own, log), http.fourEyes, known);
    }
    if (!known.some(({ tokens }) => tokens.length > 0))
      throw new ConfigError(
        `Nobody could call this server: there is no principal with a token in ${where}. gigahost-mcp token create NAME --config FILE makes one.`,
      );
    return () => withFourEyes(tokenAuthenticator(known), http.fourEyes, known);
  }
}

function ownAddress({ http: { publicUrl, listen: at, tls } }: Config, port: number): URL {
  if (publicUrl !== undefined) return new URL(publicUrl);
  const host = at.host === '0.0.0.0' || at.host === '::' ? 'localhost' : hostName(at.host);
  return new URL(`${tls.cert === undefined ? 'http' : 'https'}://${host}:${port}`);
}

const hostName = (host: string): string => (host.includes(':') ? `[${host}]` : host);
