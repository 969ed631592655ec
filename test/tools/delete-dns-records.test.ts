import { expect, test } from 'vitest';
import { agrees, connect, declines, types } from '../support/connect.js';
import { contentOf, row, set, valuesAt, writesOf, ZONE, zoneOf } from './support/dns.js';
import { changesOf, expectBadArguments, expectRefusals } from './support/upstream.js';

const args = (name: string, type: string, values?: readonly string[]) => ({
  zone: ZONE,
  records: [{ name, type, ...(values && { values }) }],
});

test.for([
  ['an address', 'api', 'A', ['192.0.2.11'], 'DELETE api A 192.0.2.11'],
  ['an address in another spelling', 'WEB01', 'aaaa', ['2001:DB8:2:0::10'], 'DELETE web01 AAAA 2001:db8:2::10'],
  ['a mail host', '@', 'MX', [`20 BACKUP01.${ZONE}.`], `DELETE @ MX 20 backup01.${ZONE}.`],
  ['a text', ZONE, 'TXT', ['kasse-verifikasjon=3f7c1b90e2'], 'DELETE @ TXT kasse-verifikasjon=3f7c1b90e2'],
  ['a service', '_imaps._tcp', 'SRV', [`0 1 993 mail01.${ZONE}`], `DELETE _imaps._tcp SRV 0 1 993 mail01.${ZONE}.`],
  ['a CAA', '@', 'CAA', ['0 issue letsencrypt.org'], 'DELETE @ CAA 0 issue "letsencrypt.org"'],
  ['a name server', 'lab', 'NS', ['ns2.example.no.'], 'DELETE lab NS ns2.example.no'],
] as const)('%s is deleted by its value, and nothing else goes', async ([, name, type, values, write]) => {
  await using mcp = await connect({ person: agrees });
  const before = contentOf(mcp);
  const { structured } = await mcp.call('delete_dns_records', args(name, type, values));
  expect(structured).toMatchObject({ status: 'done', complete: true, put_back: [] });
  expect(writesOf(mcp.sandbox)).toEqual([write]);
  expect(contentOf(mcp)).toHaveLength(before.length - 1);
  expect(before).toEqual(expect.arrayContaining(contentOf(mcp)));
});

test('a whole set goes record by record, a long text by what Gigahost lists', async () => {
  await using mcp = await connect({ person: agrees });
  const [key = ''] = valuesAt(mcp, 'drift2026._domainkey', 'TXT');
  expect(key).toContain('" "');
  const { structured, text } = await mcp.call('delete_dns_records', {
    zone: ZONE,
    records: [
      { name: 'api', type: 'A' },
      { name: 'drift2026._domainkey', type: 'TXT' },
    ],
  });
  expect(writesOf(mcp.sandbox)).toEqual([
    'DELETE api A 192.0.2.10',
    'DELETE api A 192.0.2.11',
    'DELETE api A 192.0.2.30',
    `DELETE drift2026._domainkey TXT ${key}`,
  ]);
  expect([valuesAt(mcp, 'api', 'A'), valuesAt(mcp, 'drift2026._domainkey', 'TXT')]).toEqual([[], []]);
  expect(structured).toMatchObject({ records: [{ now: null }, { now: null }] });
  expect(text).toMatch(/^A api in fjordkaffe\.example: none any more; before: 192\.0\.2\.10, .*\(TTL 300\)\.$/m);
});

test('the person types the name of the zone to a plan that names every record', async () => {
  await using mcp = await connect({ person: types(ZONE) });
  await mcp.call('delete_dns_records', args('api', 'A', ['192.0.2.11', '192.0.2.10']));
  expect(mcp.questions).toMatchObject([
    {
      message: `Delete 2 DNS records in ${ZONE}.\n- delete A api 192.0.2.10\n- delete A api 192.0.2.11\n- undo_change can take it back.`,
      properties: { name: { title: `Type ${ZONE} to confirm` } },
    },
  ]);
  expect(valuesAt(mcp, 'api', 'A')).toEqual(['192.0.2.30']);
  await using other = await connect({ person: declines });
  expect((await other.call('delete_dns_records', args('api', 'A'))).structured).toEqual({ status: 'declined' });
  expect(changesOf(other.sandbox)).toEqual([]);
});

