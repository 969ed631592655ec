import { expect, test } from 'vitest';
import { agrees, connect, declines } from '../support/connect.js';
import { contentOf, row, set, ttlsAt, valuesAt, writesOf, ZONE, zoneOf } from './support/dns.js';
import { changesOf, expectBadArguments, expectRefusals } from './support/upstream.js';

test('a record is added without a question, with the usual TTL, and read back', async () => {
  await using mcp = await connect();
  const before = contentOf(mcp);
  const { text, structured, isError } = await mcp.call('set_dns_records', set('shop', 'A', ['192.0.2.11']));
  expect(isError, text).toBe(false);
  expect(writesOf(mcp.sandbox)).toEqual(['POST shop A 192.0.2.11']);
  expect(contentOf(mcp)).toEqual([...before, 'shop A  192.0.2.11 3600'].sort());
  expect(structured).toEqual({
    zone: ZONE,
    records: [{ name: 'shop', type: 'A', before: null, now: '192.0.2.11 (TTL 3600)' }],
    complete: true,
    stopped_because: null,
    not_done: [],
    put_back: [],
    warning: null,
    change_id: expect.stringMatching(/^c\w+$/) as unknown,
  });
  expect(text).toBe(
    `A shop in ${ZONE}: 192.0.2.11 (TTL 3600); before: none.\n\nundo_change with change="${String(structured['change_id'])}" takes it back.`,
  );
});

