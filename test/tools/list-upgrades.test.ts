import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { expectBadArguments, expectRefusals } from './support/upstream.js';

test('the packages a server can move to are listed with size and monthly price', async () => {
  await using mcp = await connect();
  const { text, structured } = await mcp.call('list_upgrades', { server: 'srv18103.gigahost.no' });
  expect(structured).toMatchObject({
    server: 'db01',
    columns: ['package', 'id', 'cores', 'ram_gb', 'storage_gb', 'monthly_price'],
    rows: [
      ['KVM Value VPS 16GB', '7957', 6, 16, 160, '149.00 NOK'],
      ['KVM Value VPS 32GB', '7958', 8, 32, 320, '289.00 NOK'],
    ],
    total: 2,
  });
  expect(text).toContain('Packages db01 can move to:\n');
  expect(text).toContain('KVM Value VPS 16GB | 7957 | 6 | 16 | 160 | 149.00 NOK');
});

test('hardware has no upgrades, in so many words', async () => {
  await using mcp = await connect();
  const { text, structured } = await mcp.call('list_upgrades', { server: 'backup01' });
  expect(text).toBe('Gigahost offers no upgrade for backup01.');
  expect(structured).toMatchObject({ rows: [], total: 0 });
});

test('a server that is not there, and wrong arguments, are answered with what would be right', async () => {
  await using mcp = await connect();
  await expectRefusals(mcp, 'list_upgrades', [
    [{ server: 'shop' }, /No server is called "shop"/],
    [{ server: 'web' }, /"web" matches 2 servers/],
  ]);
  await expectBadArguments(mcp, 'list_upgrades', [
    [{}, /server is missing/],
    [{ server: 'db01', package: '7957' }, /unknown argument "package"/],
  ]);
});
