import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { breakAfter, changesOf, expectBadArguments, expectRefusals, nameTwice } from './support/upstream.js';

test('the new name is on the server, and the answer has it as read back, with the way to undo', async () => {
  await using mcp = await connect();
  const { text, structured } = await mcp.call('rename_server', { server: '2001:DB8:2:0::11', name: ' blåbær-2 ' });
  expect(mcp.sandbox.world.server('18102').name).toBe('blåbær-2');
  expect(mcp.sandbox.calls('PUT', /^\/servers\/18102\/name$/).map(({ body }) => body)).toEqual([{ name: 'blåbær-2' }]);
  expect(structured).toEqual({
    id: '18102',
    name: 'blåbær-2',
    previous_name: 'web02',
    change_id: expect.stringMatching(/^c\w+$/) as unknown,
  });
  expect(text).toBe(
    `The server is now called blåbær-2 (before: web02).\n\nundo_change with change="${String(structured['change_id'])}" takes it back.`,
  );
  expect((await mcp.call('get_server', { server: 'blåbær-2' })).structured).toMatchObject({ id: '18102' });
});

test('what Gigahost made of the name is what is told', async () => {
  await using mcp = await connect();
  const accepted = { meta: { status: 200, message: 'Server name has been updated.' } };
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'reply', body: accepted } });
  const { text, structured } = await mcp.call('rename_server', { server: 'web02', name: 'shop' });
  expect(structured).toMatchObject({ name: 'web02', previous_name: 'web02' });
  expect(text).toMatch(
    /^The server is still called web02\..*does not show it yet: look again with get_server\.\n\nundo_change with change="c\w+" takes it back\.$/,
  );
});

test('a server that had no name is not said to have had its label for one, and cannot get none back', async () => {
  await using mcp = await connect();
  mcp.sandbox.world.server('18102').name = '';
  const { text, structured } = await mcp.call('rename_server', { server: '18102', name: 'shop' });
  expect(structured).toMatchObject({ id: '18102', name: 'shop', previous_name: null });
  expect(text).toBe(
    `The server is now called shop (it had no name).\n\nundo_change cannot take it back (change ${String(structured['change_id'])}).`,
  );
  expect((await mcp.call('undo_change', {})).text).toMatch(/this cannot be undone/);
  expect(mcp.sandbox.world.server('18102').name).toBe('shop');
});

test('a server without a name that Gigahost does not show a new one of yet still has none', async () => {
  await using mcp = await connect();
  mcp.sandbox.world.server('18102').name = '';
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'reply', body: { meta: { status: 200 } } } });
  const { text, structured } = await mcp.call('rename_server', { server: '18102', name: 'shop' });
  expect(structured).toMatchObject({ name: null, previous_name: null });
  expect(text).toMatch(/^The server still has no name\. If another name was asked for/);
});

test('a lost answer is reported as unknown, with the read that settles it, and nothing is sent twice', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ method: 'PUT', path: /name$/, fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await mcp.call('rename_server', { server: 'web02', name: 'shop' });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /asked to rename the server, and it is not known whether that happened.*Do not repeat it: get_server shows/,
  );
  expect(changesOf(mcp.sandbox)).toEqual(['PUT /servers/18102/name']);
  expect((await mcp.call('get_server', { server: '18102' })).structured).toMatchObject({ name: 'shop' });
});

test('a name that was accepted and cannot be read back is reported as accepted', async () => {
  await using mcp = await connect();
  breakAfter(mcp.sandbox, 0, { path: /^\/servers\/18102$/, fault: { kind: 'status', status: 500 } });
  const { text, isError } = await mcp.call('rename_server', { server: 'web02', name: 'shop' });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /^Gigahost accepted the change, but the new state could not be read back: .*Do not repeat the change: get_server/,
  );
  expect(mcp.sandbox.world.server('18102').name).toBe('shop');
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a server that is not meant for sure is not renamed', async () => {
  await using mcp = await connect();
  await expectRefusals(mcp, 'rename_server', [
    [
      { server: 'legacy', name: 'x' },
      /Did you mean legacy-db \(dedicated server 18107, .*whole name, an id or an address\..*Nothing changed\.$/,
    ],
    [{ server: 'shop', name: 'x' }, /No server is called "shop"\. There are: .*Nothing changed\.$/],
  ]);
  nameTwice(mcp.sandbox);
  await expectRefusals(mcp, 'rename_server', [
    [
      { server: 'web01', name: 'x' },
      /"web01" matches 2 servers: .*18101.*18102.*Use an id or an address\. Nothing changed\.$/,
    ],
  ]);
});

test('a key that may only read is told so, and that the user can change it', async () => {
  await using mcp = await connect();
  const readOnly = mcp.sandbox.addApiKey({ servers: { mode: 'r', all: true } });
  await using other = await connect({ sandbox: mcp.sandbox, env: { GIGAHOST_API_KEY: readOnly } });
  const { text, isError } = await other.call('rename_server', { server: 'web02', name: 'shop' });
  expect(isError).toBe(true);
  expect(text).toMatch(/^Could not rename the server: .*status 403\. Nothing changed\. The credential may not do this/);
  expect(mcp.sandbox.world.server('18102').name).toBe('web02');
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp = await connect();
  await expectBadArguments(mcp, 'rename_server', [
    [{ server: 'web01' }, /name is missing\. It takes server, name\./],
    [{ server: 'web01', name: '   ' }, /name must not be empty/],
    [{ server: 'web01', name: 'a\nb' }, /name must be one line without control characters/],
    [{ server: 'web01', name: 'a\u2028b' }, /name must be one line/],
    [{ server: 'web01', name: 'a\u2029b' }, /name must be one line/],
    [{ server: 'web01', name: 'x'.repeat(101) }, /name must be at most 100 characters long/],
    [{ server: 'web01', name: 7 }, /name must be a text/],
    [{ server: 'web01', new_name: 'x', name: 'x' }, /unknown argument "new_name"/],
  ]);
});
