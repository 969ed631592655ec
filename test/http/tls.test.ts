import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { serve } from '../support/http.js';

/** A certificate of this machine's own for localhost, good for a hundred years; of use to nobody. */
const CERT = fileURLToPath(new URL('../support/tls/cert.pem', import.meta.url));
const KEY = fileURLToPath(new URL('../support/tls/key.pem', import.meta.url));

test('with a certificate MCP is served over https', async () => {
  await using server = await serve({
    principals: [{ name: 'ada', role: 'admin' }],
    args: ['--tls-cert', CERT, '--tls-key', KEY],
  });
  expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const ca = await readFile(CERT);
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'get_server', arguments: { server: 'web01' } },
  });
  const said = await new Promise<string>((resolve, reject) => {
    const asked = request(
      `${server.url}/mcp`,
      {
        ca,
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Accept: 'application/json, text/event-stream',
          Authorization: `Bearer ${server.tokens['ada']}`,
        },
      },
      answer => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString())).once('end', () => resolve(text));
      },
    );
    asked.once('error', reject).end(body);
  });
  expect(said).toContain('web01');
});

test('a key that does not belong to the certificate is said at the start', async () => {
  await expect(
    serve({ principals: [{ name: 'ada', role: 'admin' }], args: ['--tls-cert', KEY, '--tls-key', CERT] }),
  ).rejects.toThrow(/it ended with 2: .*certificate/s);
});