test('what is so already is left alone: nothing is sent, however it is spelled', async () => {
  await using mcp = await connect();
  const args = {
    zone: 'FJORDKAFFE.example.',
    records: [
      { name: `WEB01.${ZONE}.`, type: 'aaaa', values: ['2001:0DB8:0002:0000:0000:0000:0000:0010'] },
      { name: '@', type: 'MX', values: [`20  Backup01.${ZONE}.`, `10 mail01.${ZONE}`] },
      { name: 'www', type: 'CNAME', values: ['@'] },
      { name: '_imaps._tcp', type: 'SRV', values: [`0 1 993 mail01.${ZONE}.`] },
      { name: ZONE, type: 'CAA', values: ['0 issue letsencrypt.org', `0 IODEF "mailto:drift@${ZONE}"`] },
      { name: 'lab', type: 'NS', values: ['ns1.example.no.', 'NS2.example.no'] },
    ],
  };
  for (let times = 0; times < 2; times += 1) {
    const { text, structured } = await mcp.call('set_dns_records', args);
    expect(structured).toMatchObject({ complete: true });
    expect(text).toContain(`AAAA web01 in ${ZONE}: 2001:db8:2::10 (TTL 3600), as before.`);
    expect(text).not.toMatch(/undo_change with/);
  }
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('what differs is changed in place after a yes, and the other records of the name stay', async () => {
  await using mcp = await connect({ person: agrees });
  const before = contentOf(mcp);
  const { text, structured } = await mcp.call(
    'set_dns_records',
    set('api', 'A', ['192.0.2.10', '192.0.2.12', '192.0.2.30']),
  );
  expect(writesOf(mcp.sandbox)).toEqual(['PUT api A 192.0.2.12']);
  expect(mcp.questions.map(({ message }) => message)).toEqual([
    `Change 1 DNS record in ${ZONE}.\n- change A api from 192.0.2.11 to 192.0.2.12\n- undo_change can take it back.`,
  ]);
  expect(contentOf(mcp)).toEqual(before.map(line => line.replace('192.0.2.11 300', '192.0.2.12 300')).sort());
  expect(structured).toMatchObject({
    status: 'done',
    records: [
      {
        name: 'api',
        before: '192.0.2.10, 192.0.2.11, 192.0.2.30 (TTL 300)',
        now: '192.0.2.10, 192.0.2.12, 192.0.2.30 (TTL 300)',
      },
    ],
  });
  expect(text).toContain('192.0.2.12, 192.0.2.30 (TTL 300); before: 192.0.2.10, 192.0.2.11, 192.0.2.30 (TTL 300).');
});

test('a set shrinks by the value that is missing, and no other goes', async () => {
  await using mcp = await connect({ person: agrees });
  await mcp.call('set_dns_records', set('api', 'A', ['192.0.2.30', '192.0.2.10']));
  expect(writesOf(mcp.sandbox)).toEqual(['DELETE api A 192.0.2.11']);
  expect(valuesAt(mcp, 'api', 'A')).toEqual(['192.0.2.10', '192.0.2.30']);
  await mcp.call('set_dns_records', set('@', 'MX', [`10 mail01.${ZONE}`]));
  expect(valuesAt(mcp, '@', 'MX')).toEqual([`10 mail01.${ZONE}`]);
  await mcp.call('set_dns_records', set('@', 'TXT', ['kasse-verifikasjon=3f7c1b90e2']));
  expect(valuesAt(mcp, '@', 'TXT')).toEqual(['kasse-verifikasjon=3f7c1b90e2']);
});

test('a person who says no has nothing changed, and a client without questions gets a code', async () => {
  await using mcp = await connect({ person: declines });
  const args = set('db01', 'A', ['192.0.2.21']);
  expect((await mcp.call('set_dns_records', args)).structured).toEqual({ status: 'declined' });
  await using silent = await connect({ sandbox: mcp.sandbox });
  const plan = await silent.call('set_dns_records', args);
  expect(plan.structured).toMatchObject({ status: 'confirmation_required' });
  expect(changesOf(mcp.sandbox)).toEqual([]);
  const done = await silent.call('set_dns_records', {
    ...args,
    confirmation_code: plan.structured['confirmation_code'],
  });
  expect(done.structured).toMatchObject({ status: 'done', complete: true });
  expect(valuesAt(mcp, 'db01', 'A')).toEqual(['192.0.2.21']);
});

test('keep_existing adds to a set without a question, and nothing twice', async () => {
  await using mcp = await connect();
  const add = (values: readonly string[]) =>
    mcp.call('set_dns_records', { ...set('@', 'TXT', values), keep_existing: true });
  await add(['google-site-verification=abc', 'kasse-verifikasjon=3f7c1b90e2']);
  expect(writesOf(mcp.sandbox)).toEqual(['POST @ TXT google-site-verification=abc']);
  expect(valuesAt(mcp, '@', 'TXT')).toHaveLength(3);
  await add(['google-site-verification=abc']);
  expect(writesOf(mcp.sandbox)).toHaveLength(1);
  // A record that joins a set has the time to live of the set.
  await mcp.call('set_dns_records', { ...set('api', 'A', ['192.0.2.31']), keep_existing: true });
  expect(ttlsAt(mcp, 'api', 'A')).toEqual([300, 300, 300, 300]);
});

test('only the time to live changes, of every record of the set, without a question', async () => {
  await using mcp = await connect();
  const values = ['192.0.2.10', '192.0.2.11', '192.0.2.30'];
  await mcp.call('set_dns_records', set('api', 'A', values, 60));
  expect(writesOf(mcp.sandbox)).toEqual(values.map(value => `PUT api A ${value}`));
  expect(ttlsAt(mcp, 'api', 'A')).toEqual([60, 60, 60]);
  expect(valuesAt(mcp, 'api', 'A')).toEqual(values);
});

test('several sets are one plan and one change, done in an order that leaves no name empty', async () => {
  await using mcp = await connect({ person: agrees });
  const { structured } = await mcp.call('set_dns_records', {
    zone: ZONE,
    records: [
      { name: 'db01', type: 'A', values: [] },
      { name: 'web01', type: 'A', values: ['192.0.2.99'], ttl: 300 },
      { name: 'nytt', type: 'AAAA', values: ['2001:DB8::99'] },
      { name: 'nytt', type: 'A', values: ['192.0.2.98'] },
    ],
  });
  expect(mcp.questions).toHaveLength(1);
  expect(mcp.questions[0]?.message.split('\n').slice(0, 5)).toEqual([
    `Change 4 DNS records in ${ZONE}.`,
    '- change A web01 from 192.0.2.10 to 192.0.2.99',
    '- add AAAA nytt 2001:db8::99 (TTL 3600)',
    '- add A nytt 192.0.2.98 (TTL 3600)',
    '- delete A db01 192.0.2.20',
  ]);
  expect(writesOf(mcp.sandbox)).toEqual([
    'PUT web01 A 192.0.2.99',
    'POST nytt AAAA 2001:db8::99',
    'POST nytt A 192.0.2.98',
    'DELETE db01 A 192.0.2.20',
  ]);
  expect(structured).toMatchObject({ complete: true });
  expect((structured['records'] as unknown[]).length).toBe(4);
  const { structured: changes } = await mcp.call('list_changes');
  expect(changes['total']).toBe(1);
});

test('a CNAME and an address change places in one call, in either direction', async () => {
  await using mcp = await connect({ person: agrees });
  const swap = (from: string, to: string, value: string) =>
    mcp.call('set_dns_records', {
      zone: ZONE,
      records: [
        { name: 'www', type: to, values: [value] },
        { name: 'www', type: from, values: [] },
      ],
    });
  expect((await swap('CNAME', 'A', '192.0.2.10')).structured).toMatchObject({ complete: true });
  expect([valuesAt(mcp, 'www', 'CNAME'), valuesAt(mcp, 'www', 'A')]).toEqual([[], ['192.0.2.10']]);
  expect((await swap('A', 'CNAME', `web01.${ZONE}`)).structured).toMatchObject({ complete: true });
  expect([valuesAt(mcp, 'www', 'CNAME'), valuesAt(mcp, 'www', 'A')]).toEqual([[`web01.${ZONE}.`], []]);
  expect(writesOf(mcp.sandbox).map(write => write.split(' ').slice(0, 3).join(' '))).toEqual([
    'DELETE www CNAME',
    'POST www A',
    'DELETE www A',
    'POST www CNAME',
  ]);
});

test('names and targets are taken in every usual spelling', async () => {
  await using mcp = await connect();
  await mcp.call('set_dns_records', {
    zone: '3301',
    records: [
      { name: 'Blåbær', type: 'CNAME', values: [`WEB01.${ZONE}.`] },
      { name: `*.dev.${ZONE}`, type: 'A', values: ['192.0.2.1'] },
      { name: '10', type: 'A', values: ['192.0.2.10'] },
      { name: 'kart', type: 'CNAME', values: ['kåre.example.no'] },
      { name: 'rot', type: 'CNAME', values: ['@'] },
      { name: `_dmarc.blogg.${ZONE}.`, type: 'TXT', values: ['"v=DMARC1; " "p=none"'] },
    ],
  });
  expect(writesOf(mcp.sandbox)).toEqual([
    `POST xn--blbr-roah CNAME web01.${ZONE}`,
    'POST *.dev A 192.0.2.1',
    'POST 10 A 192.0.2.10',
    'POST kart CNAME xn--kre-ula.example.no',
    `POST rot CNAME ${ZONE}`,
    'POST _dmarc.blogg TXT v=DMARC1; p=none',
  ]);
});

test('a text over 255 octets goes out in chunks, is shown whole, and is the same the next time', async () => {
  await using mcp = await connect({ person: agrees });
  const key = `v=DKIM1; k=rsa; p=${'Ab+/9'.repeat(120)}`;
  const { structured } = await mcp.call('set_dns_records', set('ny._domainkey', 'TXT', [key]));
  expect(valuesAt(mcp, 'ny._domainkey', 'TXT')).toEqual([
    `${key.slice(0, 255)}" "${key.slice(255, 510)}" "${key.slice(510)}`,
  ]);
  expect(structured).toMatchObject({ complete: true });
  const [{ now }] = structured['records'] as [{ now: string }];
  expect(now).toMatch(/^v=DKIM1; k=rsa; p=.*… \(618 characters in 1 values, SHA-256 [0-9a-f]{12}…\) \(TTL 3600\)$/);
  await mcp.call('set_dns_records', set('ny._domainkey', 'TXT', [`"${key.slice(0, 200)}" "${key.slice(200)}"`]));
  expect(writesOf(mcp.sandbox)).toHaveLength(1);
  const other = key.replace(/9$/, '8');
  const changed = await mcp.call('set_dns_records', set('ny._domainkey', 'TXT', [other]));
  expect(changed.structured).toMatchObject({ complete: true });
  expect(valuesAt(mcp, 'ny._domainkey', 'TXT').join('').replaceAll('" "', '')).toBe(other);
  const ordinary = `v=spf1 ${'ø'.repeat(200)} -all`;
  await mcp.call('set_dns_records', set('ord', 'TXT', [ordinary]));
  expect(valuesAt(mcp, 'ord', 'TXT').join('').replaceAll('" "', '')).toBe(ordinary);
});

test('a record that is there twice is changed for both', async () => {
  await using mcp = await connect({ person: agrees });
  zoneOf(mcp).records.push(row('db01', 'A', '192.0.2.20'));
  const { structured } = await mcp.call('set_dns_records', set('db01', 'A', ['192.0.2.21']));
  expect(structured).toMatchObject({ complete: true });
  expect(valuesAt(mcp, 'db01', 'A')).toEqual(['192.0.2.21']);
  zoneOf(mcp).records.push(row('db01', 'A', '192.0.2.21'));
  expect((await mcp.call('set_dns_records', set('db01', 'A', ['192.0.2.21'], 60))).structured).toMatchObject({
    complete: true,
  });
  expect(ttlsAt(mcp, 'db01', 'A')).toEqual([60, 60]);
});

test('what is written to a zone that is served elsewhere is done and said to have no effect', async () => {
  await using mcp = await connect({ person: agrees });
  const to = (values: string[]) => ({ zone: 'kunde.example', records: [{ name: 'www', type: 'A', values }] });
  const { text, structured } = await mcp.call('set_dns_records', to(['192.0.2.77']));
  const warning =
    'kunde.example is served by nameservers outside Gigahost: what is written here has no effect for the public.';
  expect(mcp.questions[0]?.message).toContain(`\n- ${warning}`);
  expect(structured).toMatchObject({ complete: true, warning });
  expect(text).toContain(warning);
  expect(valuesAt(mcp, 'www', 'A', 'kunde.example')).toEqual(['192.0.2.77']);
});

test('a type that Gigahost has been seen to refuse is tried, and its refusal told', async () => {
  await using mcp = await connect({ person: agrees });
  const tlsa = `3 1 1 ${'0d6fce'.repeat(10)}0d6f`;
  const alone = await mcp.call('set_dns_records', set('_25._tcp.mail01', 'TLSA', [tlsa]));
  expect(alone.isError).toBe(true);
  expect(alone.text).toMatch(
    /^Could not add TLSA _25\._tcp\.mail01 3 1 1 0d6f.* \(TTL 3600\): "Invalid data received\.", status 400\. Nothing changed\. Gigahost has been seen to refuse every TLSA record: leave it out/,
  );
  expect((await mcp.call('list_changes')).structured['rows']).toMatchObject([
    expect.arrayContaining(['set_dns_records', 'refused']) as unknown,
  ]);
  const records = [
    { name: '_25._tcp.mail01', type: 'TLSA', values: [tlsa] },
    { name: 'db01', type: 'A', values: ['192.0.2.21'] },
  ];
  const both = await mcp.call('set_dns_records', { zone: ZONE, records });
  expect(mcp.questions[0]?.message).toContain('\n- Gigahost has been seen to refuse TLSA records.');
  expect(both).toMatchObject({ isError: false, structured: { status: 'stopped', complete: false } });
});

test('a change that touches more than the operator allows is refused as a whole', async () => {
  await using mcp = await connect({ args: ['--max-targets', '2'] });
  const values = ['192.0.2.1', '192.0.2.2', '192.0.2.3'];
  await expectRefusals(mcp, 'set_dns_records', [
    [set('many', 'A', values), /touches 3 things at once, and the operator allows 2 \(--max-targets\)/],
  ]);
  expect((await mcp.call('set_dns_records', set('many', 'A', values.slice(1)))).isError).toBe(false);
  await using usual = await connect();
  const eleven = Array.from({ length: 11 }, (_, n) => `192.0.2.${n + 1}`);
  expect((await usual.call('set_dns_records', set('many', 'A', eleven))).text).toMatch(/touches 11 .*allows 10/);
});

test('what cannot be is refused before anything is sent, with what would be right', async () => {
  await using mcp = await connect();
  const naptr = '100 10 "U" "E2U+sip" "!^.*$!sip:drift@example.no!" .';
  await expectRefusals(mcp, 'set_dns_records', [
    [set('www', 'A', ['192.0.2.1']), /www would have a CNAME beside A, .* Give the other type an empty list of values/],
    [set('web01', 'CNAME', ['www.example.no']), /web01 would have a CNAME beside A, AAAA/],
    [set('www', 'CNAME', ['a.example.no', 'b.example.no']), /www can have one CNAME only/],
    [set('@', 'CNAME', ['www.example.no']), /itself cannot be a CNAME, .* Use the type ALIAS, or A and AAAA/],
    [set('@', 'SOA', ['ns1.gigahost.no. x. 1 2 3 4 5']), /SOA record belongs to Gigahost/],
    [set('@', 'SOA', []), /SOA record belongs to Gigahost/],
    [
      set(ZONE, 'NS', ['ns1.example.no', 'ns2.example.no']),
      /NS records of fjordkaffe\.example itself belong to Gigahost/,
    ],
    [set('sip', 'NAPTR', [naptr, naptr.replace('100', '200')]), /keeps one NAPTR per name/],
    [set('www.example.no.', 'A', ['192.0.2.1']), /does not lie in the zone fjordkaffe\.example/],
    [set('a b', 'A', ['192.0.2.1']), /"a b" is not a record name/],
    [set('www/x', 'A', ['192.0.2.1']), /"www\/x" is not a record name/],
    [
      set('x', 'CNAME', ['www']),
      /"www" is not a full host name\. If it lies in this zone, write www\.fjordkaffe\.example/,
    ],
    [set('x', 'CNAME', [`www.${ZONE}.${ZONE}`]), /has the zone twice: write www\.fjordkaffe\.example\./],
    [set('x', 'CNAME', [`${ZONE}.${ZONE}.`]), /has the zone twice: write fjordkaffe\.example\./],
    [set('x', 'CNAME', ['192.0.2.1']), /"192\.0\.2\.1" is an address, and a host name is needed/],
    [set('x', 'ALIAS', ['2001:db8::1']), /is not a host name/],
    [set('x', 'CNAME', ['https://example.no/']), /is not a host name such as/],
    [set('x', 'A', ['2001:db8::1']), /2001:db8::1 goes into AAAA/],
    [set('x', 'AAAA', ['192.0.2.1']), /192\.0\.2\.1 goes into A/],
    [set('x', 'A', ['192.0.2']), /is not an IPv4 address/],
    [set('x', 'A', ['web01.example.no']), /A name goes into CNAME or ALIAS/],
    [set('x', 'MX', ['mail.example.no']), /is not the value of an MX record\. .* 10 mail\.example\.no/],
    [set('x', 'MX', ['70000 mail.example.no']), /16-bit/],
    [set('x', 'MX', ['0 .']), /refuses a lone dot as the target of MX/],
    [set('x', 'MX', ['10 192.0.2.1']), /is an address/],
    [set('_sip._tcp', 'SRV', ['5060 sip.example.no']), /priority, weight, port and host: 0 5 5060 sip\.example\.no/],
    [set('_sip._tcp', 'SRV', ['0 0 0 .']), /lone dot as the target of SRV/],
    [set('x', 'CAA', ['0 issu "x.no"']), /CAA tag issu not recognized.* 0 issue "letsencrypt\.org"/],
    [set('x', 'CAA', ['issue x.no']), /is not the value of a CAA record/],
    [set('x', 'TXT', ['say "coffee"']), /double quote inside a TXT record does not survive/],
    [set('x', 'TXT', ['  ']), /refuses an empty TXT record/],
    [set('x', 'TXT', ['a\nb']), /one line without control characters/],
    [set('x', 'TXT', ['ø'.repeat(2100)]), /at most 4096 octets here; this one has 4200/],
    [set('x', 'TLSA', ['3 1 x']), /is not the value of a TLSA record.*usage, selector/],
    [
      set('www.fjordkaffe.no', 'A', ['192.0.2.1']),
      /^www\.fjordkaffe\.no lies in the zone fjordkaffe\.no, not in fjordkaffe\.example\. If it is meant there, call with zone fjordkaffe\.no; if not, write www\.fjordkaffe\.no\.fjordkaffe\.example\./,
    ],
    [set('x', 'FOO', ['x']), /FOO is not a type of DNS record that is known here/],
    [
      {
        zone: ZONE,
        records: [
          { name: 'x', type: 'A', values: ['192.0.2.1'] },
          { name: `X.${ZONE}`, type: 'a', values: ['192.0.2.2'] },
        ],
      },
      /A x is named twice: give all its values in one entry/,
    ],
    [{ ...set('x', 'A', ['192.0.2.1']), zone: 'fjordkaffe' }, /no DNS zone called "fjordkaffe"\. Did you mean/],
    [{ ...set('x', 'A', ['192.0.2.1']), zone: `${ZONE}/x` }, /no DNS zone called/],
  ]);
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp = await connect();
  await expectBadArguments(mcp, 'set_dns_records', [
    [{ zone: ZONE }, /records is missing/],
    [{ zone: ZONE, records: [] }, /records/],
    [set('x', 'A B', ['192.0.2.1']), /not a record type such as A or TXT/],
    [set('x', 'A', ['192.0.2.1'], 0), /ttl/],
    [set('', 'A', ['192.0.2.1']), /name/],
    [{ zone: ZONE, records: [{ name: 'x', type: 'A', value: '192.0.2.1' }] }, /values|unknown argument/],
    [{ ...set('x', 'A', ['192.0.2.1']), keep: true }, /unknown argument "keep"/],
  ]);
});
