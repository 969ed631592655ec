import { expect, test } from 'vitest';
import { agrees, connect, type Connected } from '../support/connect.js';
import { breakNth, contentOf, otherWriter, row, set, ttlsAt, valuesAt, writesOf, ZONE, zoneOf } from './support/dns.js';
import { changesOf } from './support/upstream.js';

const RECORDS = /^\/dns\/zones\/\d+\/records/;
const refused = { kind: 'status', status: 400 } as const;
const add = (...names: string[]) => ({
  zone: ZONE,
  records: names.map((name, n) => ({ name, type: 'A', values: [`192.0.2.${n + 50}`] })),
});
const FIVE = ['n1', 'n2', 'n3', 'n4', 'n5'];
const remove = (name: string, type: string, values?: readonly string[]) => ({
  zone: ZONE,
  records: [{ name, type, ...(values && { values }) }],
});

test.for([
  ['one of three addresses', 'api', 'A', '192.0.2.11'],
  ['one of two texts', '@', 'TXT', 'kasse-verifikasjon=3f7c1b90e2'],
  ['one of two mail hosts', '@', 'MX', `20 backup01.${ZONE}`],
  ['one of two name servers', 'lab', 'NS', 'ns1.example.no'],
  ['one of two CAA', '@', 'CAA', '0 issue "letsencrypt.org"'],
] as const)(
  'when Gigahost takes the whole set with %s, the others are put back and that is said',
  async ([, name, type, value]) => {
    await using mcp = await connect({ person: agrees });
    const before = contentOf(mcp);
    mcp.sandbox.world.dns.ignoresValue = true;
    const { text, structured } = await mcp.call('delete_dns_records', remove(name, type, [value]));
    expect(structured).toMatchObject({ status: 'done', complete: true, not_done: [] });
    const [gone] = before.filter(line => !contentOf(mcp).includes(line));
    expect(contentOf(mcp)).toEqual(before.filter(line => line !== gone));
    expect(gone).toContain(value.replace(/^\d+ /, type === 'MX' ? '20 ' : '$&'));
    expect(structured['put_back']).toHaveLength(valuesAt(mcp, name, type).length);
    expect(text).toMatch(/Gigahost took more than was asked for, and that was put back: add /);
  },
);

test('a sibling that cannot be put back is told, with what is left to do, and calling again brings it back', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.world.dns.ignoresValue = true;
  mcp.sandbox.misbehave({ method: 'POST', path: RECORDS, fault: refused });
  const args = set('api', 'A', ['192.0.2.10', '192.0.2.30']);
  const { text, structured, isError } = await mcp.call('set_dns_records', args);
  expect(isError).toBe(false);
  expect(structured).toMatchObject({
    status: 'stopped',
    complete: false,
    records: [{ now: '192.0.2.30 (TTL 300)' }],
    not_done: ['add A api 192.0.2.10 (TTL 300)'],
    put_back: ['add A api 192.0.2.30 (TTL 300)'],
  });
  expect(text).toMatch(/It stopped half-way\. Gigahost took A api 192\.0\.2\.10 as well, and it could not be put back/);
  mcp.sandbox.world.dns.ignoresValue = false;
  expect((await mcp.call('set_dns_records', args)).structured).toMatchObject({ complete: true });
  expect(valuesAt(mcp, 'api', 'A')).toEqual(['192.0.2.10', '192.0.2.30']);
});

test('siblings are put back also where the answer of the delete was lost, or it failed after acting', async () => {
  for (const fault of [
    { kind: 'drop', when: 'after' },
    { kind: 'status', status: 500, acts: true },
    { kind: 'garbage' },
  ] as const) {
    await using mcp = await connect({ person: agrees });
    mcp.sandbox.world.dns.ignoresValue = true;
    mcp.sandbox.misbehave({ method: 'DELETE', path: RECORDS, fault });
    const { structured } = await mcp.call('delete_dns_records', remove('api', 'A', ['192.0.2.11']));
    expect(structured, fault.kind).toMatchObject({
      complete: true,
      put_back: [{}, {}].map(() => expect.any(String) as unknown),
    });
    expect(valuesAt(mcp, 'api', 'A')).toEqual(['192.0.2.10', '192.0.2.30']);
    expect(ttlsAt(mcp, 'api', 'A')).toEqual([300, 300]);
  }
});

