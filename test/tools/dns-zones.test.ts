import { expect, test } from 'vitest';
import { agrees, connect, types } from '../support/connect.js';
import { contentOf, row, ZONE, zoneOf } from './support/dns.js';
import { changesOf, expectRefusals } from './support/upstream.js';

test('a zone is deleted once the person has typed its name, with its records told before', async () => {
  await using mcp = await connect({ person: types('kunde.example') });
  const { structured, text } = await mcp.call('delete_dns_zone', { zone: '3304' });
  expect(structured).toMatchObject({ status: 'done', zone: 'kunde.example', gone: true });
  expect(text).toMatch(/^The zone kunde\.example is deleted\.\n\nIt cannot be undone/);
  expect(mcp.sandbox.world.dns.zones.some(({ name }) => name === 'kunde.example')).toBe(false);
  expect(mcp.questions[0]?.message).toBe(
    [
      'Delete the DNS zone kunde.example.',
      '- All its 6 records are lost: 1 SOA, 2 NS, 2 A, 1 MX.',
      '- kunde.example is served by nameservers outside Gigahost: what is written here has no effect for the public.',
      '- export_dns_zone gives a copy to keep first.',
      '- It cannot be undone.',
    ].join('\n'),
  );
  await using other = await connect({ person: types('kunde') });
  await other.call('delete_dns_zone', { zone: 'kunde.example' });
  expect(changesOf(other.sandbox)).toEqual([]);
});

test('the zone of a registered domain is not deleted, and none by half a name', async () => {
  await using mcp = await connect({ person: agrees });
  await expectRefusals(mcp, 'delete_dns_zone', [
    [{ zone: 'kaffe-abonnement.no' }, /registered through Gigahost, and such a zone cannot be deleted/],
    [{ zone: 'kunde' }, /no DNS zone called "kunde"\. Did you mean kunde\.example \(id 3304\)/],
    [{ zone: '9999' }, /no DNS zone called "9999"\. There are: /],
  ]);
});

test('a zone that is still listed after its deletion is not called deleted', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.misbehave({ method: 'DELETE', fault: { kind: 'reply', body: { meta: { status: 200 }, data: [] } } });
  const { structured, text } = await mcp.call('delete_dns_zone', { zone: 'kunde.example' });
  expect(structured).toMatchObject({ gone: false });
  expect(text).toMatch(/accepted the deletion of kunde\.example and still lists it/);
});

