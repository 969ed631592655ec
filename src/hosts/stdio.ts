import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { catalogue } from '../catalogue.js';
import type { Config } from '../config.js';
import { createScrubber } from '../guard/scrub.js';
import { createLog } from '../log.js';
import { checkConfig, sayDangers } from './check-config.js';
import { createServer } from './mcp-server.js';
import { once } from '../once.js';
import { unlimited } from '../guard/principal.js';
import type { OpenSession } from './session.js';
import { stopSignals } from './stop-signals.js';

/** When a start is over, and nobody is kept waiting. */
const LOAD_AFTER_MS = 2000;

/**
 * Serves one person over stdin and stdout until either ends or a signal comes. Reads no credentials, opens no
 * connection and starts no sandbox before the first call: some clients start a server twice to see what it speaks.
 */
export async function serve(config: Config): Promise<void> {
  const known = await catalogue();
  checkConfig(config, known.tools);
  const scrubber = createScrubber();
  const log = createLog(config.logLevel, scrubber.scrub);
  sayDangers(config, log);
  process.on('unhandledRejection', error => log.error('A promise was rejected and nobody looked', error));
  const principal = unlimited('local');
  const session = once(async (): Promise<OpenSession> => {
    const [{ openGround }, { openSession }] = await Promise.all([import('./ground.js'), import('./session.js')]);
    const ground = await openGround(config, log, scrubber);
    const opened = await openSession(ground, principal);
    return { ...opened, close: () => opened.close().finally(() => ground.close()) };
  });
  const parts = { catalogue: known, config, principal, log, session: session.get };
  const handle = serveStdio(request => createServer(parts, request), { onerror: error => log.warn(error.message) });
  // The package may be replaced while this process runs: what is loaded by then stays of one kind.
  const loading = setTimeout(
    () => void import('./session.js').then(({ loadParts }) => loadParts()),
    LOAD_AFTER_MS,
  ).unref();
  await new Promise<void>(over => {
    for (const signal of stopSignals()) process.once(signal, () => over());
    process.stdin.once('end', () => over()).once('close', () => over());
  });
  clearTimeout(loading);
  await handle.close();
  await (await session.ifMade())?.close();
}
