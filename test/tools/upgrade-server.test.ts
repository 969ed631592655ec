import { expect, test } from 'vitest';
import { agrees, connect, declines } from '../support/connect.js';
import { breakAfter, changesOf, expectBadArguments, expectRefusals, fastClock, nameTwice } from './support/upstream.js';

test('a person who types the server’s name to a plan with sizes and price gets it upgraded', async () => {
  await using mcp = await connect({ person: agrees });
  const { text, structured } = await mcp.call('upgrade_server', {
    server: '192.0.2.20',
    package: 'kvm value vps 16gb',
  });
  const [question] = mcp.questions;
  expect(question?.message.split('\n').slice(0, 3)).toEqual([
    'Upgrade db01 (VPS 18103, 192.0.2.20) to KVM Value VPS 16GB.',
    '- It goes from 4 cores and 8 GB of memory to 6 cores, 16 GB of memory and 160 GB of storage.',
    '- It costs 149.00 NOK a month from now on.',
  ]);
  expect(question?.message).toContain(
    '\n- Gigahost has been seen to refuse this through its API on servers billed by the hour; nothing changes then.\n',
  );
  expect(question?.properties).toEqual({ name: { type: 'string', title: 'Type db01 to confirm' } });
  expect(mcp.sandbox.calls('POST').map(({ path, body }) => [path, body])).toEqual([
    ['/servers/18103/upgrade', { pkg_id: '7957' }],
  ]);
  expect(mcp.sandbox.world.server('db01').upgrade).toMatchObject({ packageId: '7957' });
  expect(structured).toEqual({
    status: 'done',
    server: 'db01',
    package: 'KVM Value VPS 16GB',
    state: 'upgrading',
    cores: 4,
    ram_gb: 8,
    change_id: expect.stringMatching(/^c\w+$/) as unknown,
  });
  expect(text).toBe(
    `Gigahost accepted the upgrade of db01 to KVM Value VPS 16GB. Right now its state is: upgrading, with 4 cores and 8 GB of memory. get_server shows when the new size is there; do not order it again.\n\nIt cannot be undone (change ${String(structured['change_id'])}).`,
  );
});

test('the new size is there when the upgrade is over', async () => {
  await using mcp = await connect({ person: agrees, sandboxOptions: { now: fastClock(50) } });
  await mcp.call('upgrade_server', { server: 'db01', package: '7957' });
  await expect
    .poll(async () => (await mcp.call('get_server', { server: 'db01' })).structured)
    .toMatchObject({ cores: 6, ram_gb: 16, state: 'running' });
});

test('a person who declines pays nothing', async () => {
  await using mcp = await connect({ person: declines });
  expect((await mcp.call('upgrade_server', { server: 'db01', package: '7957' })).structured).toEqual({
    status: 'declined',
  });
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('a package whose price changed while the person was asked is not bought at the new price', async () => {
  await using mcp = await connect({
    person: question => {
      const bigger = mcp.sandbox.world.packages.find(({ id }) => id === '7957');
      if (bigger) bigger.monthly = 99_900;
      return agrees(question);
    },
  });
  const { text, isError } = await mcp.call('upgrade_server', { server: 'db01', package: '7957' });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /^Nothing changed\. While the question was open, the state changed\.[\s\S]*It costs 999\.00 NOK a month/,
  );
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('the refusal that Gigahost gives hourly servers is explained', async () => {
  await using mcp = await connect({ person: agrees });
  const { text, isError } = await mcp.call('upgrade_server', { server: 'web01', package: '7957' });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /"Invalid data received\.", status 400\. Nothing changed\. Gigahost has been seen to refuse upgrades through its API; the web panel or its support can do it\./,
  );
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a lost answer is reported as unknown, with the read that settles it, and nothing is ordered twice', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.misbehave({ method: 'POST', path: /upgrade$/, fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await mcp.call('upgrade_server', { server: 'db01', package: '7957' });
  expect(isError).toBe(true);
  expect(text).toMatch(/asked to upgrade the server, and it is not known.*Do not repeat it: get_server shows/);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('an upgrade that was accepted and cannot be read back is reported as accepted', async () => {
  await using mcp = await connect({ person: agrees });
  breakAfter(mcp.sandbox, 0, { path: /^\/servers\/18103$/, fault: { kind: 'status', status: 500 } });
  const { text, isError } = await mcp.call('upgrade_server', { server: 'db01', package: '7957' });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /^Gigahost accepted the change, but .*could not read the server.*Do not repeat the change: get_server/,
  );
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a package that is not offered or not meant for sure is not ordered', async () => {
  await using mcp = await connect({ person: agrees });
  await expectRefusals(mcp, 'upgrade_server', [
    [
      { server: 'db01', package: 'XXL' },
      /Gigahost does not offer "XXL" for db01\. It offers: KVM Value VPS 16GB \(id 7957\); KVM Value VPS 32GB \(id 7958\)\. Nothing changed\.$/,
    ],
    [{ server: 'db01', package: '7954' }, /does not offer "7954" for db01/],
    [{ server: 'backup01', package: '7957' }, /does not offer "7957" for backup01\. It offers: nothing\./],
    [{ server: 'mail', package: '7957' }, /Did you mean mail01/],
  ]);
  for (const size of mcp.sandbox.world.packages) size.name = 'VPS';
  nameTwice(mcp.sandbox);
  await expectRefusals(mcp, 'upgrade_server', [
    [
      { server: 'db01', package: 'vps' },
      /"vps" matches several packages: VPS \(id 7957\); VPS \(id 7958\)\. Use an id\./,
    ],
    [{ server: 'web01', package: '7957' }, /"web01" matches 2 servers/],
  ]);
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp = await connect({ person: agrees });
  await expectBadArguments(mcp, 'upgrade_server', [
    [{ server: 'db01' }, /package is missing/],
    [{ server: 'db01', package: 7957 }, /package must be a text/],
    [{ server: 'db01', package: '7957', pkg_id: '1' }, /unknown argument "pkg_id"/],
  ]);
});
