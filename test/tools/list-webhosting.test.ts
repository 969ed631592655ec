import { expect, test } from 'vitest';
import { connectHosting, replyWith } from './support/hosting.js';
import { expectBadArguments } from './support/upstream.js';

test('accounts are listed by their domains, with package and usage', async () => {
  await using mcp = await connectHosting();
  const { text, structured } = await mcp.call('list_webhosting');
  expect(structured).toMatchObject({
    columns: ['domain', 'id', 'user', 'package', 'status', 'renews_on', 'disk', 'traffic'],
    rows: [
      [
        'fjordkaffe.no',
        '4101',
        'fjordkaf',
        'Webhotell Medium',
        'active',
        expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        expect.stringMatching(/^\d+\.\d\d of 10240 MB$/),
        '17.97 of 250 GB',
      ],
      [
        'kaffe-abonnement.no',
        '4102',
        'kaffeabo',
        'Webhotell Small',
        'active',
        expect.any(String),
        '978.00 of 1024 MB',
        '0.30 of 50 GB',
      ],
    ],
    total: 2,
    usage_left_out: 0,
  });
  expect(text).toMatch(/^domain \| id \| user .*\nfjordkaffe\.no \| 4101 \| fjordkaf \| Webhotell Medium \| active/);
});

test('an account whose usage cannot be read is listed all the same, and that is said', async () => {
  await using mcp = await connectHosting();
  mcp.sandbox.misbehave({ path: /4101\/stats$/, times: Infinity, fault: { kind: 'status', status: 403 } });
  const { text, structured } = await mcp.call('list_webhosting');
  expect((structured['rows'] as unknown[][]).map(row => row.slice(-2))).toEqual([
    [null, null],
    ['978.00 of 1024 MB', '0.30 of 50 GB'],
  ]);
  expect(text).toMatch(/The usage of 1 of them was not read; get_webhosting shows/);
});

test('usage is read for no more accounts than is bearable', async () => {
  await using mcp = await connectHosting();
  const { hosting } = mcp.sandbox.world;
  const account = hosting.account('4102');
  for (let n = 0; n < 90; n += 1) hosting.add({ ...account, id: String(5000 + n), domain: `shop-${n}.example` });
  const first = await mcp.call('list_webhosting');
  expect(first.structured).toMatchObject({ total: 92, usage_left_out: 30 });
  expect(mcp.sandbox.calls('GET', /\/stats$/)).toHaveLength(20);
  const next = await mcp.call('list_webhosting', { cursor: first.structured['next_cursor'] });
  expect((next.structured['rows'] as unknown[][]).length).toBe(42);
});

test('no account at all is an answer, and a refusal is an error', async () => {
  await using mcp = await connectHosting();
  mcp.sandbox.misbehave({ path: /webhosting$/, fault: replyWith({ hosting: [] }) });
  expect((await mcp.call('list_webhosting')).text).toBe('There are no web hosting accounts.');
  mcp.sandbox.misbehave({ path: /webhosting$/, fault: { kind: 'status', status: 403 } });
  const refused = await mcp.call('list_webhosting');
  expect(refused.isError).toBe(true);
  expect(refused.text).toMatch(/^Could not list the web hosting accounts: status 403\. Nothing changed\./);
  await expectBadArguments(mcp, 'list_webhosting', [[{ cursor: 7 }, /cursor/]]);
});
