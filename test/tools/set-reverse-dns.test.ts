import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { breakAfter, changesOf, expectBadArguments, expectRefusals } from './support/upstream.js';

test('an IPv4 address gets its name, as read back, and a name that points back is not warned about', async () => {
  await using mcp = await connect();
  const { text, structured } = await mcp.call('set_reverse_dns', {
    address: ' 192.0.2.20 ',
    target: 'DB01.fjordkaffe.example.',
  });
  expect(mcp.sandbox.world.server('db01').addresses[0]?.reverse).toBe('db01.fjordkaffe.example');
  expect(mcp.sandbox.calls('PUT').map(({ path, body }) => [path, body])).toEqual([
    ['/servers/18103/reverse', { ip_id: '7803', dns: 'db01.fjordkaffe.example' }],
  ]);
  expect(structured).toEqual({
    server: 'db01',
    address: '192.0.2.20',
    kind: 'address',
    target: 'db01.fjordkaffe.example',
    previous_target: 'static.192.0.2.20.customers.gigahost.no',
    warning: null,
    change_id: expect.stringMatching(/^c\w+$/) as unknown,
  });
  expect(text).toBe(
    `192.0.2.20 (db01) now has the reverse DNS db01.fjordkaffe.example; before it was static.192.0.2.20.customers.gigahost.no.\n\nundo_change with change="${String(structured['change_id'])}" takes it back.`,
  );
});

test('a name that points elsewhere, or nowhere, is set and warned about', async () => {
  await using mcp = await connect();
  const elsewhere = await mcp.call('set_reverse_dns', { address: '192.0.2.20', target: 'www.fjordkaffe.example' });
  expect(elsewhere.structured).toMatchObject({ target: 'www.fjordkaffe.example' });
  expect(elsewhere.structured['warning']).toBe(
    'But www.fjordkaffe.example points to 192.0.2.10, 2001:db8:2::10: mail servers check both directions, so give it an A record with 192.0.2.20.',
  );
  expect(elsewhere.text).toContain(String(elsewhere.structured['warning']));
  const nowhere = await mcp.call('set_reverse_dns', { address: '192.0.2.20', target: 'new.fjordkaffe.example' });
  expect(nowhere.structured['warning']).toMatch(
    /^But new\.fjordkaffe\.example has no address record: .* A record with 192\.0\.2\.20\.$/,
  );
  expect(nowhere.structured['previous_target']).toBe('www.fjordkaffe.example');
});

test('when no name server answers, the check is said to be missing', async () => {
  await using mcp = await connect({ env: { GIGAHOST_RESOLVER: '127.0.0.1:9' } });
  const { structured, isError } = await mcp.call('set_reverse_dns', {
    address: '192.0.2.20',
    target: 'db01.fjordkaffe.example',
  });
  expect(isError).toBe(false);
  expect(structured['warning']).toMatch(
    /^It could not be checked whether db01\.fjordkaffe\.example points back to 192\.0\.2\.20/,
  );
});

test('an IPv6 subnet is delegated to a nameserver, named by itself or by an address in it, in any spelling', async () => {
  await using mcp = await connect();
  const { text, structured } = await mcp.call('set_reverse_dns', {
    address: '2001:db8:40::/64',
    target: 'ns1.example.no',
  });
  expect(mcp.sandbox.world.server('backup01').subnets[0]?.nameserver).toBe('ns1.example.no');
  expect(mcp.sandbox.calls('PUT').map(({ path, body }) => [path, body])).toEqual([
    ['/servers/18105/reverse', { sub_id: '4105', dns: 'ns1.example.no' }],
  ]);
  expect(structured).toEqual({
    server: 'backup01',
    address: '2001:db8:40::/64',
    kind: 'subnet',
    target: 'ns1.example.no',
    previous_target: null,
    warning: null,
    change_id: expect.stringMatching(/^c\w+$/) as unknown,
  });
  expect(text).toBe(
    `The reverse DNS of the whole subnet 2001:db8:40::/64 (backup01) is now delegated to the nameserver ns1.example.no; before it was not delegated.\n\nundo_change cannot take it back (change ${String(structured['change_id'])}).`,
  );
  for (const address of ['2001:0DB8:40:0::1/64', '2001:db8:40::25', '2001:DB8:40:0:0:0:0:25']) {
    const target = `ns${address.length}.example.no`;
    const again = await mcp.call('set_reverse_dns', { address, target });
    expect(again.structured, address).toMatchObject({ address: '2001:db8:40::/64', target });
    expect(mcp.sandbox.world.server('backup01').subnets[0]?.nameserver).toBe(target);
    expect(again.text).toMatch(/\n\nundo_change with change="c\w+" takes it back\.$/);
  }
});

