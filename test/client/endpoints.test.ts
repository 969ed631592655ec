import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { getAccount, getLegacyAccount } from '../../src/client/api/account.js';
import { orderIpv4, setReverseDns } from '../../src/client/api/addresses.js';
import { getBilling, listLegacyInvoices } from '../../src/client/api/billing.js';
import { listServerIsos, mountIso } from '../../src/client/api/isos.js';
import { sniffPicture } from '../../src/client/pictures.js';
import { listDistributions, listOperatingSystems, reinstallServer } from '../../src/client/api/reinstall.js';
import { createIpmiSession, getServer, listServers, setServerName } from '../../src/client/api/servers.js';
import { getServerPowerState, powerOffServer, rebootServer } from '../../src/client/api/power.js';
import { getServerBandwidthGraphs, getServerPacketGraphs } from '../../src/client/api/graphs.js';
import { createSnapshot, deleteSnapshot, listSnapshots } from '../../src/client/api/snapshots.js';
import { listServerUpgrades, upgradeServer } from '../../src/client/api/upgrades.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { clientOf, failure, loginOf } from './support/client.js';

const web01 = { params: { id: '18101' } };
const db01 = { params: { id: '18103' } };
const backup01 = { params: { id: '18105' } };

describe('servers', () => {
  test('wire notes 2.1 and 2.2: list and detail spell one server differently and mean the same', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const { servers } = await client.call(listServers, {});
    for (const listed of servers) {
      const { id, name, up, ramGb, cores, suspended, installing, os, createdAt } = listed;
      const detail = await client.call(getServer, { params: { id } });
      expect(detail).toMatchObject({ id, name, up, ramGb, cores, suspended, installing, os, createdAt });
    }
    expect(servers.map(({ name }) => name)).toContain('web01');
  });

  test('wire note 3.6: a list that is not whole says so', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    expect(await client.call(listServers, {})).toMatchObject({ pages: 1 });
    gigahost.world.pageSize = 2;
    const { servers, pages } = await client.call(listServers, {});
    expect(servers).toHaveLength(2);
    expect(pages).toBe(Math.ceil(gigahost.world.servers.length / 2));
  });

  test('wire note 3.9: an IPv4 address and its IPv6 twin are two addresses of the server', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const { addresses, primaryAddress } = await client.call(getServer, web01);
    expect(addresses.map(({ family }) => family)).toEqual(['ipv4', 'ipv6']);
    expect(addresses[0]?.address).toBe(primaryAddress);
    expect(addresses[1]?.address).toContain(':');
  });

  test('wire note 3.10: a server whose order is hardly there is a server all the same', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const legacy = gigahost.world.server('legacy-db');
    const server = await client.call(getServer, { params: { id: legacy.id } });
    expect(server).toMatchObject({ name: 'legacy-db', type: 'dedicated', cancelled: false });
  });

  test('wire note 13: memory is in GB and a disk has its size', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const server = await client.call(getServer, backup01);
    const { ramGb, disks } = gigahost.world.server('backup01');
    expect(server.ramGb).toBe(ramGb);
    expect(server.disks.map(({ sizeGb }) => sizeGb)).toEqual(disks.map(({ sizeGb }) => sizeGb));
    expect(server.disks).not.toHaveLength(0);
  });

  test('wire note 1.5: the power state hides in meta', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    expect(await client.call(getServerPowerState, backup01)).toMatchObject({ on: true });
    await client.call(powerOffServer, backup01);
    const state = await client.call(getServerPowerState, backup01);
    expect(state.on).toBe(false);
    expect(state.measuredAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  test('wire note 3.8: renaming changes the name a server is called by', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    await client.call(setServerName, { ...web01, body: { name: 'shop' } });
    expect(await client.call(getServer, web01)).toMatchObject({ name: 'shop' });
  });

  test('a reboot is one GET, and the server is down for a while', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    await client.call(rebootServer, web01);
    expect(gigahost.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /servers/18101/reboot']);
    expect(gigahost.world.server('web01').rebootingUntil).not.toBeNull();
  });

  test('wire note 6.6: every console has credentials of its own, which print hidden', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const open = () => client.call(createIpmiSession, { ...backup01, body: { acl: '203.0.113.5' } });
    const [first, second] = [await open(), await open()];
    expect(second.password?.reveal()).toBe(gigahost.world.server('backup01').console?.password);
    expect(second.password?.reveal()).not.toBe(first.password?.reveal());
    expect(JSON.stringify(second)).toBe(`{"address":"${second.address}","username":"[hidden]","password":"[hidden]"}`);
    expect((await client.call(getServer, backup01)).consoleUntil).toMatch(/Z$/);
  });

  test.each([getServerBandwidthGraphs, getServerPacketGraphs])('wire note 7: $id gives four pictures', async graphs => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const pictures = Object.values(await client.call(graphs, web01));
    expect(pictures.map(data => sniffPicture(data ?? '')?.mimeType)).toEqual(Array(4).fill('image/png'));
  });
});