test('what is deleted comes back as it was, with its time to live', async () => {
  await using mcp = await connect({ person: agrees, args: ['--max-targets', '20'] });
  const before = contentOf(mcp);
  const { structured, text } = await mcp.call('delete_dns_records', {
    zone: ZONE,
    records: ['api A', '@ MX', '@ TXT', 'drift2026._domainkey TXT', '_imaps._tcp SRV', '@ CAA', 'www CNAME']
      .map(key => key.split(' '))
      .map(([name, type], at) => ({ name, type, ...(at === 1 && { values: [`10 mail01.${ZONE}`] }) })),
  });
  expect(structured, text).toMatchObject({ complete: true });
  const undone = await mcp.call('undo_change');
  expect(undone.structured, undone.text).toMatchObject({ complete: true, undone: structured['change_id'] });
  expect(contentOf(mcp)).toEqual(before);
});

test('a record that Gigahost lists without a value is not deleted, for the others of its set', async () => {
  await using mcp = await connect({ person: agrees });
  zoneOf(mcp).records.push(row('@', 'TXT', ''));
  const { text, isError } = await mcp.call('delete_dns_records', args('@', 'TXT'));
  expect([isError, text]).toEqual([
    true,
    expect.stringMatching(/without a value: it cannot be deleted without the others/),
  ]);
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('what is not there is answered with what is', async () => {
  await using mcp = await connect({ person: agrees });
  await expectRefusals(mcp, 'delete_dns_records', [
    [
      args('api', 'A', ['192.0.2.99']),
      /A api in fjordkaffe\.example has no value 192\.0\.2\.99\. It has: 192\.0\.2\.10, 192\.0\.2\.11, 192\.0\.2\.30\./,
    ],
    [args('api', 'AAAA'), /has no AAAA record at api\. At that name there is: A 192\.0\.2\.10, A 192\.0\.2\.11/],
    [args('nope', 'A'), /has no A record at nope\. At that name there is: nothing\./],
    [args('@', 'MX', [`mail01.${ZONE}`]), /It is written as priority and host/],
    [args('@', 'SOA'), /SOA record belongs to Gigahost/],
    [args('@', 'NS'), /NS records of fjordkaffe\.example itself belong to Gigahost/],
    [{ ...args('x', 'A'), zone: 'nope.example' }, /no DNS zone called "nope\.example"/],
    [{ zone: ZONE, records: [args('api', 'A').records[0], args('API', 'a').records[0]] }, /A api is named twice/],
  ]);
  await expectBadArguments(mcp, 'delete_dns_records', [
    [{ zone: ZONE, records: [] }, /records/],
    [args('api', 'A', []), /values/],
    [{ ...args('api', 'A'), keep_existing: true }, /unknown argument "keep_existing"/],
  ]);
});

test('a half-done deletion goes on with what is left, and is taken back whole', async () => {
  await using mcp = await connect({ person: agrees });
  const before = contentOf(mcp);
  mcp.sandbox.misbehave({ method: 'DELETE', fault: { kind: 'delay', ms: 0 } });
  mcp.sandbox.misbehave({ method: 'DELETE', fault: { kind: 'status', status: 403 } });
  const { structured } = await mcp.call('delete_dns_records', args('api', 'A'));
  expect(structured).toMatchObject({
    status: 'stopped',
    not_done: ['delete A api 192.0.2.11', 'delete A api 192.0.2.30'],
  });
  expect((await mcp.call('delete_dns_records', args('api', 'A'))).structured).toMatchObject({ complete: true });
  await mcp.call('undo_change');
  await mcp.call('undo_change');
  expect(contentOf(mcp)).toEqual(before);
});

test('a change that only added is taken back by a deletion, which is asked', async () => {
  await using mcp = await connect({ person: agrees });
  const before = contentOf(mcp);
  await mcp.call('set_dns_records', set('ny', 'A', ['192.0.2.1', '192.0.2.2']));
  expect(mcp.questions).toEqual([]);
  const undone = await mcp.call('undo_change');
  expect(undone.structured).toMatchObject({ status: 'done', complete: true });
  expect(mcp.questions[0]?.message).toContain('- delete A ny 192.0.2.1\n- delete A ny 192.0.2.2');
  expect(contentOf(mcp)).toEqual(before);
});
