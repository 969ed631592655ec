/** The HTTP host of the product with the fixtures beside it, for the conformance suite: prints its address, and serves until it is killed. */
import { catalogue } from '../../src/catalogue.js';
import { readConfig } from '../../src/config.js';
import { unlimited } from '../../src/guard/principal.js';
import { createScrubber } from '../../src/guard/scrub.js';
import { openGround } from '../../src/hosts/ground.js';
import { createApp } from '../../src/hosts/http/app.js';
import { createMetrics } from '../../src/hosts/http/metrics.js';
import { listen } from '../../src/hosts/http/listener.js';
import { createLog } from '../../src/log.js';
import { FIXTURES } from './fixtures.js';

async function start(): Promise<void> {
  const config = readConfig(
    { sandbox: true, sessions: true, listen: '0', auth: 'none', requestsPerMinute: '100000' },
    {},
    'page',
  );
  const scrubber = createScrubber();
  const ground = await openGround(config, createLog('error', scrubber.scrub), scrubber);
  const principal = unlimited('anyone');
  const { server, port } = await listen(config.http, (request, response) => app.answer(request, response));
  const app = createApp({
    ground,
    catalogue: await catalogue(),
    authenticator: { identify: () => Promise.resolve({ principal, key: principal.name }) },
    own: new URL(`http://127.0.0.1:${port}`),
    metrics: createMetrics([]),
    beside: FIXTURES,
  });
  server.once('error', error => {
    throw error;
  });
  process.stderr.write(`serves MCP on http://127.0.0.1:${port}/mcp\n`);
}

void start();