describe('addresses and packages', () => {
  test('wire note 6.5: an IPv4 address takes a name', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const [address] = (await client.call(getServer, web01)).addresses;
    await client.call(setReverseDns, { ...web01, body: { ip_id: address?.ipId ?? '', dns: 'shop.example.no' } });
    expect((await client.call(getServer, web01)).addresses[0]?.ptr).toBe('shop.example.no');
  });

  test('wire note 6.5: an IPv6 subnet is delegated to a nameserver', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const [subnet] = (await client.call(getServer, backup01)).subnets;
    await client.call(setReverseDns, { ...backup01, body: { sub_id: subnet?.id ?? '', dns: 'ns1.example.no' } });
    expect((await client.call(getServer, backup01)).subnets[0]?.nameserver).toBe('ns1.example.no');
  });

  test('wire note 6.2: ordering an address on an hourly server is refused, with what to do instead', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const error = await failure(client.call(orderIpv4, { ...web01, body: { ip_type: 'l3' } }));
    expect(error).toMatchObject({ kind: 'rejected', facts: { changed: 'nothing', reason: 'Invalid data received.' } });
    expect(error.facts.hint).toContain('support');
  });

  test('wire note 6.4: upgrades are offered in GB and kroner, and refused on an hourly server', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const upgrades = await client.call(listServerUpgrades, web01);
    const { ramGb } = gigahost.world.server('web01');
    expect(upgrades.length).toBeGreaterThan(0);
    for (const upgrade of upgrades) {
      expect(upgrade.ramGb).toBeGreaterThan(ramGb);
      expect(upgrade.monthlyPrice).toMatch(/^\d+\.\d\d$/);
    }
    const error = await failure(client.call(upgradeServer, { ...web01, body: { pkg_id: upgrades[0]?.id ?? '' } }));
    expect(error.facts.hint).toContain('web panel');
  });
});

describe('snapshots and images', () => {
  test('wire notes 9.1 and 9.2: a snapshot starts without an id and is listed under the name a person gave', async () => {
    let now = Date.now();
    await using gigahost = await startSandbox({ now: () => now });
    await using client = clientOf(gigahost);
    const before = await client.call(listSnapshots, web01);
    expect(await client.call(createSnapshot, { ...web01, body: { name: 'before the upgrade' } })).toBeUndefined();
    const known = new Set(before.map(({ id }) => id));
    const fresh = async () => (await client.call(listSnapshots, web01)).filter(({ id }) => !known.has(id));
    expect(await fresh()).toMatchObject([{ name: 'before the upgrade', state: 'pending' }]);
    now += 60_000;
    const [snapshot] = await fresh();
    expect(snapshot).toMatchObject({ state: 'completed' });
    await client.call(deleteSnapshot, { params: { id: '18101', snap_id: snapshot?.id ?? '' } });
    expect(await client.call(listSnapshots, web01)).toEqual(before);
  });

  test('wire note 9.5: an image is listed and mounted where images are offered', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const iso = (await client.call(listServerIsos, db01)).find(({ state }) => state === 'completed');
    expect(iso).toMatchObject({ mounted: false });
    await client.call(mountIso, { ...db01, body: { iso_id: iso?.id ?? '' } });
    expect((await client.call(listServerIsos, db01)).find(({ id }) => id === iso?.id)?.mounted).toBe(true);
    expect((await client.call(getServer, db01)).isoMounted).toBe(true);
  });
});

