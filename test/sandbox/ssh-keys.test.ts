import { expect, test } from 'vitest';
import { open, START, type Gigahost, type Row } from './support/open.js';

const PUBLIC = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGthZmZlIHRpbCBhbGxlIGkgU2FuZGVmam9yZCAyMDI2 jonas@example.no';

const keysOf = async ({ get }: Gigahost) => (await get<Row>('/account')).data.sshkeys as Row[];

test('an added key is on the account as it was sent, and the reply has no id', async () => {
  await using gigahost = await open();
  const body = { name: 'jonas', data: `${PUBLIC}\n` };
  const { status, data } = await gigahost.call('POST', '/account/sshkey', { body });
  expect({ status, data }).toEqual({ status: 200, data: [] });
  const [, , added] = await keysOf(gigahost);
  expect(added).toMatchObject({ key_name: 'jonas', key_data: `${PUBLIC}\n`, key_added: START / 1000 });
});

test('what is no public key is refused', async () => {
  await using gigahost = await open();
  const wrong = [
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    'ssh-ed25519',
    PUBLIC.replace('ssh-ed25519', 'ssh-rsa'),
    PUBLIC.slice(0, 40),
    PUBLIC.slice(0, 76),
  ];
  for (const data of wrong) {
    const answer = await gigahost.call('POST', '/account/sshkey', { body: { name: 'x', data } });
    expect(answer).toMatchObject({ status: 400, meta: { message: 'Invalid SSH key.' } });
  }
  expect((await gigahost.call('POST', '/account/sshkey', { body: { name: '', data: PUBLIC } })).status).toBe(400);
  expect(await keysOf(gigahost)).toHaveLength(2);
});

test('a removed key is gone', async () => {
  await using gigahost = await open();
  expect((await gigahost.call('DELETE', '/account/sshkey/52')).status).toBe(200);
  expect((await gigahost.call('DELETE', '/account/sshkey/52')).status).toBe(404);
  expect((await keysOf(gigahost)).map(row => row.key_id)).toEqual(['51']);
});

test('a key without the account category adds none', async () => {
  await using gigahost = await open();
  const body = { name: 'jonas', data: PUBLIC };
  for (const permissions of [{ servers: { mode: 'rw' } }, { account: { mode: 'r' } }]) {
    const authorization = `Bearer ${gigahost.sandbox.addApiKey(permissions)}`;
    expect((await gigahost.call('POST', '/account/sshkey', { authorization, body })).status).toBe(403);
  }
  const authorization = `Bearer ${gigahost.sandbox.addApiKey({ account: { mode: 'rw' } })}`;
  expect((await gigahost.call('POST', '/account/sshkey', { authorization, body })).status).toBe(200);
});
