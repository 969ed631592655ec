import { expect, test } from 'vitest';
import { basic, open, type Gigahost } from './support/open.js';
import { recordRows } from './support/zones.js';

interface Asked {
  readonly authorization?: string | null;
}

async function update(gigahost: Gigahost, query: Record<string, string>, asked: Asked = {}): Promise<string> {
  const { url, username, password } = gigahost.sandbox;
  const { authorization = basic(username, password) } = asked;
  const response = await fetch(`${url}/dns/dyndns?${new URLSearchParams(query).toString()}`, {
    headers: authorization === null ? {} : { authorization },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  return response.text();
}

async function records(gigahost: Gigahost, name: string): Promise<unknown[][]> {
  return (await recordRows(gigahost, '3301'))
    .filter(row => row.record_name === name)
    .map(row => [row.record_type, row.record_value, Number(row.record_ttl)]);
}

test('an update replaces the addresses of a name, with a ttl of a minute, and a repeat changes nothing', async () => {
  await using gigahost = await open();
  const asked = { hostname: 'Api.fjordkaffe.example', myip: '198.51.100.7' };
  expect(await update(gigahost, asked)).toBe('good 198.51.100.7');
  expect(await records(gigahost, 'api')).toEqual([['A', '198.51.100.7', 60]]);
  expect(await update(gigahost, asked)).toBe('nochg 198.51.100.7');
  expect(await update(gigahost, { ...asked, myipv6: '2001:DB8:0::7' })).toBe('good 198.51.100.7');
  expect(await records(gigahost, 'api')).toEqual([
    ['A', '198.51.100.7', 60],
    ['AAAA', '2001:db8::7', 60],
  ]);
});

test('without an address the one of the caller is published', async () => {
  await using gigahost = await open();
  expect(await update(gigahost, { hostname: 'hjemme.fjordkaffe.example' })).toBe('good 127.0.0.1');
  expect(await records(gigahost, 'hjemme')).toEqual([['A', '127.0.0.1', 60]]);
});

test('several names get a line each, and a failure is a word under status 200', async () => {
  await using gigahost = await open();
  const hostname = 'ovn.fjordkaffe.example,elsewhere.example.no,localhost,www.fjordkaffe.example';
  expect((await update(gigahost, { hostname, myip: '198.51.100.7' })).split('\n')).toEqual([
    'good 198.51.100.7',
    'nohost',
    'notfqdn',
    'dnserr',
  ]);
  expect(await update(gigahost, {})).toBe('notfqdn');
  expect(await update(gigahost, { hostname: 'ovn.fjordkaffe.example', myip: 'here' })).toBe('badagent');
  expect(await records(gigahost, 'ovn')).toEqual([['A', '198.51.100.7', 60]]);
});

test('only name and password do: a key, a wrong password and nothing at all are badauth', async () => {
  await using gigahost = await open();
  const { apiKey, username } = gigahost.sandbox;
  const asked = { hostname: 'api.fjordkaffe.example', myip: '198.51.100.7' };
  for (const authorization of [`Bearer ${apiKey}`, basic(username, 'wrong'), null])
    expect(await update(gigahost, asked, { authorization })).toBe('badauth');
  expect(await records(gigahost, 'api')).toHaveLength(3);
});

test('a zone in the middle of another write is a dnserr', async () => {
  await using gigahost = await open({ dnsWriteMs: 600 });
  const asked = (name: string) => update(gigahost, { hostname: `${name}.fjordkaffe.example`, myip: '198.51.100.7' });
  const words = await Promise.all([asked('en'), asked('to')]);
  expect(words.sort()).toEqual(['dnserr', 'good 198.51.100.7']);
});
