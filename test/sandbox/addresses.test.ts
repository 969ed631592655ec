import { expect, test } from 'vitest';
import { open, type Gigahost, type Row } from './support/open.js';

const ips = async (gigahost: Gigahost, name: string) => (await gigahost.server(name)).ips as Row[];

test('a PTR is set for the IPv4 address, not for the IPv6 twin of the same id', async () => {
  await using gigahost = await open();
  gigahost.sandbox.world.server('web02').addresses.reverse();
  const body = { ip_id: 7802, dns: 'Web02.Example.no.' };
  expect((await gigahost.call('PUT', '/servers/18102/reverse', { body })).status).toBe(200);
  expect((await ips(gigahost, 'web02')).map(ip => ip.ip_reverse)).toEqual(['', 'web02.example.no']);
});

test('an empty name goes back to the default', async () => {
  await using gigahost = await open();
  await gigahost.call('PUT', '/servers/18104/reverse', { body: { ip_id: '7804', dns: '' } });
  expect((await ips(gigahost, 'mail01'))[0]?.ip_reverse).toBe('static.198.51.100.25.customers.gigahost.no');
});

test('a subnet of hardware is delegated to a nameserver', async () => {
  await using gigahost = await open();
  const body = { sub_id: '4105', dns: 'ns1.example.no' };
  expect((await gigahost.call('PUT', '/servers/18105/reverse', { body })).status).toBe(200);
  expect(await gigahost.server('backup01')).toMatchObject({ subnets: [{ sub_ns: 'ns1.example.no' }] });
});

test('a name that is none is refused, and an address of another server is not found', async () => {
  await using gigahost = await open();
  const set = async (body: Row) => (await gigahost.call('PUT', '/servers/18101/reverse', { body })).status;
  expect(await set({ ip_id: '7801', dns: 'no spaces.example.no' })).toBe(400);
  expect(await set({ ip_id: '7801' })).toBe(400);
  expect(await set({ dns: 'web01.example.no' })).toBe(400);
  expect(await set({ ip_id: '7804', dns: 'mail.example.no' })).toBe(404);
  expect(await set({ sub_id: '4105', dns: 'ns1.example.no' })).toBe(404);
});

test('an IPv4 order on an hourly server is refused whatever the body', async () => {
  await using gigahost = await open();
  for (const body of [{ ip_type: 'l2' }, { ip_type: 'l3' }, {}])
    expect(await gigahost.call('POST', '/servers/18101/ipv4', { body })).toMatchObject({
      status: 400,
      meta: { message: 'Invalid data received.' },
    });
});

test('on a recurring server the ordered address appears a moment later, and the reply does not name it', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.call('POST', '/servers/18103/ipv4', { body: { ip_type: 'l3' } });
  expect(data).toEqual([]);
  expect(await ips(gigahost, 'db01')).toHaveLength(2);
  gigahost.advance(3000);
  expect((await ips(gigahost, 'db01')).at(-1)).toMatchObject({
    ip_address: '192.0.2.101',
    ip_type: 'extra',
    ip_routed_to: '7803',
    ip_reverse: 'static.192.0.2.101.customers.gigahost.no',
  });
});

test('two orders give two addresses', async () => {
  await using gigahost = await open();
  for (const ip_type of ['l2', 'l3']) await gigahost.call('POST', '/servers/18103/ipv4', { body: { ip_type } });
  gigahost.advance(3000);
  const added = (await ips(gigahost, 'db01')).filter(ip => ip.ip_type === 'extra');
  expect(added.map(ip => ip.ip_address)).toEqual(['192.0.2.101', '192.0.2.102']);
});
