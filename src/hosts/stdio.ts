import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { catalogue } from '../catalogue.js';
import type { Config } from '../config.js';
import { createLog } from '../log.js';
import { createServer } from './mcp-server.js';
import { once } from '../once.js';
import type { LocalSession } from './session.js';

/**
 * Serves one person over stdin and stdout until either ends or a signal comes. Reads no credentials, opens no
 * connection and starts no sandbox before the first call: some clients start a server twice to see what it speaks.
 */
export async function serve(config: Config): Promise<void> {
  const secrets = new Set<string>();
  const log = createLog(config.logLevel, secrets);
  if (config.confirm === 'skip') {
    log.warn(
      'Confirmation is switched off (--dangerously-skip-confirmation): whatever the assistant asks for is done at once, including reinstalls and orders.',
    );
  }
  process.on('unhandledRejection', error => log.error('A promise was rejected and nobody looked', error));
  const session = once(async (): Promise<LocalSession> =>
    (await import('./session.js')).openSession(config, log, secrets),
  );
  const parts = { catalogue: await catalogue(), config, log, session: session.get };
  const handle = serveStdio(request => createServer(parts, request), { onerror: error => log.warn(error.message) });
  await new Promise<void>(over => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => over());
    process.stdin.once('end', () => over()).once('close', () => over());
  });
  await handle.close();
  await (await session.ifMade())?.close();
}
