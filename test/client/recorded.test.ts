import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { getAccount } from '../../src/client/api/account.js';
import { getBgp } from '../../src/client/api/bgp.js';
import { getBilling } from '../../src/client/api/billing.js';
import { getDeployCatalog } from '../../src/client/api/catalogue.js';
import type { Endpoint } from '../../src/client/endpoint.js';
import { openEnvelope } from '../../src/client/envelope.js';
import { listDistributions, listOperatingSystems } from '../../src/client/api/reinstall.js';
import { getServer, listServers } from '../../src/client/api/servers.js';

const recorded = (file: string): string => readFileSync(new URL(`../recorded/${file}`, import.meta.url), 'utf8');

function decoded<Out>(endpoint: Pick<Endpoint, 'bare'> & { decode(reply: never): Out }, file: string): Out {
  const opened = openEnvelope(200, 'application/json', recorded(file), endpoint.bare);
  if (opened.kind !== 'ok') throw new Error(`${file} is ${opened.kind}`);
  return endpoint.decode(opened.reply as never);
}

test('the recorded server list is one running Ubuntu machine with its address', () => {
  const { servers, pages } = decoded(listServers, 'servers/list.json');
  expect(pages).toBe(1);
  expect(servers).toHaveLength(1);
  expect(servers[0]).toMatchObject({
    id: '3523',
    name: 'srv3523.gigahost.no',
    label: 'srv3523.gigahost.no',
    hostname: 'srv3523.gigahost.no',
    type: 'vps',
    virtualization: 'kvm',
    primaryAddress: '185.181.63.24',
    up: true,
    installing: false,
    inRescue: false,
    snapshotting: false,
    isoMounted: false,
    isNew: false,
    suspended: false,
    cancelled: false,
    cores: 2,
    ramGb: 2,
    createdAt: '2018-07-03T09:21:46Z',
    os: { id: '72', name: 'Ubuntu 18.04 LTS 64-bit', release: 'ubuntu' },
    order: null,
    install: null,
  });
  expect(servers[0]?.addresses).toEqual([
    {
      ipId: '7795',
      subnetId: '405',
      family: 'ipv4',
      address: '185.181.63.24',
      ptr: 'static.185.181.63.24.customers.gigahost.no',
      role: 'primary',
      routedTo: null,
      gateway: '185.181.63.1',
      netmask: '255.255.255.0',
      nullrouted: false,
    },
  ]);
});

test('wire note 3.1: the recorded row, sent as an array of one, is also one server in detail', () => {
  const server = decoded(getServer, 'servers/list.json');
  expect(server).toMatchObject({ id: '3523', up: true, disks: [], nics: [], subnets: [], consoleUntil: null });
});

test('the recorded account is Kristoffer with a key, a passkey, a user and an order', () => {
  expect(decoded(getAccount, 'account/get.json')).toEqual({
    id: '1111',
    name: 'Kristoffer',
    companyNumber: '999999999',
    address: 'Exampleveien 1, 0123 Oslo, NO',
    country: 'NO',
    phone: '+47 12345678',
    email: 'a@b.no',
    billingEmail: 'billing@b.no',
    notifications: { newsletter: false, incidents: true, bandwidth: true, login: false, renewal: true },
    sshKeys: [{ id: '5', name: 'laptop', addedAt: '2023-11-14T22:13:20Z', publicKey: 'ssh-ed25519 AAAA... user@host' }],
    passkeys: [{ id: '2', name: 'YubiKey', createdAt: '2023-11-14T22:13:20Z', lastUsedAt: '2024-04-01T19:33:20Z' }],
    users: [{ id: '1', name: 'Admin', login: 'admin@b.no', access: 'admin', twoFactor: true }],
    orders: [
      {
        id: '10',
        number: 'GH-100010',
        status: 'active',
        cycle: 'monthly',
        products: [{ name: 'VPS-Linux-1', server: 'web01', serverId: '3523' }],
      },
    ],
  });
});

