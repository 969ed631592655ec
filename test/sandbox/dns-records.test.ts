import { expect, test } from 'vitest';
import { open, type Gigahost, type Row } from './support/open.js';

const ZONE = '/dns/zones/3301';

const list = async (gigahost: Gigahost, zone = ZONE): Promise<Row[]> =>
  (await gigahost.get<Row[]>(`${zone}/records`)).data;

/** Rows of a name and type. */
const rows = async (gigahost: Gigahost, name: string, type: string): Promise<Row[]> =>
  (await list(gigahost)).filter(row => row.record_name === name && row.record_type === type);

const values = async (gigahost: Gigahost, name: string, type: string): Promise<unknown[]> =>
  (await rows(gigahost, name, type)).map(row => row.record_value);

const create = (gigahost: Gigahost, body: Row) => gigahost.call('POST', `${ZONE}/records`, { body });

const remove = (gigahost: Gigahost, query: Record<string, string>, id = 'anything') =>
  gigahost.call('DELETE', `${ZONE}/records/${id}?${new URLSearchParams(query).toString()}`);

test('SOA and apex NS are rows like others', async () => {
  await using gigahost = await open();
  expect((await list(gigahost)).slice(0, 4)).toMatchObject([
    { record_name: '@', record_type: 'SOA' },
    { record_name: '@', record_type: 'NS', record_value: 'ns1.gigahost.no' },
    { record_name: '@', record_type: 'NS', record_value: 'ns2.gigahost.no' },
    { record_name: '@', record_type: 'NS', record_value: 'ns3.gigahost.no' },
  ]);
});

test('ids are 32 hex digits; ttl and priority are quoted or bare by turns, or null', async () => {
  await using gigahost = await open();
  const all = await list(gigahost);
  for (const row of all) expect(row.record_id).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(all.map(row => typeof row.record_ttl))).toEqual(new Set(['string', 'number']));
  const priorities = all.map(row => (row.record_priority === null ? null : typeof row.record_priority));
  expect(new Set(priorities)).toEqual(new Set([null, 'string', 'number']));
});

test('host names are listed with and without a final dot', async () => {
  await using gigahost = await open();
  expect(await values(gigahost, 'www', 'CNAME')).toEqual(['fjordkaffe.example.']);
  expect(await values(gigahost, 'lab', 'NS')).toEqual(['ns1.example.no', 'ns2.example.no']);
  await create(gigahost, { record_name: 'shop', record_type: 'CNAME', record_value: 'web01.fjordkaffe.example' });
  await create(gigahost, { record_name: 'sub', record_type: 'NS', record_value: 'ns1.example.no.' });
  expect(await values(gigahost, 'shop', 'CNAME')).toEqual(['web01.fjordkaffe.example.']);
  expect(await values(gigahost, 'sub', 'NS')).toEqual(['ns1.example.no']);
});

test('a record is created without an id in the reply, its name lower-cased and its address shortened', async () => {
  await using gigahost = await open();
  const body = { record_name: 'IPv6', record_type: 'aaaa', record_value: '2001:0DB8:0002:0000:0000:0000:0000:0042' };
  expect(await create(gigahost, body)).toMatchObject({ status: 201, data: [] });
  expect(await rows(gigahost, 'ipv6', 'AAAA')).toMatchObject([{ record_value: '2001:db8:2::42' }]);
});

test('a repeated creation makes a double under the same id', async () => {
  await using gigahost = await open();
  const body = { record_name: 'twice', record_value: '192.0.2.50' };
  await create(gigahost, body);
  await create(gigahost, body);
  const found = await rows(gigahost, 'twice', 'A');
  expect(found).toHaveLength(2);
  expect(found[0]?.record_id).toBe(found[1]?.record_id);
});