describe('reinstall', () => {
  test('wire notes 1.5 and 8.4: the password is in meta, then on the server while it installs, then gone', async () => {
    let now = Date.now();
    await using gigahost = await startSandbox({ now: () => now });
    await using client = clientOf(gigahost);
    const [distribution] = await client.call(listDistributions, {});
    const systems = await client.call(listOperatingSystems, { params: { id: distribution?.id ?? '' } });
    const system = systems.find(({ dedicatedOnly, minRamGb }) => !dedicatedOnly && minRamGb <= 1);
    const body = {
      os_id: system?.id ?? '',
      language: 'en_US',
      keyboard: 'no',
      timezone: 'Europe/Oslo',
      hostname: 'web01',
    };
    const { rootPassword } = await client.call(reinstallServer, { ...web01, body });

    expect(gigahost.calls('POST', /reinstall/)[0]?.body).toEqual(body);
    expect(rootPassword?.reveal()).toBe(gigahost.world.server('web01').install?.rootPassword);
    const installing = await client.call(getServer, web01);
    expect(installing).toMatchObject({ installing: true, os: null });
    expect(installing.install?.rootPassword?.reveal()).toBe(rootPassword?.reveal());
    now += 60_000;
    const installed = await client.call(getServer, web01);
    expect(installed).toMatchObject({ installing: false, os: { id: system?.id } });
    expect(installed.install?.rootPassword ?? null).toBeNull();
  });
});

describe('account and invoices', () => {
  test('wire note 14: amounts of every spelling are decimals, and VAT makes up the difference', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const { invoices } = await client.call(getBilling, {});
    expect(invoices).toHaveLength(gigahost.world.invoices.length);
    for (const { id, net, vat, total } of invoices) {
      const held = gigahost.world.invoices.find(invoice => invoice.id === id);
      expect(net).toBe(((held?.net ?? 0) / 100).toFixed(2));
      expect(Number(net) + Number(vat)).toBeCloseTo(Number(total));
    }
  });

  test('wire note 1.6: the legacy replies have no envelope and say the same', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
    const { name, email, address } = await client.call(getAccount, {});
    expect(await client.call(getLegacyAccount, {})).toMatchObject({ name, email, address });
    const { invoices } = await client.call(getBilling, {});
    const legacy = await client.call(listLegacyInvoices, {});
    expect(legacy.map(({ number, total }) => [number, total])).toEqual(
      invoices.map(({ number, total }) => [number, total]),
    );
  });

  test('wire note 4.5: the legacy replies are closed to API keys', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    expect(await failure(client.call(getLegacyAccount, {}))).toMatchObject({ kind: 'forbidden' });
    expect(await failure(client.call(listLegacyInvoices, {}))).toMatchObject({ kind: 'forbidden' });
  });
});

test('wire note 15: no secret Gigahost sends is legible in what the client returns', async () => {
  await using gigahost = await startSandbox();
  await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
  await client.call(createIpmiSession, { ...backup01, body: { acl: '203.0.113.5' } });
  const returned = [
    await client.call(listServers, {}),
    await client.call(getServer, web01),
    await client.call(getServer, backup01),
    await client.call(getAccount, {}),
  ];
  const shown = JSON.stringify(returned) + inspect(returned, { depth: Infinity });
  const secrets = gigahost.world.servers.flatMap(server => [
    server.secrets.vncPassword,
    server.secrets.vncToken,
    server.secrets.serverKey,
    server.console?.password,
    server.console?.username,
  ]);
  const { contacts } = gigahost.world.account;
  const all = [...secrets, ...contacts.flatMap(contact => [contact.twoFactorSecret, contact.legacyApiKey])];
  const known = all.filter(secret => typeof secret === 'string' && secret !== '');
  expect(known.length).toBeGreaterThan(10);
  expect(known.filter(secret => shown.includes(secret as string))).toEqual([]);
});
