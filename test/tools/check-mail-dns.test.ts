import { expect, test } from 'vitest';
import { connect, type Connected } from '../support/connect.js';
import { row, ZONE, zoneOf } from './support/dns.js';
import { expectRefusals } from './support/upstream.js';

const check = async (mcp: Connected, zone = ZONE) => {
  const answer = await mcp.call('check_mail_dns', { zone });
  const rows = (answer.structured['rows'] ?? []) as (string | null)[][];
  return { ...answer, rows, of: (name: string) => rows.filter(([which]) => which === name) };
};
const mx = (mcp: Connected, host: string) => {
  const zone = zoneOf(mcp);
  zone.records = zone.records.filter(({ type }) => type !== 'MX');
  zone.records.push(row('@', 'MX', host, { priority: 10 }));
};

test('a zone is checked against its records, its hosts and their reverse names, without a change', async () => {
  await using mcp = await connect();
  mx(mcp, `mail01.${ZONE}.`);
  for (const address of mcp.sandbox.world.server('mail01').addresses) address.reverse = `mail01.${ZONE}`;
  const { structured, of, text } = await check(mcp);
  expect(structured['columns']).toEqual(['check', 'status', 'found', 'what_to_do']);
  expect(of('MX')).toEqual([['MX', 'ok', `mail01.${ZONE} (198.51.100.25, 2001:db8:51::25)`, null]]);
  expect(of('SPF').map(([, status]) => status)).toEqual(['ok']);
  expect(of('DKIM')).toEqual([['DKIM', 'ok', 'drift2026._domainkey, RSA 2048 bits', null]]);
  expect(of('DMARC').map(([, status]) => status)).toEqual(['ok']);
  expect(of('PTR')[0]).toEqual(['PTR', 'ok', `198.51.100.25 is called mail01.${ZONE}`, null]);
  expect(of('PTR')[1]).toEqual(['PTR', 'ok', `2001:db8:51::25 is called mail01.${ZONE}`, null]);
  expect(structured['verdict']).toBe('ok');
  expect(text).toMatch(/^Mail of fjordkaffe\.example: all that can be told from this account is right\./);
  expect(mcp.sandbox.calls().every(({ method }) => method === 'GET')).toBe(true);
});

test('a reverse name that leads nowhere is a problem, with the call that mends it', async () => {
  await using mcp = await connect();
  mx(mcp, `mail01.${ZONE}`);
  for (const address of mcp.sandbox.world.server('mail01').addresses) address.reverse = 'elsewhere.example.com';
  const { structured, of } = await check(mcp);
  expect(structured['verdict']).toBe('problem');
  expect(of('PTR')[0]).toEqual([
    'PTR',
    'problem',
    '198.51.100.25 is called elsewhere.example.com, which does not lead back to it',
    `set_reverse_dns address=198.51.100.25 target=mail01.${ZONE}`,
  ]);
});

test('a domain whose mail is set up wrongly is told all of it, each record to set whole', async () => {
  await using mcp = await connect();
  const { of, structured, text } = await check(mcp, 'KAFFE-abonnement.no');
  expect(structured['verdict']).toBe('problem');
  expect(of('MX')[0]?.slice(1, 3)).toEqual(['problem', 'post.kaffe-abonnement.no is a CNAME']);
  expect(of('SPF')[0]?.slice(1)).toEqual([
    'problem',
    expect.stringMatching(
      /^2 SPF records, so none of them counts: v=spf1 ip4:198\.51\.100\.25 -all \| v=spf1 include:_spf/,
    ),
    'Keep one: v=spf1 ip4:198.51.100.25 include:_spf.example.no -all',
  ]);
  expect(of('DKIM')[0]?.[1]).toBe('warning');
  expect(of('DMARC')[0]?.slice(1, 3)).toEqual(['problem', 'no DMARC record']);
  expect(text).toContain('set_dns_records changes records');
});

test('an alias, a wildcard or a foreign host is looked up in the DNS, and one that cannot be is not called missing', async () => {
  await using mcp = await connect();
  mx(mcp, `nettbutikk.${ZONE}`);
  expect((await check(mcp)).of('MX')[0]?.slice(1, 3)).toEqual([
    'ok',
    `nettbutikk.${ZONE} (192.0.2.11, 2001:db8:2::11)`,
  ]);
  mx(mcp, 'nothing.example.org');
  expect((await check(mcp)).of('MX')[0]?.slice(1, 3)).toEqual(['problem', 'nothing.example.org has no address']);
  await using deaf = await connect({ sandbox: mcp.sandbox, env: { GIGAHOST_RESOLVER: '127.0.0.1:9' } });
  const { of, structured } = await check(deaf);
  expect(of('MX')[0]).toEqual(['MX', 'unknown', 'nothing.example.org could not be looked up', 'Check again later']);
  expect(of('PTR')).toEqual([]);
  expect(structured['verdict']).toBe('ok');
});

test('a key for the DNS alone is enough for all but reverse names', async () => {
  await using mcp = await connect();
  await using narrow = await connect({
    sandbox: mcp.sandbox,
    env: { GIGAHOST_API_KEY: mcp.sandbox.addApiKey({ dns: { mode: 'r', all: true } }) },
  });
  const { of, isError, text } = await check(narrow);
  expect(isError, text).toBe(false);
  expect(of('PTR').map(([, status]) => status)).toEqual(of('PTR').map(() => 'unknown'));
  expect(of('PTR')[0]?.[2]).toMatch(/could not be read/);
});

test('a server whose details cannot be read is not said to lack a reverse name', async () => {
  await using mcp = await connect();
  mx(mcp, `mail01.${ZONE}`);
  mcp.sandbox.misbehave({ path: /^\/servers\/\d+$/, fault: { kind: 'status', status: 500 }, times: Infinity });
  expect((await check(mcp)).of('PTR').map(([, status]) => status)).toEqual(['unknown', 'unknown']);
});

test('a domain that is served elsewhere is said to be seen differently by the world', async () => {
  await using mcp = await connect();
  const { rows } = await check(mcp, 'kunde.example');
  expect(rows[0]?.slice(0, 2)).toEqual(['served by', 'warning']);
  await expectRefusals(mcp, 'check_mail_dns', [[{ zone: 'nope.example' }, /no DNS zone called "nope\.example"/]]);
});