test('deleting without a value takes the whole set, whatever id is in the path', async () => {
  await using gigahost = await open();
  const [first, second] = await rows(gigahost, 'api', 'A');
  expect(await values(gigahost, 'api', 'A')).toEqual(['192.0.2.10', '192.0.2.11', '192.0.2.30']);
  const one = { name: 'api', type: 'A', value: '192.0.2.11' };
  expect((await remove(gigahost, one, String(first?.record_id))).status).toBe(200);
  expect(await values(gigahost, 'api', 'A')).toEqual(['192.0.2.10', '192.0.2.30']);
  expect((await remove(gigahost, { name: 'API', type: 'a' }, String(second?.record_id))).status).toBe(200);
  expect(await values(gigahost, 'api', 'A')).toEqual([]);
});

test('a value that fits no record, or a name without records, is not found', async () => {
  await using gigahost = await open();
  const missing = { status: 404, meta: { message: 'Record not found' }, data: [] };
  expect(await remove(gigahost, { name: 'api', type: 'A', value: '192.0.2.99' })).toMatchObject(missing);
  expect(await remove(gigahost, { name: 'nowhere', type: 'A' })).toMatchObject(missing);
  expect((await remove(gigahost, { name: 'api' })).status).toBe(400);
  expect(await values(gigahost, 'api', 'A')).toHaveLength(3);
});

test('an MX is compared as priority, host and final dot, though it is listed otherwise', async () => {
  await using gigahost = await open();
  const mx = { name: '@', type: 'MX' };
  expect(await values(gigahost, '@', 'MX')).toEqual(['mail01.fjordkaffe.example', 'backup01.fjordkaffe.example']);
  expect((await remove(gigahost, { ...mx, value: 'backup01.fjordkaffe.example' })).status).toBe(404);
  expect((await remove(gigahost, { ...mx, value: '20 backup01.fjordkaffe.example' })).status).toBe(404);
  expect((await remove(gigahost, { ...mx, value: '20 backup01.fjordkaffe.example.' })).status).toBe(200);
  expect(await values(gigahost, '@', 'MX')).toEqual(['mail01.fjordkaffe.example']);
});

test('TXT, CAA, SRV and NS go by their value as listed', async () => {
  await using gigahost = await open();
  for (const [name, type] of [
    ['drift2026._domainkey', 'TXT'],
    ['@', 'CAA'],
    ['_imaps._tcp', 'SRV'],
    ['lab', 'NS'],
  ] as const) {
    const [value, ...others] = await values(gigahost, name, type);
    expect((await remove(gigahost, { name, type, value: String(value) })).status).toBe(200);
    expect(await values(gigahost, name, type)).toEqual(others);
  }
});

test('deleting what belongs to Gigahost is reported as done, and it stays', async () => {
  await using gigahost = await open();
  for (const type of ['SOA', 'NS']) expect((await remove(gigahost, { name: '@', type })).status).toBe(200);
  expect(await values(gigahost, '@', 'NS')).toHaveLength(3);
  expect(await values(gigahost, '@', 'SOA')).toHaveLength(1);
  const web01 = gigahost.sandbox.world.dns.zone('fjordkaffe.example').records.find(({ name }) => name === 'web01');
  if (web01) web01.locked = true;
  expect((await remove(gigahost, { name: 'web01', type: 'A', value: '192.0.2.10' })).status).toBe(200);
  expect(await values(gigahost, 'web01', 'A')).toEqual(['192.0.2.10']);
});

test('an update replaces the whole record and gives it another id', async () => {
  await using gigahost = await open();
  const [old] = await rows(gigahost, 'db01', 'A');
  const update = (body: Row) => gigahost.call('PUT', `${ZONE}/records/${String(old?.record_id)}`, { body });
  const body = { record_name: 'db01', record_type: 'A', record_value: '192.0.2.21', record_ttl: 600 };
  expect((await update(body)).status).toBe(200);
  const [changed, ...more] = await rows(gigahost, 'db01', 'A');
  expect(more).toEqual([]);
  expect([changed?.record_value, Number(changed?.record_ttl)]).toEqual(['192.0.2.21', 600]);
  expect(changed?.record_id).not.toBe(old?.record_id);
  expect(await update(body)).toMatchObject({ status: 404, meta: { message: 'Record not found' } });
});