test('two calls at once on one zone both succeed, one after the other, and Gigahost sees no overlap', async () => {
  await using mcp = await connect({ sandboxOptions: { dnsWriteMs: 80 } });
  const answers = await Promise.all([
    mcp.call('set_dns_records', add(...FIVE.slice(0, 3))),
    mcp.call('set_dns_records', set('other', 'TXT', ['x'])),
    mcp.call('set_redirect', { zone: ZONE, source: 'tilbud', target: 'https://example.no/' }),
  ]);
  expect(answers.map(({ isError }) => isError)).toEqual([false, false, false]);
  expect(changesOf(mcp.sandbox)).toHaveLength(5);
  expect([...FIVE.slice(0, 3).flatMap(name => valuesAt(mcp, name, 'A')), ...valuesAt(mcp, 'other', 'TXT')]).toEqual([
    '192.0.2.50',
    '192.0.2.51',
    '192.0.2.52',
    'x',
  ]);
});

test('the same set changed by two calls at once: the second sees what the first left, and is asked anew', async () => {
  await using mcp = await connect({ person: agrees, sandboxOptions: { dnsWriteMs: 80 } });
  const to = (value: string) => mcp.call('set_dns_records', set('db01', 'A', [value]));
  const answers = await Promise.all([to('192.0.2.21'), to('192.0.2.22')]);
  const [refusal] = answers.filter(({ isError }) => isError);
  expect(answers.filter(({ isError }) => isError)).toHaveLength(1);
  expect(refusal?.text).toMatch(/Another call made a change meanwhile, .* change A db01 from 192\.0\.2\.2[12] to/);
  expect(writesOf(mcp.sandbox)).toHaveLength(1);
});

test('different zones are written at the same time', async () => {
  await using mcp = await connect({ sandboxOptions: { dnsWriteMs: 600 } });
  const to = (zone: string) =>
    mcp.call('set_dns_records', { zone, records: [{ name: 'x', type: 'A', values: ['192.0.2.1'] }] });
  await Promise.all([to(ZONE), to('kaffe-abonnement.no')]);
  const [one, two] = mcp.sandbox.calls('POST', RECORDS);
  expect(Math.abs((one?.at ?? 0) - (two?.at ?? 0))).toBeLessThan(600);
});

test('a write that meets a foreign one is sent again after listing, and is there once', async () => {
  let foreign: Promise<unknown> = Promise.resolve();
  await using mcp = await connect({
    person: question => {
      foreign = otherWriter(mcp, 800);
      return agrees(question);
    },
  });
  const { structured } = await mcp.call('set_dns_records', {
    zone: ZONE,
    records: [
      { name: 'db01', type: 'A', values: ['192.0.2.21'] },
      { name: 'ny', type: 'A', values: ['192.0.2.60'] },
    ],
  });
  await foreign;
  expect(structured).toMatchObject({ complete: true });
  expect([valuesAt(mcp, 'db01', 'A'), valuesAt(mcp, 'ny', 'A')]).toEqual([['192.0.2.21'], ['192.0.2.60']]);
  const sent = mcp.sandbox.calls(undefined, RECORDS).map(({ method }) => method);
  expect(sent.filter(method => method === 'PUT').length).toBeGreaterThan(1);
  // After a failed write the zone is read before it is written again.
  expect(sent.join(' ')).not.toMatch(/PUT PUT|POST POST/);
});

