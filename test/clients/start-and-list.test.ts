import { expect, test } from 'vitest';
import { startAndList, type Entry } from '../../src/clients/index.js';
import { BIN } from '../support/connect.js';

const node = process.execPath;
const start = (entry: Partial<Entry>, patienceMs?: number) =>
  startAndList({ command: node, args: [], env: {}, ...entry }, { HOME: '/nonexistent' }, patienceMs);

test('the real server is started, says its tools, and is gone again', async () => {
  const started = await start({ args: [BIN, '--sandbox', '--toolsets', 'dns'], env: { GIGAHOST_JOURNAL: 'off' } });
  expect(started).toEqual({ kind: 'tools', tools: expect.arrayContaining(['list_dns_zones']) as unknown });
});

test('of the environment it has what a client hands on, and what its entry says', async () => {
  const script = `require('fs').writeSync(2, JSON.stringify(process.env)); process.exit(3)`;
  const started = await startAndList(
    { command: node, args: ['-e', script], env: { A: '1' } },
    { HOME: '/home/kari', SECRET: 'x', PATH: '/opt/mine' },
  );
  expect(started).toMatchObject({ kind: 'failed', why: 'ended' });
  expect(JSON.parse('said' in started ? started.said : '')).toEqual({
    PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
    HOME: '/home/kari',
    A: '1',
  });
});

test('a list in pages is followed, lines that are no messages are passed over, and a server that stays is ended', async () => {
  const script = `
    process.on('SIGTERM', () => {});
    setInterval(() => {}, 1000);
    console.log('npm warn something');
    require('readline').createInterface({ input: process.stdin }).on('line', line => {
      const { id, method, params } = JSON.parse(line);
      const result = method === 'initialize' ? {} : params?.cursor ? { tools: [{ name: 'b' }] } : { tools: [{ name: 'a' }], nextCursor: 'n' };
      if (id) console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
    })`;
  expect(await start({ args: ['-e', script] })).toEqual({ kind: 'tools', tools: ['a', 'b'], noise: 1 });
});

test.for<[string, Partial<Entry>, string, RegExp, number?]>([
  ['a command that is not there', { command: '/nonexistent/node' }, 'not started', /ENOENT/],
  ['a file that is gone', { args: ['/nonexistent/main.js'] }, 'ended', /Cannot find module/],
  ['a setting that is refused', { args: [BIN, '--toolsets', 'nonsense'] }, 'ended', /--toolsets/],
  ['silence', { args: ['-e', 'process.stdin.resume()'] }, 'no answer', /^$/, 500],
  [
    'an error',
    { args: ['-e', `console.log('{"jsonrpc":"2.0","id":1,"error":{"message":"not you"}}'); process.stdin.resume()`] },
    'refused',
    /^not you$/,
  ],
])('%s is told', async ([, entry, why, said, patienceMs]) => {
  const started = await start(entry, patienceMs);
  expect(started).toEqual({ kind: 'failed', why, said: expect.stringMatching(said) as unknown });
});