test('fields left out of an update take their defaults', async () => {
  await using gigahost = await open();
  const [old] = await rows(gigahost, 'api', 'A');
  const body = { record_value: '192.0.2.10' };
  await gigahost.call('PUT', `${ZONE}/records/${String(old?.record_id)}`, { body });
  expect(await values(gigahost, 'api', 'A')).toEqual(['192.0.2.11', '192.0.2.30']);
  const apex = await rows(gigahost, '@', 'A');
  expect(apex.map(row => Number(row.record_ttl))).toEqual([3600, 3600]);
});

test('a write moves the serial of the SOA, and with it the id of that row', async () => {
  await using gigahost = await open();
  const [before] = await rows(gigahost, '@', 'SOA');
  await create(gigahost, { record_name: 'new', record_value: '192.0.2.60' });
  const [after] = await rows(gigahost, '@', 'SOA');
  const serial = (row?: Row) => Number(String(row?.record_value).split(' ')[2]);
  expect(serial(after)).toBe(serial(before) + 1);
  expect(after?.record_id).not.toBe(before?.record_id);
});

test('text above 255 octets has to come in quoted chunks and comes back without the outermost quotes', async () => {
  await using gigahost = await open();
  const [a, b] = ['a'.repeat(255), 'b'.repeat(40)];
  const text = (record_value: string) => create(gigahost, { record_name: 'long', record_type: 'TXT', record_value });
  expect((await text(a + b)).status).toBe(400);
  expect((await text(`"${a}b" "${b}"`)).status).toBe(400);
  expect((await text(`"${a}" "${b}"`)).status).toBe(201);
  expect(await values(gigahost, 'long', 'TXT')).toEqual([`${a}" "${b}`]);
  expect(await values(gigahost, 'drift2026._domainkey', 'TXT')).toEqual([
    expect.stringMatching(/^v=DKIM1; k=rsa; p=[^"]{237}" "[^"]{155,}$/),
  ]);
});

test('text loses double quotes and blanks at either end, and empty text is refused', async () => {
  await using gigahost = await open();
  const text = (record_value: string) => create(gigahost, { record_name: 'note', record_type: 'TXT', record_value });
  await text('  say "coffee" twice ');
  await text('"quoted"');
  expect(await values(gigahost, 'note', 'TXT')).toEqual(['say coffee twice', 'quoted']);
  for (const empty of ['', '   ', '""']) expect((await text(empty)).status).toBe(400);
});

test('some types are refused', async () => {
  await using gigahost = await open();
  for (const record_type of ['TLSA', 'SSHFP', 'HTTPS', 'SVCB', 'DS', 'LOC', 'SOA', 'NONE'])
    expect(await create(gigahost, { record_name: 'x', record_type, record_value: '3 1 1 abcdef' })).toMatchObject({
      status: 400,
      meta: { message: 'Invalid data received.' },
    });
});

test('the usual types are taken, those with several fields in one text', async () => {
  await using gigahost = await open();
  const taken = [
    ['ALIAS', 'web01.fjordkaffe.example'],
    ['CAA', '0 issuewild "letsencrypt.org"'],
    ['DNAME', 'example.no'],
    ['NAPTR', '100 10 "U" "E2U+sip" "!^.*$!sip:drift@example.no!" .'],
    ['PTR', 'web01.fjordkaffe.example'],
    ['SRV', '10 5 5060 mail01.fjordkaffe.example'],
  ] as const;
  for (const [record_type, record_value] of taken) {
    const name = record_type.toLowerCase();
    expect((await create(gigahost, { record_name: name, record_type, record_value })).status).toBe(201);
    expect((await values(gigahost, name, record_type)).map(String)).toEqual([
      expect.stringContaining(record_value) as string,
    ]);
  }
});

