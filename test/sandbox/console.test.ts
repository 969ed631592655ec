import { expect, test } from 'vitest';
import { open, type Row } from './support/open.js';

test('a console session has credentials of its own and lasts three hours', async () => {
  await using gigahost = await open();
  const body = { acl: '203.0.113.5;2001:db8::/64' };
  const { data } = await gigahost.call<Row>('POST', '/servers/18105/ipmi', { body });
  const session = (await gigahost.server('backup01')).ipmi_session;
  expect(session).toMatchObject({
    kvm_ip_address: data.kvm_ip_address,
    kvm_username: data.username,
    kvm_password: data.password,
    kvm_expires: '1791212400',
  });
  gigahost.advance(3 * 3_600_000);
  expect((await gigahost.server('backup01')).ipmi_session).toEqual([]);
});

test('every call makes new credentials', async () => {
  await using gigahost = await open();
  const ask = () => gigahost.call<Row>('POST', '/servers/18105/ipmi', { body: { acl: '203.0.113.5' } });
  const [first, second] = [await ask(), await ask()];
  expect(second.data.password).not.toBe(first.data.password);
});

test('a console without addresses to admit is refused', async () => {
  await using gigahost = await open();
  for (const body of [{}, { acl: ' ' }, { acl: ['203.0.113.5'] }])
    expect((await gigahost.call('POST', '/servers/18105/ipmi', { body })).status).toBe(400);
});