test('the recorded billing page is 500 kroner of credit, paid by invoice, and no invoices', () => {
  expect(decoded(getBilling, 'billing/get.json')).toEqual({
    invoices: [],
    orders: [],
    hourly: [],
    paymentType: 'invoice',
    credit: [{ currency: 'NOK', amount: '500.00' }],
  });
});

test('the recorded distributions are named and numbered', () => {
  expect(decoded(listDistributions, 'reinstall/distros.json')).toEqual([
    { id: '2', name: 'Debian', slug: 'debian', active: true },
    { id: '3', name: 'Ubuntu', slug: 'ubuntu', active: true },
  ]);
});

test('the recorded Debian systems are 11 and 12, without a minimum of memory', () => {
  const common = { release: 'debian', architecture: 'amd64', dedicatedOnly: false, minRamGb: 0 };
  expect(decoded(listOperatingSystems, 'reinstall/distro_debian.json')).toEqual([
    { ...common, id: '88', name: 'Debian 11 64-bit', codename: 'bullseye' },
    { ...common, id: '101', name: 'Debian 12 64-bit', codename: 'bookworm' },
  ]);
});

test('the recorded Ubuntu system wants 2 GB of memory', () => {
  expect(decoded(listOperatingSystems, 'reinstall/distro_ubuntu.json')).toEqual([
    {
      id: '102',
      name: 'Ubuntu 24.04 LTS',
      release: 'ubuntu',
      codename: 'noble',
      architecture: 'amd64',
      dedicatedOnly: false,
      minRamGb: 2,
    },
  ]);
});

test('the recorded refusal of 2026-09-28 gives its reason in one line', () => {
  const opened = openEnvelope(400, 'application/json', recorded('dns/redirect_external_400.json'));
  expect(opened).toEqual({
    kind: 'refused',
    status: 400,
    reason: 'Redirects are not available for externally hosted domains.',
    details: undefined,
  });
});

test('the recorded catalogue has seven plans and an auction that cannot be ordered', () => {
  const { tiers, regions, currency, eligibility } = decoded(getDeployCatalog, 'deploy/catalog.json');
  expect(tiers.map(tier => [tier.name, tier.products.length])).toEqual([
    ['KVM Performance', 2],
    ['KVM Value', 2],
    ['Intro Bare Metal', 3],
    ['Auction Bare Metal', 1],
  ]);
  expect(tiers[0]?.products[0]).toMatchObject({
    id: '7951',
    name: 'KVM Performance VPS 4GB',
    vm_cores: 2,
    vm_ram_gb: 4,
    vm_disk_gb: 40,
    price_id: '4042',
    rate_hourly: '0.15813',
    rate_monthly: '99.00',
    region_ids: ['1'],
    in_stock: null,
    stock_by_datacenter: {},
    choices: [],
  });
  expect(tiers[3]?.products[0]).toMatchObject({ type: 'auction', auction_id: '311', price_id: null });
  expect(regions).toEqual([{ id: '1', name: 'Sandefjord', short_name: 'SFJ, NO', country: 'Norge', active: true }]);
  expect(currency).toBe('NOK');
  expect(eligibility).toMatchObject({ verified: false, has_method: false, credit_nok: '500.00' });
});

test('the recorded BGP setup is one number, one prefix and one session', () => {
  const { asns, prefixes, sessions } = decoded(getBgp, 'bgp/get.json');
  expect(asns).toMatchObject([
    { id: '1', asn: '212345', name: 'Example Network', status: 'active', rejected_reason: null },
  ]);
  expect(prefixes).toMatchObject([{ asn: '212345', prefix: '192.0.2.0/24', family: 'ipv4' }]);
  expect(sessions).toMatchObject([
    { id: '1', server_id: '3523', ip_id: '7795', address: '185.181.63.24', default_route: true, multihop: false },
  ]);
});
