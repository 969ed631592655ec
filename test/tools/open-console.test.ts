import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { changesOf, everythingIn, expectBadArguments, expectRefusals, nameTwice } from './support/upstream.js';

test('a console is opened for the addresses named, and its credentials are in a file for the user alone', async () => {
  await using mcp = await connect();
  const allowed_addresses = ['192.0.2.77', '2001:0DB8::0:1', '198.51.100.9/28'];
  const answer = await mcp.call('open_console', { server: '203.0.113.40', allowed_addresses });
  const session = mcp.sandbox.world.server('backup01').console;
  expect(session?.acl).toBe('192.0.2.77;2001:db8::1;198.51.100.0/28');
  expect(changesOf(mcp.sandbox)).toEqual(['POST /servers/18105/ipmi']);
  expect(answer.structured).toMatchObject({
    server: 'backup01',
    console_address: '198.51.100.250',
    allowed_addresses: ['192.0.2.77', '2001:db8::1', '198.51.100.0/28'],
  });
  expect(answer.structured['expires_at']).toMatch(/^\d{4}-\d\d-\d\dT[\d:]+Z$/);

  const folder = join(mcp.stateDir, 'secrets');
  const [name = ''] = await readdir(folder);
  const file = join(folder, name);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(await readFile(file, 'utf8')).toBe(
    `Console of backup01 (dedicated server 18105, 203.0.113.40)\naddress: 198.51.100.250\nusername: ${session?.username}\npassword: ${session?.password}\n`,
  );
  expect(answer.text).toBe(
    `A console to backup01 is open at 198.51.100.250 for 192.0.2.77, 2001:db8::1, 198.51.100.0/28 until ${String(answer.structured['expires_at'])}. Name and password are in the file ${file} (readable by you alone, deleted after 24 hours).\n\nundo_change does not apply to it (change ${String(answer.structured['change_id'])}).`,
  );
  const later = await mcp.call('get_server', { server: 'backup01' });
  expect(later.structured['console_open_until']).toBe(answer.structured['expires_at']);
  for (const secret of [session?.username ?? '?', session?.password ?? '?'])
    for (const said of [everythingIn(answer), everythingIn(later), mcp.stderr()]) expect(said).not.toContain(secret);
});

test('credentials that Gigahost did not return are not said to be in a file', async () => {
  await using mcp = await connect();
  const opened = async (data: object) => {
    mcp.sandbox.misbehave({ path: /ipmi$/, fault: { kind: 'reply', body: { meta: { status: 200 }, data } } });
    return mcp.call('open_console', { server: 'backup01', allowed_addresses: ['192.0.2.77'] });
  };
  const none = await opened({ kvm_ip_address: '198.51.100.250' });
  expect(none.structured).toMatchObject({ credentials: [], credentials_in: null });
  expect(none.text).toContain('for three hours. Gigahost returned no credentials.\n');
  expect(await readdir(join(mcp.stateDir, 'secrets'))).toEqual([]);
  const half = await opened({ password: 'S3cretPw!!' });
  expect(half.structured).toMatchObject({ credentials: ['password'], console_address: null });
  expect(half.text).toMatch(
    /^A console to backup01 is open at an address that Gigahost did not return for .* Only the password is in the file .*: Gigahost returned nothing else\.\n/,
  );
  expect(everythingIn(half)).not.toContain('S3cretPw!!');
});

test('each session has a file of its own', async () => {
  await using mcp = await connect();
  const once = () => mcp.call('open_console', { server: 'backup01', allowed_addresses: ['192.0.2.77'] });
  const [first, second] = [await once(), await once()];
  expect(first.structured['credentials_in']).not.toBe(second.structured['credentials_in']);
  expect(await readdir(join(mcp.stateDir, 'secrets'))).toHaveLength(2);
});

test('where the credentials could not be handed over, no session is opened', async () => {
  await using mcp = await connect();
  await writeFile(join(mcp.stateDir, 'secrets'), 'a file in the way');
  await expectRefusals(mcp, 'open_console', [
    [
      { server: 'backup01', allowed_addresses: ['192.0.2.77'] },
      /Secrets could not be handed over: .*secrets is not writable.*GIGAHOST_STATE_DIR.*Nothing changed\.$/,
    ],
  ]);
});

test('a lost answer is reported as unknown, with the read that settles it, and no second session is opened', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ path: /ipmi$/, fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await mcp.call('open_console', { server: 'backup01', allowed_addresses: ['192.0.2.77'] });
  expect(isError).toBe(true);
  expect(text).toMatch(/asked to open a console session, and it is not known.*Do not repeat it: get_server shows/);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('when its end cannot be read back, the session is told with the credentials all the same', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ path: /^\/servers\/18105$/, fault: { kind: 'status', status: 500 } });
  const { text, structured, isError } = await mcp.call('open_console', {
    server: 'backup01',
    allowed_addresses: ['192.0.2.77'],
  });
  expect(isError).toBe(false);
  expect(structured).toMatchObject({ expires_at: null, server: 'backup01' });
  expect(text).toContain('for 192.0.2.77 for three hours.');
});

test('a console is not opened to a wide range, nor to a server that is not meant for sure', async () => {
  await using mcp = await connect();
  const at = (...allowed_addresses: string[]) => ({ server: 'backup01', allowed_addresses });
  nameTwice(mcp.sandbox);
  await expectRefusals(mcp, 'open_console', [
    [
      at('0.0.0.0/0'),
      /0\.0\.0\.0\/0 would open the console to too many machines\. Name single addresses, or subnets no wider than \/24 \(IPv4\) or \/48 \(IPv6\)\. Nothing changed\.$/,
    ],
    [at('192.0.2.77', '192.0.0.0/23'), /192\.0\.0\.0\/23 would open the console to too many machines/],
    [at('2001:db8::/47'), /2001:db8::\/47 would open the console to too many machines/],
    [{ ...at('192.0.2.77'), server: 'backup' }, /Did you mean backup01/],
    [{ ...at('192.0.2.77'), server: 'web01' }, /"web01" matches 2 servers/],
  ]);
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp = await connect();
  const server = 'backup01';
  await expectBadArguments(mcp, 'open_console', [
    [{ server }, /allowed_addresses is missing/],
    [{ server, allowed_addresses: [] }, /allowed_addresses must not be empty/],
    [{ server, allowed_addresses: '192.0.2.77' }, /allowed_addresses must be a list/],
    [
      { server, allowed_addresses: ['192.0.2'] },
      /allowed_addresses\.0 is not an IP address or subnet such as 192\.0\.2\.10/,
    ],
    [{ server, allowed_addresses: ['192.0.2.1', 'home'] }, /allowed_addresses\.1 is not an IP address/],
    [{ server, allowed_addresses: ['::ffff:0:0/96'] }, /allowed_addresses\.0 is not an IP address or subnet/],
    [{ server, allowed_addresses: ['192.0.2.1;0.0.0.0/0'] }, /allowed_addresses\.0 is not an IP address/],
    [{ server, allowed_addresses: Array.from({ length: 11 }, (_, n) => `192.0.2.${n}`) }, /at most 10 entries/],
  ]);
});