test('an extra IPv4 address is told apart from the IPv6 address that shares the id of the first', async () => {
  await using mcp = await connect();
  const { addresses } = mcp.sandbox.world.server('web01');
  const [first] = addresses;
  if (first) addresses.push({ ...first, id: '9001', address: '192.0.2.110', type: 'extra' });
  await mcp.call('set_reverse_dns', { address: '192.0.2.110', target: 'shop.example.no' });
  expect(addresses.map(({ reverse }) => reverse)).toEqual([
    'web01.fjordkaffe.example',
    'web01.fjordkaffe.example',
    'shop.example.no',
  ]);
});

test('a name that Gigahost accepted and does not show yet is not called set', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'reply', body: { meta: { status: 200 } } } });
  const { structured } = await mcp.call('set_reverse_dns', {
    address: '192.0.2.20',
    target: 'db01.fjordkaffe.example',
  });
  expect(structured['target']).toBe('static.192.0.2.20.customers.gigahost.no');
  expect(structured['warning']).toBe(
    'Gigahost accepted db01.fjordkaffe.example and does not show it yet: look again with get_server.',
  );
});

test('a lost answer is reported as unknown, with the read that settles it, and nothing is sent twice', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await mcp.call('set_reverse_dns', {
    address: '192.0.2.20',
    target: 'db01.fjordkaffe.example',
  });
  expect(isError).toBe(true);
  expect(text).toMatch(/asked to set the reverse DNS, and it is not known.*Do not repeat it: get_server shows/);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a name that was accepted and cannot be read back is reported as accepted', async () => {
  await using mcp = await connect();
  breakAfter(mcp.sandbox, 1, { path: /^\/servers\/18103$/, fault: { kind: 'status', status: 500 } });
  const { text, isError } = await mcp.call('set_reverse_dns', {
    address: '192.0.2.20',
    target: 'db01.fjordkaffe.example',
  });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /^Gigahost accepted the change, but .*could not read the server.*Do not repeat the change: get_server/,
  );
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('an address that is not of this account, or has no reverse DNS to set, is answered with those that are', async () => {
  await using mcp = await connect();
  const to = (address: string) => ({ address, target: 'x.example.no' });
  await expectRefusals(mcp, 'set_reverse_dns', [
    [
      to('203.0.113.99'),
      /203\.0\.113\.99 is not an address of this account\. The addresses are: 203\.0\.113\.40 \(backup01\), .*192\.0\.2\.10 \(web01\).*Nothing changed\.$/,
    ],
    [
      to('192.0.2.0/24'),
      /Reverse DNS of IPv4 is set for one address at a time; 192\.0\.2\.0\/24 is not a single address\./,
    ],
    [
      to('2001:db8:99::1'),
      /2001:db8:99::1 is not in a subnet of this account\..*The subnets are: 2001:db8:40::\/64 \(backup01\)\./,
    ],
    [to('2001:db8:40::/48'), /2001:db8:40::\/48 is not in a subnet of this account/],
    [
      to('2001:DB8:2:0::10'),
      /belongs to web01 \(VPS 18101, 192\.0\.2\.10\), but Gigahost offers reverse DNS for IPv6 on delegated subnets only/,
    ],
  ]);
  mcp.sandbox.hide('web01', 60_000);
  await expectRefusals(mcp, 'set_reverse_dns', [
    [
      to('192.0.2.10'),
      /192\.0\.2\.10 is not an address of this account\..*Not visible right now: web01\. Gigahost sometimes leaves a live server out/,
    ],
  ]);
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp = await connect();
  const address = '192.0.2.20';
  const target = 'x.example.no';
  await expectBadArguments(mcp, 'set_reverse_dns', [
    [{ address }, /target is missing\. It takes address, target\./],
    [{ target }, /address is missing/],
    [
      { address: '192.0.2', target },
      /address is not an IP address or subnet such as 192\.0\.2\.10 or 2001:db8:1::\/48/,
    ],
    [{ address: '192.0.2.020', target }, /address is not an IP address/],
    [{ address: '2001:db8::1%eth0', target }, /address is not an IP address/],
    [{ address: 'web01', target }, /address is not an IP address/],
    ...[
      '',
      'mail',
      'under_score.example.no',
      '-x.example.no',
      'a..example.no',
      'x example.no',
      '192.0.2.1',
      'x.no/y',
      `${'x'.repeat(64)}.no`,
    ].map(
      wrong =>
        [{ address, target: wrong }, /: target is not a full host name such as mail\.example\.no\. It takes/] as const,
    ),
    [{ address, target: 5 }, /target must be a text/],
    [{ address, target, ptr: target }, /unknown argument "ptr"/],
  ]);
});