test('records that come while the question is open are lost to nobody unseen', async () => {
  await using mcp = await connect({
    person: question => {
      zoneOf(mcp, 'kunde.example').records.push(row('viktig', 'A', '192.0.2.1'));
      return agrees(question);
    },
  });
  const { isError, text } = await mcp.call('delete_dns_zone', { zone: 'kunde.example' });
  expect([isError, text]).toEqual([true, expect.stringMatching(/state changed\. .*All its 7 records are lost/s)]);
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('zones are listed with who serves them, registration and expiry', async () => {
  await using mcp = await connect();
  const { structured, text } = await mcp.call('list_dns_zones');
  expect(structured['columns']).toEqual([
    'name',
    'records',
    'served_by',
    'registered_here',
    'expires',
    'auto_renew',
    'id',
  ]);
  const rows = structured['rows'] as unknown[][];
  expect(rows.map(([name]) => name)).toEqual(mcp.sandbox.world.dns.zones.map(({ name }) => name).sort());
  expect(rows.find(([name]) => name === 'kunde.example')).toEqual([
    'kunde.example',
    6,
    'outside nameservers',
    false,
    null,
    null,
    '3304',
  ]);
  expect(rows.find(([name]) => name === 'kaffe-abonnement.no')?.slice(2)).toEqual([
    'Gigahost',
    true,
    expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:/),
    false,
    '3303',
  ]);
  expect(text).toMatch(/^kunde\.example \| 6 \| outside nameservers \| no \| - \| - \| 3304$/m);
  const some = await mcp.call('list_dns_zones', { query: 'KAFFE', limit: 1 });
  expect(some.structured).toMatchObject({ rows: [{}], next_cursor: expect.any(String) as unknown });
  const next = await mcp.call('list_dns_zones', { query: 'KAFFE', cursor: some.structured['next_cursor'] });
  expect(next.isError, next.text).toBe(false);
  expect((await mcp.call('list_dns_zones', { query: 'nope' })).text).toBe('There are no DNS zones.');
});

test('records are listed by name, type and part of the value, in the words they are written in', async () => {
  await using mcp = await connect();
  const list = async (args: object) => {
    const { structured } = await mcp.call('list_dns_records', { zone: ZONE, ...args });
    return (structured['rows'] as unknown[][]).map(row => row.join(' '));
  };
  expect(await list({ name: `api.${ZONE}` })).toEqual(
    ['192.0.2.10', '192.0.2.11', '192.0.2.30'].map(ip => `api A ${ip} 300`),
  );
  expect(await list({ name: '@', type: 'mx' })).toEqual([
    `@ MX 10 mail01.${ZONE} 3600`,
    `@ MX 20 backup01.${ZONE} 3600`,
  ]);
  expect(await list({ query: 'IODEF' })).toEqual([`@ CAA 0 iodef "mailto:drift@${ZONE}" 3600`]);
  expect(await list({ type: 'CNAME' })).toEqual([`www CNAME ${ZONE} 3600`]);
  const [dkim] = await list({ name: 'drift2026._domainkey' });
  expect(dkim).toMatch(/ v=DKIM1; k=rsa; p=MIIB[^" ]{380,} 3600$/);
  const { text, structured } = await mcp.call('list_dns_records', { zone: ZONE, query: 'nope' });
  expect(text).toBe(`No record of ${ZONE} matches; the zone has ${zoneOf(mcp).records.length}.`);
  expect(structured).toMatchObject({ total: 0, zone_total: zoneOf(mcp).records.length, warning: null });
  expect((await mcp.call('list_dns_records', { zone: 'kunde.example' })).structured['warning']).toMatch(
    /outside Gigahost/,
  );
});

test('a zone of thousands of records is paged, and every record is on one page', async () => {
  await using mcp = await connect({ sandboxOptions: { extraRecords: 700 } });
  const seen: unknown[] = [];
  let cursor: unknown;
  do {
    const { structured, isError, text } = await mcp.call('list_dns_records', {
      zone: 'big.example',
      ...(cursor !== undefined && { cursor }),
    });
    expect(isError, text).toBe(false);
    expect(text.length + JSON.stringify(structured).length).toBeLessThan(30_000);
    seen.push(
      ...(structured['rows'] as unknown[][]).map(
        ([name, type, value]) => `${String(name)} ${String(type)} ${String(value)}`,
      ),
    );
    cursor = structured['next_cursor'];
  } while (cursor !== undefined);
  expect(seen).toHaveLength(zoneOf(mcp, 'big.example').records.length);
  expect(new Set(seen).size).toBe(seen.length);
});

test('a zone is exported as a file between marks, its beginning where it is long, with the whole as a resource', async () => {
  await using mcp = await connect({ sandboxOptions: { extraRecords: 700 } });
  const { structured, text, content } = await mcp.call('export_dns_zone', { zone: 'KUNDE.example' });
  expect(structured['lines']).toEqual([
    '$ORIGIN kunde.example.',
    '',
    expect.stringMatching(/^@ 3600 IN SOA ns1\.gigahost\.no\. /),
    '@ 3600 IN A 192.0.2.10',
    `@ 3600 IN MX 10 mail01.${ZONE}.`,
    '@ 3600 IN NS ns1.dns.example.',
    '@ 3600 IN NS ns2.dns.example.',
    'www 3600 IN A 192.0.2.10',
  ]);
  expect(text).toMatch(/The zone file of kunde\.example .*\n===== begin \w+ =====\n\$ORIGIN kunde\.example\.\n/);
  expect(content).toContainEqual(
    expect.objectContaining({ type: 'resource_link', uri: 'gigahost://zones/kunde.example', mimeType: 'text/dns' }),
  );
  const long = await mcp.call('export_dns_zone', { zone: 'big.example' });
  expect(long.structured).toMatchObject({ total_lines: 706, resource: 'gigahost://zones/big.example' });
  expect((long.structured['lines'] as unknown[]).length).toBeLessThan(300);
  expect(long.text).toMatch(/The first \d+ of 706 lines\. The whole file is the resource/);
  const whole = await mcp.client.readResource({ uri: 'gigahost://zones/big.example' });
  expect((whole.contents[0] as unknown as { text: string }).text.trim().split('\n')).toHaveLength(706);
  expect(contentOf(mcp, 'big.example')).toHaveLength(703);
});
