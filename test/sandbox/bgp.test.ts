import { expect, test } from 'vitest';
import { open, type Gigahost, type Row } from './support/open.js';
import { INSTALL_MS, ordered } from './support/shop.js';

interface Overview {
  asn: Row[];
  prefix_lists: Row[];
  sessions: Row[];
}

const read = async (gigahost: Gigahost, authorization?: string): Promise<Overview> =>
  (await gigahost.get<Overview>('/bgp', authorization === undefined ? {} : { authorization })).data;

const submit = (gigahost: Gigahost, asn: unknown) => gigahost.call('POST', '/bgp/asn', { body: { asn } });

const connect = (gigahost: Gigahost, body: Row, asnId = '41') =>
  gigahost.call('POST', `/bgp/${asnId}/session`, { body: { redundant: 0, defaultroute: 1, ...body } });

test('numbers, prefixes and sessions come in one reply, all of it quoted', async () => {
  await using gigahost = await open();
  const { asn, prefix_lists: prefixes, sessions } = await read(gigahost);
  expect(asn.map(row => [row.id, row.asn, row.status])).toEqual([
    ['41', '64500', 'active'],
    ['42', '64501', 'pending'],
  ]);
  expect(prefixes[0]).toEqual({
    id: '61',
    asn_id: '41',
    prefix: '198.51.100.0/24',
    prefix_type: 'ipv4',
    status: 'active',
    your_asn: '64500',
    asn_country: 'NO',
  });
  const { addresses } = gigahost.sandbox.world.server('backup01');
  expect(sessions).toMatchObject([
    {
      srv_id: '18105',
      ip_id: addresses[0]?.id,
      ip_address: addresses[0]?.address,
      defaultroute: '1',
      status: 'active',
    },
  ]);
});

test('a submitted number waits for approval, in whatever spelling it came', async () => {
  await using gigahost = await open();
  expect(await submit(gigahost, 'as64502')).toMatchObject({ status: 200, body: { data: [] } });
  expect((await read(gigahost)).asn.at(-1)).toMatchObject({ asn: '64502', status: 'pending', irr_updated: '0' });
});

test('numbers that are known, too many, or not public are refused', async () => {
  await using gigahost = await open();
  const text = async (asn: unknown) => (await submit(gigahost, asn)).meta.message;
  for (const asn of [0, 'banana', 64_512, 4_294_967_296, undefined, 23_456])
    expect(await text(asn)).toBe('ASN is not valid');
  expect(await text(64_500)).toBe('The ASN already exists in the database.');
  expect((await submit(gigahost, 64_503)).status).toBe(200);
  expect(await text(64_504)).toMatch(/^Only three ASNs can be configured at a time\./);
});

test('a session is on its way first, and redundancy is a second row', async () => {
  await using gigahost = await open();
  expect((await connect(gigahost, { redundant: 1, defaultroute: 0, ip_id_v4: 7801, ip_id_v6: '7801' })).status).toBe(
    200,
  );
  const made = async () =>
    (await read(gigahost)).sessions.slice(1).map(row => [row.ip_type, row.ip_address, row.router_id, row.status]);
  expect(await made()).toEqual([
    ['ipv4', '192.0.2.10', '1', 'pending'],
    ['ipv4', '192.0.2.10', '2', 'pending'],
    ['ipv6', '2001:db8:2::10', '1', 'pending'],
    ['ipv6', '2001:db8:2::10', '2', 'pending'],
  ]);
  gigahost.advance(5000);
  expect((await made()).map(([, , , status]) => status)).toEqual(['active', 'active', 'active', 'active']);
  expect((await read(gigahost)).sessions[1]).toMatchObject({ defaultroute: '0', srv_id: '18101', your_asn: '64500' });
});

test('what cannot become a session is refused', async () => {
  await using gigahost = await open();
  const outcome = async (body: Row, asnId?: string) => {
    const { status, meta } = await connect(gigahost, body, asnId);
    return [status, meta.message];
  };
  expect(await outcome({ ip_id_v4: 7805 })).toEqual([400, 'IPv4 session exists already.']);
  expect(await outcome({})).toEqual([400, 'Invalid data received.']);
  expect(await outcome({ ip_id_v4: 7801, redundant: true })).toEqual([400, 'Invalid data received.']);
  expect((await outcome({ ip_id_v4: 9999 }))[0]).toBe(404);
  expect((await outcome({ ip_id_v6: 7805 }))[0]).toBe(404);
  expect((await outcome({ ip_id_v4: 7801 }, '64500'))[0]).toBe(404);
  expect((await outcome({ ip_id_v4: 7801 }, '42'))[0]).toBe(400);
  await ordered(gigahost, { region_id: 2, hostnames: ['oslo01'] });
  gigahost.advance(INSTALL_MS);
  const [address] = gigahost.sandbox.world.server('oslo01').addresses;
  expect(await outcome({ ip_id_v4: address?.id })).toEqual([400, 'Unable to find available BGP routers.']);
  expect((await read(gigahost)).sessions).toHaveLength(1);
});

test('a deleted session is marked, and gone after a while', async () => {
  await using gigahost = await open();
  const end = async () => (await gigahost.call('DELETE', '/bgp/81/session')).status;
  expect(await end()).toBe(200);
  expect((await read(gigahost)).sessions).toMatchObject([{ id: '81', status: 'deleting' }]);
  expect(await end()).toBe(400);
  gigahost.advance(5000);
  expect((await read(gigahost)).sessions).toEqual([]);
  expect(await end()).toBe(404);
});

test('a cancelled server takes its sessions with it', async () => {
  await using gigahost = await open();
  await gigahost.call('POST', '/servers/18105/cancel', { body: { early_termination: 1 } });
  gigahost.advance(5000);
  expect((await read(gigahost)).sessions).toEqual([]);
});

test('a key sees and makes sessions on its own servers only', async () => {
  await using gigahost = await open();
  const authorization = `Bearer ${gigahost.sandbox.addApiKey({ servers: { mode: 'rw', all: false, ids: ['18101'] } })}`;
  expect((await read(gigahost, authorization)).sessions).toEqual([]);
  const make = async (id: number) => {
    const body = { redundant: 0, defaultroute: 0, ip_id_v4: id };
    return (await gigahost.call('POST', '/bgp/41/session', { authorization, body })).status;
  };
  expect(await make(7802)).toBe(404);
  expect(await make(7801)).toBe(200);
  expect((await read(gigahost, authorization)).sessions).toMatchObject([{ srv_id: '18101' }]);
});
