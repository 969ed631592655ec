import { expect, test } from 'vitest';
import { agrees, connect, declines } from '../support/connect.js';
import { breakAfter, changesOf, expectBadArguments, expectRefusals, fastClock, nameTwice } from './support/upstream.js';

const quick = { now: fastClock(20) };

test('a person who agrees gets one more address, which is found although the reply does not name it', async () => {
  await using mcp = await connect({ person: agrees, sandboxOptions: quick });
  const steps: number[] = [];
  const { text, structured } = await mcp.call(
    'order_ip_address',
    { server: 'mail01', routing: 'l3' },
    { onprogress: ({ progress }) => steps.push(progress) },
  );
  expect(mcp.questions[0]?.message.split('\n')).toEqual([
    'Order one more IPv4 address (layer 3, routed) for mail01 (VPS 18104, 198.51.100.25).',
    '- It is billed every month from now on; Gigahost’s API does not say how much.',
    '- It cannot be given back through the API.',
    '- Gigahost has been seen to refuse this through its API on servers billed by the hour; nothing changes then.',
    '- The server has 2 addresses now: 198.51.100.25, 2001:db8:51::25.',
    '- It cannot be undone.',
  ]);
  expect(mcp.questions[0]?.properties).toEqual({ name: { type: 'string', title: 'Type mail01 to confirm' } });
  expect(mcp.sandbox.calls('POST').map(({ path, body }) => [path, body])).toEqual([
    ['/servers/18104/ipv4', { ip_type: 'l3' }],
  ]);
  expect(structured).toEqual({
    status: 'done',
    server: 'mail01',
    address: '198.51.100.101',
    addresses_total: 3,
    change_id: expect.stringMatching(/^c\w+$/) as unknown,
  });
  expect(text).toBe(
    `mail01 now also has the address 198.51.100.101. set_reverse_dns gives it a name.\n\nIt cannot be undone (change ${String(structured['change_id'])}).`,
  );
  expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
  expect((await mcp.call('get_server', { server: '198.51.100.101' })).structured).toMatchObject({ name: 'mail01' });
});

test('a person who declines pays nothing', async () => {
  await using mcp = await connect({ person: declines });
  const { structured } = await mcp.call('order_ip_address', { server: 'mail01', routing: 'l2' });
  expect(mcp.questions[0]?.message).toContain('(layer 2, unrouted)');
  expect(structured).toEqual({ status: 'declined' });
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('the refusal that Gigahost gives hourly servers is explained', async () => {
  await using mcp = await connect({ person: agrees });
  const { text, isError } = await mcp.call('order_ip_address', { server: 'web01', routing: 'l3' });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /"Invalid data received\.", status 400\. Nothing changed\. Gigahost has been seen to refuse every such order on hourly servers; its support can order the address instead\./,
  );
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a lost answer is reported as unknown, with the read that settles it, and nothing is ordered twice', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await mcp.call('order_ip_address', { server: 'mail01', routing: 'l3' });
  expect(isError).toBe(true);
  expect(text).toMatch(/asked to order an IPv4 address, and it is not known.*Do not repeat it: get_server shows/);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('an order that was accepted and cannot be looked for ends as accepted, and is not to be repeated', async () => {
  await using mcp = await connect({ person: agrees });
  breakAfter(mcp.sandbox, 2, { path: /^\/servers\/18104$/, fault: { kind: 'status', status: 500 } });
  const { text, structured } = await mcp.call('order_ip_address', { server: 'mail01', routing: 'l3', wait_seconds: 1 });
  expect(structured).toMatchObject({ status: 'done', server: 'mail01', address: null });
  expect(text).toMatch(
    /^Gigahost accepted the order for mail01, but shows no new address yet\..*Do not order again\.\n\nIt cannot be undone \(change c\w+\)\.$/,
  );
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a server that is not meant for sure, and wrong arguments, are answered with what would be right', async () => {
  await using mcp = await connect({ person: agrees });
  nameTwice(mcp.sandbox);
  await expectRefusals(mcp, 'order_ip_address', [
    [{ server: 'mail', routing: 'l3' }, /Did you mean mail01/],
    [{ server: 'shop', routing: 'l3' }, /No server is called "shop"/],
    [{ server: 'web01', routing: 'l3' }, /"web01" matches 2 servers/],
  ]);
  await expectBadArguments(mcp, 'order_ip_address', [
    [{ server: 'mail01' }, /routing must be one of l2, l3/],
    [{ server: 'mail01', routing: 'L3' }, /routing must be one of l2, l3/],
    [{ server: 'mail01', routing: 'l3', count: 4 }, /unknown argument "count"/],
  ]);
});
