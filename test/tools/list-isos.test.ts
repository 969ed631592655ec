import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { expectBadArguments, expectRefusals } from './support/upstream.js';

test('the ISO images for a server are listed with state, size in MiB and what is mounted', async () => {
  await using mcp = await connect();
  mcp.sandbox.world.server('db01').isoId = '312';
  const { text, structured } = await mcp.call('list_isos', { server: 'db' });
  expect(structured).toMatchObject({
    server: 'db01',
    columns: ['name', 'id', 'state', 'size_mib', 'mounted'],
    rows: [
      ['systemrescue-12.00-amd64.iso', '311', 'completed', 1108, false],
      ['debian-13.1.0-amd64-netinst.iso', '312', 'completed', 783, true],
      ['opnsense-25.7-dvd-amd64.iso', '313', 'uploading', null, false],
    ],
    total: 3,
  });
  expect(text).toContain('ISO images for db01:\nname | id | state | size_mib | mounted\n');
  expect(text).toContain('debian-13.1.0-amd64-netinst.iso | 312 | completed | 783 | yes');
});

test('an account without images is told where they are uploaded', async () => {
  await using mcp = await connect();
  mcp.sandbox.world.isos.splice(0);
  const { text } = await mcp.call('list_isos', { server: 'db01' });
  expect(text).toBe('No ISO images are uploaded for db01. They are uploaded in the Gigahost panel.');
});

test('a list wrapped in an object is read as well', async () => {
  await using mcp = await connect();
  const body = { meta: { status: 200 }, data: { isos: [{ iso_id: 7, iso_name: 'x.iso', iso_state: 'completed' }] } };
  mcp.sandbox.misbehave({ path: /isos$/, fault: { kind: 'reply', body } });
  expect((await mcp.call('list_isos', { server: 'db01' })).structured).toMatchObject({
    rows: [['x.iso', '7', 'completed', null, false]],
  });
});

test('the refusal for hourly servers is explained, and wrong arguments are answered with the right ones', async () => {
  await using mcp = await connect();
  await expectRefusals(mcp, 'list_isos', [
    [
      { server: 'web01' },
      /"ISO images are not available for this server\.", status 400\..*refuses ISO images on hourly servers\./,
    ],
    [{ server: 'shop' }, /No server is called "shop"/],
  ]);
  await expectBadArguments(mcp, 'list_isos', [
    [{}, /server is missing/],
    [{ server: 'db01', limit: 3 }, /unknown argument "limit"/],
  ]);
});
