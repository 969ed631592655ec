import { expect, test } from 'vitest';
import { open, type Gigahost, type Row } from './support/open.js';
import { INSTALL_MS, ordered } from './support/shop.js';

/** Orders an extra address for db01 and tells its id. */
async function extra(gigahost: Gigahost, type = 'l3'): Promise<string> {
  await gigahost.call('POST', '/servers/18103/ipv4', { body: { ip_type: type } });
  gigahost.advance(3000);
  return gigahost.sandbox.world.server('db01').addresses.at(-1)?.id ?? '';
}

const move = (gigahost: Gigahost, addressId: string, target: unknown, authorization?: string) =>
  gigahost.call('PUT', `/servers/18103/ipv4/${addressId}`, {
    body: { target_srv_id: target },
    ...(authorization !== undefined && { authorization }),
  });

test('a routed address moves, and meta echoes the ids', async () => {
  await using gigahost = await open();
  const id = await extra(gigahost);
  const { status, meta } = await move(gigahost, id, 18_104);
  expect({ status, ...meta }).toMatchObject({ status: 200, ip_id: id, target_srv_id: '18104' });
  const ips = async (name: string) => ((await gigahost.server(name)).ips as Row[]).map(row => row.ip_address);
  expect(await ips('db01')).toEqual(['192.0.2.20', '2001:db8:2::20']);
  expect(await ips('mail01')).toEqual(['198.51.100.25', '2001:db8:51::25', '192.0.2.101']);
  expect(((await gigahost.server('mail01')).ips as Row[]).at(-1)).toMatchObject({
    ip_type: 'extra',
    ip_routed_to: '7804',
  });
});

test('refusals are in meta.error', async () => {
  await using gigahost = await open();
  const id = await extra(gigahost);
  const refusal = async (addressId: string, target: unknown) => {
    const { status, meta } = await move(gigahost, addressId, target);
    return [status, meta.error];
  };
  expect(await refusal(id, 99_999)).toEqual([400, 'Invalid destination server.']);
  expect(await refusal(id, '18103')).toEqual([400, 'Invalid destination server.']);
  expect(await refusal(id, undefined)).toEqual([400, 'Invalid destination server.']);
  expect(await refusal('7804', 18_104)).toEqual([400, 'IP not found on this server.']);
  expect(await refusal('7803', 18_104)).toEqual([400, 'Only routed (L3) IPs can be moved.']);
  expect(await refusal(await extra(gigahost, 'l2'), 18_104)).toEqual([400, 'Only routed (L3) IPs can be moved.']);
  await ordered(gigahost, { region_id: 2, hostnames: ['oslo01'] });
  gigahost.advance(INSTALL_MS);
  expect(await refusal(id, gigahost.sandbox.world.server('oslo01').id)).toEqual([
    400,
    'Destination server must be in the same region as the IP.',
  ]);
});

test('a target takes five extra addresses', async () => {
  await using gigahost = await open();
  for (let n = 0; n < 5; n += 1) expect((await move(gigahost, await extra(gigahost), 18_104)).status).toBe(200);
  expect(await move(gigahost, await extra(gigahost), 18_104)).toMatchObject({
    status: 400,
    meta: { error: 'Destination server has reached the maximum number of additional IPs. Contact support.' },
  });
});

test('a key has to reach the target as well', async () => {
  await using gigahost = await open();
  const id = await extra(gigahost);
  const key = `Bearer ${gigahost.sandbox.addApiKey({ servers: { mode: 'rw', all: false, ids: ['18103'] } })}`;
  expect(await move(gigahost, id, 18_104, key)).toMatchObject({ status: 403, meta: { error: 'Access denied.' } });
});
