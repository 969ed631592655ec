import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { changesOf, expectBadArguments } from './support/upstream.js';

const LOGIN = { GIGAHOST_API_KEY: undefined, GIGAHOST_USERNAME: 'demo@example.no', GIGAHOST_PASSWORD: 'sandbox' };

test('with an API key the account is shown with its owner, users, keys, orders and settings', async () => {
  await using mcp = await connect();
  const { text, structured } = await mcp.call('get_account');
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as unknown;
  expect(structured).toMatchObject({
    id: '19998',
    name: 'Fjordkaffe AS',
    company_number: '999999999',
    address: 'Kaiveien 4, 3211 Sandefjord, NO',
    email: 'demo@example.no',
    billing_email: 'faktura@example.no',
    users: [
      { name: 'Ingrid Nes', login: 'demo@example.no', access: 'admin', two_factor: true },
      { name: 'Jonas Lie', access: 'user', two_factor: false },
      { name: 'Drift', access: 'server' },
    ],
    ssh_keys: [
      { id: '51', name: 'ingrid laptop', added_at: time },
      { id: '52', name: 'deploy' },
    ],
    passkeys: [
      { name: 'YubiKey 5C', last_used_at: time },
      { name: 'Telefon', last_used_at: null },
    ],
    notifications: { newsletter: false, incidents: true, bandwidth: true, login: false, renewal: true },
    orders_total: 6,
    limited: false,
  });
  for (const line of [
    'customer: 19998',
    'name: Fjordkaffe AS',
    'notifications on: incidents, bandwidth, renewal',
    'notifications off: newsletter, login',
    'Users (3 of 3):',
    'Ingrid Nes | demo@example.no | admin | yes',
    'SSH keys (2 of 2):',
    '100541 | active | hourly | KVM Value VPS 4GB for web01',
  ])
    expect(text.split('\n')).toContain(line);
  expect(text).toMatch(/^Passkeys \(2 of 2\):\nname \| last used\nYubiKey 5C \| \d{4}-[\dT:-]+Z\nTelefon \| never$/m);
  expect(mcp.sandbox.requests.map(({ path }) => path)).toEqual(['/account']);
});

test('with a name and password it is the same', async () => {
  await using mcp = await connect({ env: LOGIN });
  const { structured } = await mcp.call('get_account');
  expect(structured).toMatchObject({ name: 'Fjordkaffe AS', limited: false, orders_total: 6 });
  expect(mcp.sandbox.requests.map(({ path }) => path)).toEqual(['/authenticate', '/account']);
});

