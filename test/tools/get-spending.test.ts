import { expect, test } from 'vitest';
import { connect as connectAny, type Connected, type ConnectOptions } from '../support/connect.js';
import { HOSTILE_TEXTS, nameServer } from '../support/hostile.js';
import { changesOf, expectBadArguments, expectRefusals } from './support/upstream.js';

const connect = ({ args = [], ...options }: ConnectOptions = {}): Promise<Connected> =>
  connectAny({ ...options, args: ['--toolsets', 'billing', ...args] });
const rowsOf = ({ structured }: { structured: Record<string, unknown> }) => structured['rows'] as unknown[][];
const DAY = expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as unknown;

test('each service is told with its price, what it cost until now, when it is billed next, and what was invoiced', async () => {
  await using mcp = await connect();
  const answer = await mcp.call('get_spending');
  expect(answer.structured).toMatchObject({
    by: 'service',
    columns: ['service', 'product', 'billing', 'monthly', 'so_far', 'next_date', 'next_amount', 'invoiced'],
    currency: 'NOK',
    monthly: [{ amount: '1554.00', currency: 'NOK' }],
    invoiced_total: '5064.09',
    unpaid_total: '1622.50',
    overdue_total: '61.25',
    due_total: 4,
    credit: [{ amount: '500.00', currency: 'NOK' }],
    complete: true,
  });
  const rows = rowsOf(answer);
  expect(rows.map(([name, , billing, monthly]) => [name, billing, monthly])).toEqual([
    ['backup01', 'recurring', '1249.00'],
    ['build01', 'hourly', '79.00'],
    ['db01', 'recurring', '79.00'],
    ['mail01', 'recurring', '49.00'],
    ['web01', 'hourly', '49.00'],
    ['web02', 'hourly', '49.00'],
  ]);
  expect(rows[0]).toEqual([
    'backup01',
    'Storage - Intel Xeon E-2236 64GB',
    'recurring',
    '1249.00',
    null,
    DAY,
    '1249.00',
    '4683.75',
  ]);
  expect(rows.at(-2)?.slice(4)).toEqual([expect.stringMatching(/^\d+\.\d+$/), DAY, expect.any(String), '60.34']);
  const { accrued } = sumOfHours(mcp);
  expect(Number((answer.structured['so_far'] as { amount: string }[])[0]?.amount)).toBeCloseTo(accrued, 1);
  expect(answer.text).toMatch(
    /^Running services: at most 1554\.00 NOK a month without VAT\. Hourly ones cost [\d.]+ NOK this month until now, without VAT\. Invoiced since \d{4}-\d\d: 5064\.09 NOK with VAT\. Unpaid: 1622\.50 NOK, of which 61\.25 is overdue\. Prepaid credit: 500\.00 NOK\.\n\nTo be paid:\n\d{4}-\d\d-\d\d: 61\.25 NOK, invoice 2026410 \(overdue\)\n/,
  );
  expect(answer.text).toMatch(/: 1377\.00 NOK, next term of 3 services, without VAT$/m);
  expect(answer.text).toMatch(/: [\d.]+ NOK, 3 services by the hour, until now, without VAT$/m);
  expect(answer.text).not.toContain('4242');
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

/** What the hourly servers cost, by the rates of the demo account. */
function sumOfHours({ sandbox: { world } }: Connected) {
  const now = new Date(world.now());
  const month = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  const accrued = ['web01', 'web02', 'build01'].reduce((sum, name) => {
    const { order, packageId } = world.server(name);
    const size = world.packages.find(({ id }) => id === packageId);
    const hours = Math.ceil((now.getTime() - Math.max(month, order?.placedAt ?? 0)) / 3_600_000);
    return sum + Math.min((size?.monthly ?? 0) / 100, hours * (size?.hourlyRate ?? 0));
  }, 0);
  return { accrued };
}

test('by month it is what was invoiced, all of it or for one server', async () => {
  await using mcp = await connect();
  const all = await mcp.call('get_spending', { by: 'month', months: 36 });
  expect(all.structured).toMatchObject({
    by: 'month',
    columns: ['month', 'invoices', 'net', 'vat', 'total', 'unpaid'],
  });
  const months = rowsOf(all).map(([month]) => month as string);
  expect(months).toEqual(months.toSorted().reverse());
  expect(rowsOf(all).reduce((sum, row) => sum + Number(row[4]), 0)).toBeCloseTo(5064.09, 2);
  const one = await mcp.call('get_spending', { by: 'month', server: 'backup' });
  expect(rowsOf(one).reduce((sum, row) => sum + Number(row[1]), 0)).toBe(3);
  for (const [, count, net, , total] of rowsOf(one))
    expect([Number(net), Number(total)]).toEqual([Number(count) * 1249, Number(count) * 1561.25]);
  expect(one.structured).toMatchObject({
    invoiced_total: '4683.75',
    unpaid_total: '1561.25',
    so_far: [],
    due_total: 2,
  });
});

test('months before the time that was asked for do not count, and what is unpaid does all the same', async () => {
  await using mcp = await connect();
  for (const invoice of mcp.sandbox.world.invoices) invoice.issuedAt -= 400 * 86_400_000;
  expect((await mcp.call('get_spending', { by: 'month', months: 2 })).structured).toMatchObject({
    total: 0,
    invoiced_total: '0.00',
    unpaid_total: '1622.50',
  });
});

test('invoices of servers that are gone, of top-ups and of orders nobody knows have rows of their own', async () => {
  await using mcp = await connect();
  const { world } = mcp.sandbox;
  world.server('mail01').order = null;
  Object.assign(world.invoices[0] ?? {}, { orderId: '0', orderNumber: '0' });
  const rows = rowsOf(await mcp.call('get_spending'));
  expect(rows.slice(-2).map(row => [row[0], row.at(-1)])).toEqual([
    ['no order (such as a top-up)', '1561.25'],
    ['order 100544', '122.50'],
  ]);
});

test('what only /billing knows of hourly services and orders is told too, and sums stay apart for each currency', async () => {
  await using mcp = await connect();
  const hourly = [
    { srv_id: 18101, srv_name: 'web01', accrued_cost: 99, monthly_cap: '49' },
    {
      srv_id: '777',
      srv_name: 'elsewhere',
      accrued_cost: 1.5,
      monthly_cap: 20,
      currency: 'EUR',
      next_invoice: '01.01.2030',
    },
    { odd: [1], srv_id: { no: 'id' } },
  ];
  const orders = [
    { order_number: 5, order_total: '300', order_billing_cycle: 3, product_name: 'Webhosting', order_status: 'Active' },
  ];
  const billing = { invoices: [], orders, hourly, billing: {}, card_details: [], credit: [] };
  mcp.sandbox.misbehave({
    path: /^\/billing$/,
    fault: { kind: 'reply', body: { meta: { status: 200 }, data: billing } },
  });
  const answer = await mcp.call('get_spending');
  expect(answer.structured['monthly']).toEqual([
    { amount: '1654.00', currency: 'NOK' },
    { amount: '20.00', currency: 'EUR' },
  ]);
  expect(rowsOf(answer)).toEqual(
    expect.arrayContaining([
      ['elsewhere', null, 'hourly', '20.00 EUR', '1.50 EUR', '2030-01-01', '1.50 EUR', '0.00'],
      ['order 5', 'Webhosting', null, '100.00', null, null, '300.00', '0.00'],
    ]),
  );
  expect(rowsOf(answer).filter(([name]) => name === 'web01')).toHaveLength(1);
});

test('a session that sees certain servers is told of no others', async () => {
  await using mcp = await connect({ args: ['--only-servers', 'web*'] });
  const answer = await mcp.call('get_spending');
  expect(
    rowsOf(answer)
      .map(([name]) => name)
      .filter(name => !String(name).startsWith('order ')),
  ).toEqual(['web01', 'web02']);
  expect(answer.text).not.toMatch(/mail01|backup01|db01|build01/);
  await expectRefusals(mcp, 'get_spending', [[{ server: 'mail01' }, /No server is called "mail01"/]]);
});

test('an account with hundreds of servers and hostile names is told in pages that fit', async () => {
  await using mcp = await connect({ sandboxOptions: { extraServers: 400 } });
  mcp.sandbox.world.pageSize = 1000;
  for (const [index, text] of HOSTILE_TEXTS.entries()) {
    const server = mcp.sandbox.world.servers[index + 8];
    if (server) nameServer(server, text);
  }
  const names: unknown[] = [];
  let cursor: string | undefined;
  do {
    const { structured, text } = await mcp.call('get_spending', { ...(cursor && { cursor }) });
    expect(text.length + JSON.stringify(structured).length).toBeLessThan(24_000);
    names.push(...rowsOf({ structured }).map(([name]) => name));
    cursor = structured['next_cursor'] as string | undefined;
  } while (cursor);
  expect(names.length).toBeGreaterThan(400);
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp = await connect();
  await expectBadArguments(mcp, 'get_spending', [
    [{ by: 'year' }, /by/],
    [{ months: 0 }, /months/],
  ]);
});