test('a failed write that happened all the same is not sent again', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ method: 'POST', path: RECORDS, fault: { kind: 'status', status: 500, acts: true } });
  expect((await mcp.call('set_dns_records', add('ny'))).structured).toMatchObject({ complete: true });
  expect(writesOf(mcp.sandbox)).toHaveLength(1);
  expect(valuesAt(mcp, 'ny', 'A')).toEqual(['192.0.2.50']);
});

test('a zone that stays busy ends in an error that names the record, and it is not there', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ method: 'POST', path: RECORDS, fault: { kind: 'status', status: 500 }, times: Infinity });
  const { text, isError } = await mcp.call('set_dns_records', add('ny'));
  expect(isError).toBe(true);
  expect(text).toMatch(/^Gigahost was asked to add A ny 192\.0\.2\.50 .* the zone does not show it/);
  expect(writesOf(mcp.sandbox)).toHaveLength(3);
});

test('a write that was accepted is not sent again because reading failed', async () => {
  await using mcp = await connect();
  breakNth(mcp.sandbox, 3, { method: 'GET', path: RECORDS, fault: { kind: 'status', status: 500 } });
  const { text, isError } = await mcp.call('set_dns_records', add('ny'));
  expect(isError).toBe(true);
  expect(text).toMatch(/^Gigahost accepted the change, but .* could not list the DNS records.* list_dns_records shows/);
  expect(writesOf(mcp.sandbox)).toEqual(['POST ny A 192.0.2.50']);
  expect(valuesAt(mcp, 'ny', 'A')).toHaveLength(1);
});

test('ids are read anew after every write: two changes of one name in a row find their records', async () => {
  await using mcp = await connect({ person: agrees });
  const { structured } = await mcp.call('set_dns_records', {
    zone: ZONE,
    records: [
      { name: 'api', type: 'A', values: ['192.0.2.10', '192.0.2.12', '192.0.2.13'], ttl: 60 },
      { name: '@', type: 'MX', values: [`5 mail01.${ZONE}`, `30 backup01.${ZONE}`] },
    ],
  });
  expect(structured).toMatchObject({ complete: true });
  expect(valuesAt(mcp, 'api', 'A')).toEqual(['192.0.2.10', '192.0.2.12', '192.0.2.13']);
  expect(ttlsAt(mcp, 'api', 'A')).toEqual([60, 60, 60]);
  expect(valuesAt(mcp, '@', 'MX')).toEqual([`30 backup01.${ZONE}`, `5 mail01.${ZONE}`]);
});

const halfWay = async (mcp: Connected, fault: Parameters<typeof breakNth>[2]['fault']) => {
  breakNth(mcp.sandbox, 3, { method: 'POST', path: RECORDS, fault });
  return mcp.call('set_dns_records', add(...FIVE));
};

test('refused at the third of five: it says what stands and what is not done, and the same call finishes it', async () => {
  await using mcp = await connect();
  const { text, structured } = await halfWay(mcp, refused);
  expect(structured).toMatchObject({
    status: 'stopped',
    complete: false,
    stopped_because: expect.stringMatching(
      /^add A n3 192\.0\.2\.52 \(TTL 3600\): Gigahost refused \(status 400\)$/,
    ) as unknown,
    not_done: ['n3', 'n4', 'n5'].map((name, n) => `add A ${name} 192.0.2.${n + 52} (TTL 3600)`),
  });
  expect((structured['records'] as { now: unknown }[]).map(({ now }) => now)).toEqual([
    '192.0.2.50 (TTL 3600)',
    '192.0.2.51 (TTL 3600)',
    null,
    null,
    null,
  ]);
  expect(text).toMatch(/A n2 in fjordkaffe\.example: 192\.0\.2\.51 .*It stopped half-way\. .*Not done: add A n3/s);
  const again = await mcp.call('set_dns_records', add(...FIVE));
  expect(again.structured).toMatchObject({ complete: true, not_done: [] });
  expect(FIVE.flatMap(name => valuesAt(mcp, name, 'A'))).toHaveLength(5);
  expect(writesOf(mcp.sandbox)).toHaveLength(3 + 3);
});