test('a session that may read the older alias only gets the profile, and is told what it cannot see', async () => {
  await using mcp = await connect({ env: LOGIN });
  mcp.sandbox.misbehave({ path: /^\/account$/, fault: { kind: 'status', status: 403 } });
  const { text, structured } = await mcp.call('get_account');
  expect(structured).toMatchObject({
    id: '19998',
    name: 'Fjordkaffe AS',
    users: [{ name: 'Ingrid Nes', access: 'admin', two_factor: null }, { access: 'user' }, { access: 'user' }],
    ssh_keys: [],
    orders: [],
    limited: true,
  });
  expect(text).toContain(
    'This credential may read the profile only; SSH keys, orders and settings are not visible to it.',
  );
  expect(text).toContain('Ingrid Nes | demo@example.no | admin | -');
  expect(text).not.toMatch(/SSH keys \(|Orders \(|notifications/);
  expect(mcp.sandbox.requests.map(({ path }) => path)).toEqual(['/authenticate', '/account', '/my/account']);
});

test('a key without the right is told about the first refusal', async () => {
  await using mcp = await connect();
  const key = mcp.sandbox.addApiKey({ servers: { mode: 'rw', all: true } });
  await using other = await connect({ sandbox: mcp.sandbox, env: { GIGAHOST_API_KEY: key } });
  const { text, isError } = await other.call('get_account');
  expect(isError).toBe(true);
  expect(text).toMatch(/^Could not read the account: .*status 403\..*an API key may lack the category/);
});

test('an account with hundreds of orders is shown with the newest part of them, in an answer that fits', async () => {
  await using mcp = await connect({ sandboxOptions: { extraServers: 300 } });
  const [contact] = mcp.sandbox.world.account.contacts;
  const [key] = mcp.sandbox.world.account.sshKeys;
  for (let n = 0; contact && key && n < 200; n += 1) {
    mcp.sandbox.world.account.contacts.push({ ...contact, name: `Person ${n}`, username: `person${n}@example.no` });
    mcp.sandbox.world.account.sshKeys.push({ ...key, id: String(500 + n), name: `key ${n}` });
  }
  const { text, structured } = await mcp.call('get_account');
  const { length } = structured['orders'] as unknown[];
  expect(length).toBeGreaterThan(15);
  for (const [title, total] of [
    ['Orders', 306],
    ['Users', 203],
    ['SSH keys', 202],
  ] as const)
    expect(text).toContain(`${title} (${length} of ${total}):`);
  expect(text).toContain('get_server shows the order behind each server.');
  expect(structured).toMatchObject({ orders_total: 306, users_total: 203, ssh_keys_total: 202 });
  expect(encode(text).length + encode(JSON.stringify(structured)).length).toBeLessThan(6000);
});

/** What a text of that length could be made of to cost the most. */
const COSTLY: Readonly<Record<string, (n: number) => string>> = {
  'random letters': n => Buffer.from(`${n}:${Math.sin(n)}`.repeat(9)).toString('base64'),
  'rare characters': n => String.fromCodePoint(0x12000 + n).repeat(90),
  'letters and digits': n => 'a1B2c3'.repeat(40) + String(n),
};

test.for(Object.entries(COSTLY))(
  'an account with the most of everything, in %s, fits into an answer',
  async ([, spell]) => {
    await using mcp = await connect({ sandboxOptions: { extraServers: 60 } });
    const { account, servers } = mcp.sandbox.world;
    const [contact] = account.contacts;
    const [key] = account.sshKeys;
    const [passkey] = account.passkeys;
    for (let n = 0; contact && key && passkey && n < 60; n += 1) {
      account.contacts.push({ ...contact, name: spell(n), username: spell(n + 1) });
      account.sshKeys.push({ ...key, id: String(500 + n), name: spell(n + 2) });
      account.passkeys.push({ ...passkey, name: spell(n + 3) });
    }
    for (const [n, server] of servers.entries()) Object.assign(server, { name: spell(n), productName: spell(n + 4) });
    const [name, address, companyNumber, phone, email, billingEmail] = [5, 6, 7, 8, 9, 10].map(spell);
    Object.assign(account, { name, address, companyNumber, phone, email, billingEmail });
    const { text, structured } = await mcp.call('get_account');
    expect(encode(text).length + encode(JSON.stringify(structured)).length).toBeLessThan(6000);
    for (const title of ['Users', 'SSH keys', 'Passkeys', 'Orders']) expect(text).toMatch(`${title} (`);
  },
);

test('the products of a large order are told in part, with the number of the others', async () => {
  await using mcp = await connect();
  const products = Array.from({ length: 9 }, (_, n) => ({ product_name: `P${n}`, srv_name: '' }));
  const data = { cust_id: '1', orders: [{ order_number: '7', products }] };
  mcp.sandbox.misbehave({ path: /account$/, fault: { kind: 'reply', body: { meta: { status: 200 }, data } } });
  const { text } = await mcp.call('get_account');
  expect(text).toContain('7 | - | - | P0; P1; P2; P3; P4; and 4 more');
});

test('it takes no arguments', async () => {
  await using mcp = await connect();
  await expectBadArguments(mcp, 'get_account', [
    [
      { id: '19998' },
      /^get_account was not called: unknown argument "id"\. It takes no arguments\. Nothing changed\.$/,
    ],
  ]);
  expect(changesOf(mcp.sandbox)).toEqual([]);
});