test('a second NAPTR replaces the first of that name', async () => {
  await using gigahost = await open();
  const naptr = (order: number) => `${order} 10 "S" "SIP+D2U" "" _sip._udp.fjordkaffe.example.`;
  for (const order of [100, 200])
    await create(gigahost, { record_name: 'sip', record_type: 'NAPTR', record_value: naptr(order) });
  expect(await values(gigahost, 'sip', 'NAPTR')).toEqual([naptr(200)]);
});

test('a lone dot is no target, and an MX has a priority', async () => {
  await using gigahost = await open();
  const mx = { record_name: 'none', record_type: 'MX' };
  expect(await create(gigahost, { ...mx, record_value: '.', record_priority: 0 })).toMatchObject({
    status: 400,
    meta: { message: 'MX record value must be a valid mail server hostname' },
  });
  expect((await create(gigahost, { ...mx, record_value: 'mail01.fjordkaffe.example' })).status).toBe(400);
  const srv = { record_name: '_none._tcp', record_type: 'SRV', record_value: '0 0 0 .' };
  expect((await create(gigahost, srv)).status).toBe(400);
});

test('a record that makes no sense is refused', async () => {
  await using gigahost = await open();
  const a = { record_name: 'x', record_type: 'A', record_value: '192.0.2.7' };
  const wrong: Row[] = [
    { ...a, record_value: '2001:db8::1' },
    { ...a, record_type: 'AAAA' },
    { ...a, record_value: undefined },
    { ...a, record_name: 'no spaces' },
    { ...a, record_ttl: '3600' },
    { ...a, record_ttl: 0 },
    { ...a, record_name: 'www' },
    { ...a, record_name: 'web01', record_type: 'CNAME', record_value: 'web02.fjordkaffe.example' },
  ];
  for (const body of wrong)
    expect({ body, status: (await create(gigahost, body)).status }).toEqual({ body, status: 400 });
  expect((await gigahost.call('POST', '/dns/zones/999/records', { body: a })).status).toBe(404);
});

test('of two writes to a zone at the same time one is refused, in another zone both go through', async () => {
  await using gigahost = await open({ dnsWriteMs: 600 });
  const body = (n: number) => ({ record_name: `n${n}`, record_value: `192.0.2.${n}` });
  const send = (zone: string, n: number) => gigahost.call('POST', `/dns/zones/${zone}/records`, { body: body(n) });
  const [one, two, other] = await Promise.all([send('3301', 1), send('3301', 2), send('3303', 3)]);
  expect([one.status, two.status].sort()).toEqual([201, 500]);
  expect(other.status).toBe(201);
  const refusal = one.status === 500 ? one : two;
  expect(refusal.meta.message).toBe('Unable to delete record: Unknown server error');
  expect((await send('3301', 2)).status).toBe(201);
});

test('reading a zone is possible while it is written, and shows it as it was', async () => {
  await using gigahost = await open({ dnsWriteMs: 600 });
  const writing = create(gigahost, { record_name: 'late', record_value: '192.0.2.61' });
  await expect.poll(() => gigahost.sandbox.calls('POST')).toHaveLength(1);
  expect(await values(gigahost, 'late', 'A')).toEqual([]);
  await writing;
  expect(await values(gigahost, 'late', 'A')).toEqual(['192.0.2.61']);
});

test('a key limited to zones sees and changes only those', async () => {
  await using gigahost = await open();
  const authorization = `Bearer ${gigahost.sandbox.addApiKey({ dns: { mode: 'r', all: false, ids: [3302] } })}`;
  const { data } = await gigahost.get<Row[]>('/dns/zones', { authorization });
  expect(data.map(row => row.zone_name)).toEqual(['fjordkaffe.no']);
  expect((await gigahost.get('/dns/zones/3302/records', { authorization })).status).toBe(200);
  expect((await gigahost.get('/dns/zones/3301/records', { authorization })).status).toBe(403);
  const body = { record_value: '192.0.2.1' };
  expect((await gigahost.call('POST', '/dns/zones/3302/records', { authorization, body })).status).toBe(403);
});
