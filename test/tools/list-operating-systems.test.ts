import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { expectBadArguments, expectRefusals } from './support/upstream.js';

const first = (structured: Record<string, unknown>): unknown[] => (structured['rows'] as unknown[][]).map(([os]) => os);

test('every system on offer is listed with the name to install it by', async () => {
  await using mcp = await connect();
  const { text, structured } = await mcp.call('list_operating_systems');
  expect(structured).toMatchObject({
    columns: ['os', 'id', 'name', 'distribution', 'codename', 'min_ram_gb', 'dedicated_only'],
    total: 11,
    unfit: [],
  });
  expect(structured['rows']).toContainEqual(['debian-13', '118', 'Debian 13 64-bit', 'Debian', 'trixie', null, false]);
  expect(first(structured)).not.toContain('centos-7');
  expect(text).toContain(
    'windows-server-2022-standard | 97 | Windows Server 2022 Standard | Windows Server | ws2022 | 16 | yes',
  );
});

test('one distribution, and what fits one server, can be asked for', async () => {
  await using mcp = await connect();
  const ask = (args: Record<string, unknown>) => mcp.call('list_operating_systems', args);
  expect(first((await ask({ distribution: 'Debian' })).structured)).toEqual(['debian-11', 'debian-12', 'debian-13']);
  expect(first((await ask({ distribution: 'rocky' })).structured)).toEqual(['rocky-linux-9']);
  const fitting = await ask({ server: 'web01' });
  expect(first(fitting.structured)).not.toContain('windows-server-2022-standard');
  expect(fitting.structured['total']).toBe(10);
  expect(fitting.text).toContain('Left out: Windows Server 2022 Standard is for dedicated servers only.');
  expect(first((await ask({ server: 'backup01' })).structured)).toContain('windows-server-2022-standard');
});

test('when nothing fits, the answer says why', async () => {
  await using mcp = await connect();
  mcp.sandbox.world.server('web02').ramGb = 1;
  const small = await mcp.call('list_operating_systems', { server: 'web02', distribution: 'ubuntu' });
  expect(small.structured).toMatchObject({ total: 0, rows: [] });
  expect(small.text).toMatch(
    /There are no operating systems that fit\.\n\nLeft out: Ubuntu 22\.04 LTS needs 2 GB of memory and web02 has 1 GB; /,
  );
});

test('of many systems that do not fit the first are told and the others counted', async () => {
  await using mcp = await connect();
  mcp.sandbox.world.server('web02').ramGb = 1;
  for (const system of mcp.sandbox.world.operatingSystems) system.minRamGb = 2;
  const { text, structured } = await mcp.call('list_operating_systems', { server: 'web02' });
  expect(structured).toMatchObject({ total: 0, unfit_total: 11 });
  expect(structured['unfit']).toHaveLength(10);
  expect(text).toMatch(/Left out: .*; and 1 more\.$/);
});

test('the list is fetched once for several questions', async () => {
  await using mcp = await connect();
  await mcp.call('list_operating_systems');
  await mcp.call('list_operating_systems', { distribution: 'ubuntu' });
  expect(mcp.sandbox.calls('GET', /^\/reinstall\/distro$/)).toHaveLength(1);
  expect(mcp.sandbox.calls('GET', /^\/reinstall\/distro\/1$/)).toHaveLength(0);
});

test('an unknown distribution or server, and wrong arguments, are answered with what would be right', async () => {
  await using mcp = await connect();
  await expectRefusals(mcp, 'list_operating_systems', [
    [
      { distribution: 'beos' },
      /No distribution is called "beos"\. There are: Debian, Ubuntu, Windows Server, FreeBSD, /,
    ],
    [{ server: 'shop' }, /No server is called "shop"/],
  ]);
  await expectBadArguments(mcp, 'list_operating_systems', [
    [{ distribution: 2 }, /distribution must be a text/],
    [{ os: 'debian' }, /unknown argument "os"\. It takes distribution\?, server\?, cursor\?\./],
  ]);
});
