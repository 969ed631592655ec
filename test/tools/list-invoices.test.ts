import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { expectBadArguments, expectRefusals } from './support/upstream.js';

const LOGIN = { GIGAHOST_API_KEY: undefined, GIGAHOST_USERNAME: 'demo@example.no', GIGAHOST_PASSWORD: 'sandbox' };
const numbersIn = (structured: Record<string, unknown>): unknown[] =>
  (structured['rows'] as unknown[][]).map(([number]) => number);
const daysFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('invoices are listed newest first, with VAT, due dates, and what is overdue and by how much', async () => {
  await using mcp = await connect();
  const { text, structured } = await mcp.call('list_invoices');
  expect(structured).toMatchObject({
    columns: ['number', 'date', 'due', 'status', 'days_overdue', 'net', 'vat', 'total'],
    total: 8,
    status: 'all',
    currency: 'NOK',
    unpaid_total: '1622.50',
    overdue_total: '61.25',
    overdue_count: 1,
    credit: [{ currency: 'NOK', amount: '500.00' }],
  });
  const rows = structured['rows'] as unknown[][];
  expect(rows[0]).toEqual(['2026412', daysFromNow(-5), daysFromNow(9), 'unpaid', null, '1249.00', '312.25', '1561.25']);
  expect(rows[2]).toEqual(['2026410', daysFromNow(-26), daysFromNow(-12), 'overdue', 12, '49.00', '12.25', '61.25']);
  expect(rows[3]).toEqual(['2026409', daysFromNow(-33), daysFromNow(-19), 'paid', null, '48.27', '12.07', '60.34']);
  expect(text.split('\n')[0]).toBe(
    'Overdue: 61.25 NOK on 1 invoice. Unpaid in all: 1622.50 NOK. Prepaid credit: 500.00 NOK. Amounts in NOK; total is with VAT.',
  );
  expect(text).toContain(`2026410 | ${daysFromNow(-26)} | ${daysFromNow(-12)} | overdue | 12 | 49.00 | 12.25 | 61.25`);
  expect(mcp.sandbox.requests.map(({ path }) => path)).toEqual(['/billing']);
});

test('unpaid and overdue ones can be asked for, and the totals stay those of the account', async () => {
  await using mcp = await connect();
  const ask = (status: string) => mcp.call('list_invoices', { status });
  expect(numbersIn((await ask('unpaid')).structured)).toEqual(['2026412', '2026410']);
  const overdue = await ask('overdue');
  expect(numbersIn(overdue.structured)).toEqual(['2026410']);
  expect(overdue.structured).toMatchObject({ total: 1, unpaid_total: '1622.50' });
});

test('when everything is paid, the answer says so', async () => {
  await using mcp = await connect();
  for (const invoice of mcp.sandbox.world.invoices) invoice.paid = true;
  const { text, structured } = await mcp.call('list_invoices', { status: 'overdue' });
  expect(text).toMatch(/^Nothing is overdue\. Unpaid: 0\.00 NOK\. .*\n\nThere are no overdue invoices\.$/);
  expect(structured).toMatchObject({ rows: [], total: 0, overdue_total: '0.00', overdue_count: 0 });
});

test('amounts are added to the øre, however many there are', async () => {
  await using mcp = await connect();
  const { invoices } = mcp.sandbox.world;
  const [first] = invoices.splice(0);
  for (let n = 0; first && n < 1000; n += 1)
    invoices.push({ ...first, id: String(80_000 + n), number: String(3_000_000 + n), net: 8, paid: false });
  const { structured } = await mcp.call('list_invoices', { status: 'unpaid' });
  expect(structured).toMatchObject({ unpaid_total: '100.00', total: 1000 });
});

test('a limit cuts the list into pages, whose cursor works for that list only', async () => {
  await using mcp = await connect();
  const first = await mcp.call('list_invoices', { limit: 3 });
  expect(numbersIn(first.structured)).toEqual(['2026412', '2026411', '2026410']);
  expect(first.text).toMatch(/3 of 8 invoices shown\. For the rest, call again with cursor="[\w-]+"\.$/);
  const cursor = first.structured['next_cursor'];
  const rest = await mcp.call('list_invoices', { cursor });
  expect(numbersIn(rest.structured)).toEqual(['2026409', '2026408', '2026407', '2026406', '2026405']);
  await expectRefusals(mcp, 'list_invoices', [
    [{ status: 'unpaid', cursor }, /cursor belongs to another list or filter\. Call again without it/],
  ]);
});

test('a session that may read the older alias only gets the same invoices, without the credit', async () => {
  await using mcp = await connect({ env: LOGIN });
  const newer = await mcp.call('list_invoices');
  mcp.sandbox.misbehave({ path: /^\/billing$/, fault: { kind: 'status', status: 403 } });
  const older = await mcp.call('list_invoices');
  expect(older.structured).toEqual({ ...newer.structured, credit: [] });
  expect(older.text).not.toContain('Prepaid credit');
  expect(mcp.sandbox.requests.map(({ path }) => path)).toEqual([
    '/authenticate',
    '/billing',
    '/billing',
    '/my/invoices',
  ]);
});

test('a key without the right is told so, and wrong arguments are answered with the right ones', async () => {
  await using mcp = await connect();
  const key = mcp.sandbox.addApiKey({ servers: { mode: 'rw', all: true } });
  await using other = await connect({ sandbox: mcp.sandbox, env: { GIGAHOST_API_KEY: key } });
  await expectRefusals(other, 'list_invoices', [[{}, /^Could not read the invoices: .*status 403\./]]);
  await expectBadArguments(mcp, 'list_invoices', [
    [{ status: 'late' }, /status must be one of all, unpaid, overdue/],
    [{ limit: -1 }, /limit must be at least 1/],
    [{ year: 2026 }, /unknown argument "year"\. It takes status\?, limit\?, cursor\?\./],
  ]);
});
