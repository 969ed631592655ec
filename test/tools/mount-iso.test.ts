import { expect, test } from 'vitest';
import { agrees, connect, declines } from '../support/connect.js';
import { breakAfter, changesOf, expectBadArguments, expectRefusals, nameTwice } from './support/upstream.js';

const RESCUE = 'systemrescue-12.00-amd64.iso';

test('a person who agrees to the plan gets the image mounted', async () => {
  await using mcp = await connect({ person: agrees });
  const { text, structured } = await mcp.call('mount_iso', { server: '192.0.2.20', iso: RESCUE.toUpperCase() });
  expect(mcp.questions[0]?.message).toMatch(
    /^Mount the ISO image systemrescue-12\.00-amd64\.iso on db01 \(VPS 18103, 192\.0\.2\.20\)\.\n- The server boots from it at its next reboot/,
  );
  expect(mcp.sandbox.world.server('db01').isoId).toBe('311');
  expect(mcp.sandbox.calls('POST').map(({ path, body }) => [path, body])).toEqual([
    ['/servers/18103/isos', { iso_id: '311' }],
  ]);
  expect(structured).toEqual({
    status: 'done',
    server: 'db01',
    iso: RESCUE,
    iso_id: '311',
    mounted: true,
    change_id: expect.stringMatching(/^c\w+$/) as unknown,
  });
  expect(text).toBe(
    `${RESCUE} is mounted on db01. The server boots from it at its next reboot (reboot_server).\n\nundo_change does not apply to it (change ${String(structured['change_id'])}).`,
  );
});

test('a person who declines leaves it unmounted', async () => {
  await using mcp = await connect({ person: declines });
  expect((await mcp.call('mount_iso', { server: 'db01', iso: '311' })).structured).toEqual({ status: 'declined' });
  expect(mcp.sandbox.world.server('db01').isoId).toBeNull();
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('an image that Gigahost accepted and does not show as mounted is not called mounted', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'reply', body: { meta: { status: 200 } } } });
  const { text, structured } = await mcp.call('mount_iso', { server: 'db01', iso: '311' });
  expect(structured).toMatchObject({ mounted: false });
  expect(text).toMatch(
    /^Gigahost accepted mounting .* on db01, but does not show it as mounted yet\. list_isos tells\.\n\nundo_change does not apply to it \(change c\w+\)\.$/,
  );
});

test('a lost answer is reported as unknown, with the read that settles it, and nothing is sent twice', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.misbehave({ method: 'POST', path: /isos$/, fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await mcp.call('mount_iso', { server: 'db01', iso: '311' });
  expect(isError).toBe(true);
  expect(text).toMatch(/asked to mount the ISO image, and it is not known.*Do not repeat it: list_isos shows/);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a mount that was accepted and cannot be read back is reported as accepted', async () => {
  await using mcp = await connect({ person: agrees });
  breakAfter(mcp.sandbox, 2, { method: 'GET', path: /isos$/, fault: { kind: 'status', status: 500 } });
  const { text, isError } = await mcp.call('mount_iso', { server: 'db01', iso: '311' });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /^Gigahost accepted the change, but .*could not list the ISO images.*Do not repeat the change: list_isos/,
  );
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('an image that is unknown, shares its name or is still uploading is not mounted', async () => {
  await using mcp = await connect({ person: agrees });
  await expectRefusals(mcp, 'mount_iso', [
    [
      { server: 'db01', iso: 'windows.iso' },
      /There is no ISO image "windows\.iso" for db01\. There are: systemrescue-12\.00-amd64\.iso \(id 311, completed\); .*Nothing changed\.$/,
    ],
    [
      { server: 'db01', iso: '313' },
      /The ISO image opnsense-25\.7-dvd-amd64\.iso is uploading; it can be mounted when that is over\. Nothing changed\.$/,
    ],
    [{ server: 'web01', iso: '311' }, /Could not list the ISO images: .*refuses ISO images on hourly servers/],
    [{ server: 'db', iso: '311' }, /Did you mean db01 \(VPS 18103, 192\.0\.2\.20\)\?/],
  ]);
  for (const iso of mcp.sandbox.world.isos) iso.name = 'same.iso';
  nameTwice(mcp.sandbox);
  await expectRefusals(mcp, 'mount_iso', [
    [
      { server: 'db01', iso: 'same.iso' },
      /"same\.iso" matches several ISO images: same\.iso \(id 311, completed\); .*Use an id\./,
    ],
    [{ server: 'web01', iso: '311' }, /"web01" matches 2 servers/],
  ]);
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp = await connect({ person: agrees });
  await expectBadArguments(mcp, 'mount_iso', [
    [{ server: 'db01' }, /iso is missing/],
    [{ server: 'db01', iso: '' }, /iso must not be empty/],
    [{ server: 'db01', iso: 311 }, /iso must be a text/],
  ]);
});