test('what a half-done change left is taken back by undo_change, exactly', async () => {
  await using mcp = await connect({ person: agrees });
  const before = contentOf(mcp);
  const { structured } = await halfWay(mcp, refused);
  expect(contentOf(mcp)).toHaveLength(before.length + 2);
  const undone = await mcp.call('undo_change', { change: structured['change_id'] });
  expect(undone.isError, undone.text).toBe(false);
  expect(contentOf(mcp)).toEqual(before);
});

test.for([
  ['was lost after it acted', { kind: 'drop', when: 'after' }, true],
  ['was lost before it acted', { kind: 'drop', when: 'before' }, false],
  ['was no JSON', { kind: 'garbage' }, true],
  ['was cut off', { kind: 'truncate' }, true],
] as const)('an answer that %s is settled by reading, and nothing is sent twice', async ([, fault, acted]) => {
  await using mcp = await connect();
  const { structured } = await halfWay(mcp, fault);
  if (acted) expect(structured).toMatchObject({ complete: true });
  else
    expect(structured).toMatchObject({
      complete: false,
      stopped_because: expect.stringMatching(/its answer was lost \(.*\), and the zone does not show it$/) as unknown,
    });
  expect(writesOf(mcp.sandbox).filter(write => write.includes(' n3 '))).toHaveLength(1);
  expect(valuesAt(mcp, 'n3', 'A')).toHaveLength(acted ? 1 : 0);
});

test('a first write whose answer is lost is reported as unknown, with what reading told', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ method: 'POST', path: RECORDS, fault: { kind: 'drop', when: 'before' } });
  const { text, isError } = await mcp.call('set_dns_records', add('ny'));
  expect(isError).toBe(true);
  expect(text).toMatch(
    /^Gigahost was asked to add A ny .*not known whether that happened \(".*the zone does not show it"\).*Do not repeat it: list_dns_records/,
  );
  expect(writesOf(mcp.sandbox)).toHaveLength(1);
});

test('a delete that is accepted and does nothing is called that', async () => {
  await using mcp = await connect({ person: agrees });
  const locked = zoneOf(mcp).records.find(({ name, type }) => name === 'db01' && type === 'A');
  if (locked) locked.locked = true;
  const { text, structured } = await mcp.call('delete_dns_records', remove('db01', 'A'));
  expect(structured).toMatchObject({
    status: 'stopped',
    complete: false,
    records: [{ name: 'db01', now: '192.0.2.20 (TTL 3600)', before: '192.0.2.20 (TTL 3600)' }],
    not_done: ['delete A db01 192.0.2.20'],
  });
  expect(text).toMatch(/accepted it, and the zone does not show it: it may be protected/);
});

test('somebody else’s change between plan and write is not overwritten', async () => {
  await using mcp = await connect({
    person: question => {
      const rows = zoneOf(mcp).records;
      rows.splice(
        rows.findIndex(({ name, value }) => name === 'api' && value === '192.0.2.10'),
        1,
        row('api', 'A', '198.51.100.1'),
      );
      return agrees(question);
    },
  });
  const { text, isError } = await mcp.call('delete_dns_records', remove('api', 'A', ['192.0.2.11']));
  expect(isError).toBe(true);
  expect(text).toMatch(/While the question was open, the state changed/);
  expect(changesOf(mcp.sandbox)).toEqual([]);
  expect(valuesAt(mcp, 'api', 'A')).toContain('198.51.100.1');
});

test('a caller who waits hears how far it is', async () => {
  await using mcp = await connect();
  const heard: unknown[] = [];
  await mcp.call('set_dns_records', add('n1', 'n2'), {
    onprogress: ({ message, progress, total }) => heard.push([message, progress, total]),
  });
  expect(heard).toHaveLength(2);
  expect(String(heard[1])).toMatch(/^Writing to fjordkaffe\.example: add A n2 192\.0\.2\.51 \(TTL 3600\)/);
});
