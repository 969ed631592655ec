import { readdirSync, readFileSync } from 'node:fs';
import { BlockList } from 'node:net';
import { expect, test } from 'vitest';
import { open, signIn, type Row } from './support/open.js';

test('the demo account has these servers', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<Row[]>('/servers');
  const told = data.map(row => [
    row.srv_id,
    row.srv_name,
    row.srv_type,
    row.srv_primary_ip,
    row.os && (row.os as Row).os_name,
  ]);
  expect(told).toEqual([
    ['18101', 'web01', 'vps', '192.0.2.10', 'Debian 12 64-bit'],
    ['18102', 'web02', 'vps', '192.0.2.11', 'Ubuntu 24.04 LTS'],
    ['18103', 'db01', 'vps', '192.0.2.20', 'Debian 12 64-bit'],
    ['18104', 'mail01', 'vps', '198.51.100.25', 'Debian 11 64-bit'],
    ['18105', 'backup01', 'dedicated', '203.0.113.40', 'Debian 12 64-bit'],
    ['18106', 'build01', 'vps', '192.0.2.30', null],
    ['18107', 'legacy-db', 'dedicated', '203.0.113.70', 'CentOS 7 64-bit'],
  ]);
});

test('every read of every server fits the contract', async () => {
  await using gigahost = await open();
  const authorization = await signIn(gigahost);
  const tails = ['', '/powerstate', '/snapshots', '/isos', '/upgrade', '/port_bits', '/port_upkts'];
  const { world } = gigahost.sandbox;
  const paths = [
    ...world.servers.flatMap(({ id }) => tails.map(tail => `/servers/${id}${tail}`)),
    ...world.distributions.map(({ id }) => `/reinstall/distro/${id}`),
    ...['/servers', '/reinstall/distro', '/account', '/billing', '/my/account', '/my/invoices'],
  ];
  for (const path of paths) {
    const { status } = await gigahost.get(path, { authorization });
    const hourly = /^\/servers\/(18101|18102|18106)\/isos$/.test(path);
    expect({ path, status }).toEqual({ path, status: hourly ? 400 : 200 });
  }
});

test('all addresses are from the ranges set aside for documentation', async () => {
  await using gigahost = await open();
  const documentation = new BlockList();
  for (const network of ['192.0.2.0', '198.51.100.0', '203.0.113.0']) documentation.addSubnet(network, 24);
  documentation.addSubnet('2001:db8::', 32, 'ipv6');
  for (const server of gigahost.sandbox.world.servers)
    for (const { address, gateway, family } of server.addresses) {
      expect(documentation.check(address, family)).toBe(true);
      expect(documentation.check(gateway, family)).toBe(true);
    }
});

test('ids are used once', async () => {
  await using gigahost = await open({ extraServers: 500 });
  const { servers, snapshots } = gigahost.sandbox.world;
  const once = (ids: string[]) => expect(ids).toHaveLength(new Set(ids).size);
  once(servers.map(({ id }) => id));
  once(servers.flatMap(({ order }) => (order ? [order.id] : [])));
  once(servers.flatMap(({ addresses }) => addresses.filter(({ family }) => family === 'ipv4').map(({ id }) => id)));
  once(servers.flatMap(({ nics }) => nics.map(({ mac }) => mac)));
  once(servers.flatMap(({ disks }) => disks.map(({ id }) => id)));
  once(snapshots.map(({ id }) => id));
});

test('the sandbox imports nothing but itself, node, and the PNG encoder', () => {
  const root = new URL('../../src/sandbox/', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(30);
  for (const file of files) {
    const text = readFileSync(new URL(file, root), 'utf8');
    for (const [, from = ''] of text.matchAll(/(?<!\.)\b(?:from|import) ?\(?'([^']+)'/g)) {
      const inside = from.startsWith('.') && new URL(from, new URL(file, root)).href.startsWith(root.href);
      expect({ file, from, allowed: inside || from.startsWith('node:') || from === 'fast-png' }).toMatchObject({
        allowed: true,
      });
    }
  }
});
