import { expect, test } from 'vitest';
import { open, type Gigahost, type Row } from './support/open.js';

interface Catalogue extends Row {
  tiers: (Row & { products: Row[] })[];
  regions: Row[];
  eligibility: Row;
}

const read = async (gigahost: Gigahost): Promise<Catalogue> => (await gigahost.get<Catalogue>('/deploy/servers')).data;

const productOf = ({ tiers }: Catalogue, id: number): Row =>
  tiers.flatMap(({ products }) => products).find(row => row.product_id === id) ?? {};

test('ids are bare, except those of regions', async () => {
  await using gigahost = await open();
  const catalogue = await read(gigahost);
  expect(productOf(catalogue, 7955)).toMatchObject({
    product_hash: '0badc0ffee',
    product_name: 'KVM Value VPS 4GB',
    type: 'vm',
    price_id: 4054,
    vm_cores: '2',
    vm_memory: '4',
    vm_storage: '40',
    rate_hourly: 0.07826,
    rate_monthly: 49,
    region_ids: [1, 2],
  });
  expect(catalogue.regions.map(row => [row.region_id, row.region_name, row.region_active])).toEqual([
    ['1', 'Sandefjord', '1'],
    ['2', 'Oslo', '1'],
    ['3', 'Bergen', '0'],
  ]);
});

test('every region repeats a bulky picture', async () => {
  await using gigahost = await open();
  for (const { region_icon: icon } of (await read(gigahost)).regions) expect(String(icon).length).toBeGreaterThan(2000);
});

test('stock is told by the product: neither its quantity nor its tier can be trusted', async () => {
  await using gigahost = await open();
  const catalogue = await read(gigahost);
  const stock = (id: number) => [productOf(catalogue, id).in_stock, productOf(catalogue, id).quantity];
  expect(stock(7955)).toEqual([true, 0]);
  expect(stock(7958)).toEqual([false, 0]);
  expect(stock(4880)).toEqual([false, -1]);
  const gpu = catalogue.tiers.find(({ group_name: name }) => name === 'GPU');
  expect(gpu?.in_stock).toBe(true);
  expect(gpu?.products.map(row => row.in_stock)).toEqual([false]);
});

test('hardware has no size of its own, and its memory is told in two ways', async () => {
  await using gigahost = await open();
  const intro = productOf(await read(gigahost), 4876);
  expect(intro).toMatchObject({ type: 'dedicated', vm_memory: '0', specs: { cpu_cores: 0, ram_gb: 8 } });
  expect(intro.addons).toContainEqual({ name: 'Minne', value: '16GB' });
});

test('an auction has an id and the price id 0', async () => {
  await using gigahost = await open();
  expect(productOf(await read(gigahost), 1620)).toMatchObject({
    type: 'auction',
    auction_id: 311,
    price_id: 0,
    allow_hourly: false,
  });
});

test('the catalogue, the upgrades and the orders of the demo servers name the same sizes', async () => {
  await using gigahost = await open();
  const catalogue = await read(gigahost);
  const { data } = await gigahost.get<Row[]>('/servers/18104/upgrade');
  expect(data.length).toBeGreaterThan(0);
  for (const row of data)
    expect(productOf(catalogue, Number(row.product_id))).toMatchObject({
      product_name: row.product_name,
      vm_memory: row.product_vm_memory,
      rate_monthly: Number(row.rate_monthly),
    });
  for (const name of ['web01', 'db01', 'mail01', 'backup01', 'build01']) {
    const bought = (await gigahost.server(name)).order as Row;
    expect(productOf(catalogue, Number(bought.product_id))).toMatchObject({
      product_name: bought.product_name,
      rate_monthly: Number(bought.order_total),
    });
  }
});

test('eligibility weighs the credit against what all hourly servers cost in a month', async () => {
  await using gigahost = await open();
  expect((await read(gigahost)).eligibility).toEqual({
    verified: 1,
    has_method: true,
    method_qualifies: false,
    has_paid_invoice: true,
    qualifies_arrears: false,
    credit_nok: 500,
    hourly_applies: true,
    hourly_allowance: '500.00',
    hourly_usage: '177.00',
    hourly_percent: 35,
    hourly_currency: 'NOK',
  });
  gigahost.sandbox.world.shop.card = 'works';
  expect((await read(gigahost)).eligibility).toMatchObject({ qualifies_arrears: true, hourly_applies: false });
});

test('images for a deploy are the completed ones, in an object', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<Row>('/deploy/isos');
  expect(data.isos).toEqual([
    { iso_id: '311', iso_name: 'systemrescue-12.00-amd64.iso', iso_size: '1161363456' },
    { iso_id: '312', iso_name: 'debian-13.1.0-amd64-netinst.iso', iso_size: '821035008' },
  ]);
});

test('a key without the servers category reads no catalogue, and a read-only one orders nothing', async () => {
  await using gigahost = await open();
  const stranger = `Bearer ${gigahost.sandbox.addApiKey({ dns: { mode: 'rw', all: true } })}`;
  expect((await gigahost.get('/deploy/servers', { authorization: stranger })).status).toBe(403);
  const reader = `Bearer ${gigahost.sandbox.addApiKey({ servers: { mode: 'r', all: true } })}`;
  expect((await gigahost.get('/deploy/servers', { authorization: reader })).status).toBe(200);
  expect((await gigahost.call('POST', '/deploy/servers', { authorization: reader, body: {} })).status).toBe(403);
});
