import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { setReverseDns } from '../../src/client/addresses.js';
import { anywhere } from '../../src/client/endpoint.js';
import { openEnvelope } from '../../src/client/envelope.js';
import { GigahostError } from '../../src/client/errors.js';
import { listServerIsos } from '../../src/client/isos.js';
import { fillPath } from '../../src/client/path.js';
import { sniffPicture } from '../../src/client/pictures.js';
import { Secret } from '../../src/client/secret.js';
import { getServer } from '../../src/client/servers.js';
import { listServerUpgrades } from '../../src/client/upgrades.js';
import * as wire from '../../src/client/wire.js';

/** What a decoder makes of a value, or 'refused'. */
const decoded = (schema: z.ZodType, value: unknown): unknown => {
  const result = schema.safeParse(value);
  return result.success ? result.data : 'refused';
};

const rows = (decoder: keyof typeof DECODERS, cases: readonly (readonly [unknown, unknown])[]) =>
  cases.map(([value, expected]) => ({ decoder, value, expected }));

const DECODERS = {
  text: wire.text,
  idOrNull: wire.idOrNull,
  id: wire.id,
  count: wire.count,
  flagOrNull: wire.flagOrNull,
  flag: wire.flag,
  time: wire.time,
  dottedDate: wire.dottedDate,
  money: wire.money,
};

describe('wire notes 2.1 to 2.4: a scalar means the same in every spelling', () => {
  test.each([
    ...rows('text', [
      ['web01', 'web01'],
      [' web01 ', 'web01'],
      [7951, '7951'],
      ['', null],
      ['   ', null],
      [null, null],
      [undefined, null],
    ]),
    ...rows('idOrNull', [
      ['3523', '3523'],
      [3523, '3523'],
      ['0', null],
      [0, null],
      ['', null],
      [null, null],
      [undefined, null],
    ]),
    ...rows('id', [
      ['3523', '3523'],
      [3523, '3523'],
      ['0', 'refused'],
      [0, 'refused'],
      ['', 'refused'],
      [null, 'refused'],
      [undefined, 'refused'],
      ['-1', 'refused'],
      ['3523abc', 'refused'],
      ['1.5', 'refused'],
    ]),
    ...rows('count', [
      ['2', 2],
      [2, 2],
      ['0.5', 0.5],
      [0, 0],
      ['0', 0],
      ['-1', -1],
      ['', null],
      [null, null],
      [undefined, null],
      ['many', null],
      [true, null],
    ]),
    ...rows('flagOrNull', [
      [true, true],
      ['1', true],
      [1, true],
      ['true', true],
      ['TRUE', true],
      [false, false],
      ['0', false],
      [0, false],
      ['false', false],
      ['', false],
      [null, null],
      [undefined, null],
      ['perhaps', 'refused'],
      [2, 'refused'],
    ]),
    ...rows('flag', [
      [null, false],
      [undefined, false],
      ['0', false],
      ['1', true],
    ]),
    ...rows('time', [
      ['1530609706', '2018-07-03T09:21:46Z'],
      [1530609706, '2018-07-03T09:21:46Z'],
      ['0', null],
      [0, null],
      ['', null],
      [null, null],
      [undefined, null],
      ['2026-10-05 12:00:00', 'refused'],
    ]),
    ...rows('dottedDate', [
      ['05.10.2026', '2026-10-05'],
      ['', null],
      [null, null],
      [undefined, null],
      ['2026-10-05', null],
    ]),
    ...rows('money', [
      ['119.00', '119.00'],
      ['79.00000', '79.00'],
      [99, '99.00'],
      [0.15813, '0.15813'],
      ['0', '0.00'],
      ['-12.5', '-12.50'],
      ['', null],
      [null, null],
      [undefined, null],
      ['119,00', 'refused'],
    ]),
  ])('$decoder reads $value as $expected', ({ decoder, value, expected }) => {
    expect(decoded(DECODERS[decoder], value)).toBe(expected);
  });

  test.each(Object.entries(DECODERS).filter(([name]) => name !== 'id'))(
    '%s takes a missing field as it takes null',
    (_, schema: z.ZodType) => {
      const record = z.looseObject({ field: schema });
      expect(decoded(record, {})).toEqual(decoded(record, { field: null }));
    },
  );

  test.each(Object.entries(DECODERS))('%s refuses an object and an array', (_, schema: z.ZodType) => {
    expect([decoded(schema, {}), decoded(schema, ['1'])]).toEqual(['refused', 'refused']);
  });
});

describe('wire note 2.5: an absent object is null, [] or {}', () => {
  const order = wire.objectOrNull(z.looseObject({ order_id: wire.id }));

  test.each([[null], [undefined], [[]], [{}]])('%j is no object', value => {
    expect(order.parse(value)).toBeNull();
  });

  test.each([[null], [undefined], [[]], [{}]])('%j is an empty list', value => {
    expect(wire.list(wire.id).parse(value)).toEqual([]);
  });

  test('an object that is there is decoded, and one of another shape is refused', () => {
    expect(order.parse({ order_id: 10 })).toEqual({ order_id: '10' });
    expect(decoded(order, [{ order_id: 10 }])).toBe('refused');
  });

  test('something that is no list is refused instead of being taken for an empty one', () => {
    const list = wire.list(wire.id);
    expect(['none', 0, { error: 'x' }].map(value => decoded(list, value))).toEqual(['refused', 'refused', 'refused']);
  });
});

describe('wire note 3.1: one server comes as an array of one', () => {
  const reply = (data: unknown) => ({ meta: {}, data, body: {} });

  test('the array and the bare object are the same server', () => {
    expect(getServer.decode(reply([{ srv_id: 3523 }])).id).toBe('3523');
    expect(getServer.decode(reply({ srv_id: '3523' })).id).toBe('3523');
  });

  test.each([[[]], [{}], [null], [undefined]])('%j means that there is no such server', data => {
    expect(() => getServer.decode(reply(data))).toThrow(expect.objectContaining({ kind: 'not_found' }) as Error);
  });

  test('two servers are refused: picking one would show a machine nobody asked for', () => {
    expect(() => getServer.decode(reply([{ srv_id: '1' }, { srv_id: '2' }]))).toThrow(z.ZodError);
  });
});

describe('shapes of single endpoints', () => {
  const reply = (data: unknown) => ({ meta: {}, data, body: {} });

  test('wire note 2.7: fields nobody has heard of are accepted and not handed on', () => {
    const server = getServer.decode(reply([{ srv_id: '1', srv_brand_new_secret: 'hunter2' }]));
    expect(JSON.stringify(server)).not.toContain('hunter2');
  });

  test('wire note 3.8: a server is called by its name, else its label, else its id', () => {
    const nameOf = (row: object) => getServer.decode(reply([{ srv_id: '7', ...row }])).name;
    expect(nameOf({ srv_name: 'web01', srv_label: 'shop' })).toBe('web01');
    expect(nameOf({ srv_name: '', srv_label: 'shop' })).toBe('shop');
    expect(nameOf({ srv_name: '', srv_label: '' })).toBe('7');
  });

  test('wire note 3.7: an order that is cancelled in any letter case cancels the server', () => {
    const cancelled = (row: object) => getServer.decode(reply([{ srv_id: '7', ...row }])).cancelled;
    expect(cancelled({ order: { order_status: 'Cancelled' } })).toBe(true);
    expect(cancelled({ order: { order_status: 'active' } })).toBe(false);
    expect(cancelled({ order: [] })).toBe(false);
  });

  test('wire note 3.9: the twin of an address is told by its text, not by its id', () => {
    const { addresses } = getServer.decode(
      reply([
        {
          srv_id: '7',
          ips: [
            { ip_id: '5', ip_v4v6: 'ipv4', ip_address: '192.0.2.7', ip_reverse: 'web01.example.no' },
            { ip_id: '5', ip_v4v6: 'ipv6', ip_address: '2001:db8::7', ip_netmask: '/118', ip_reverse_v6: 'v6.example' },
          ],
        },
      ]),
    );
    expect(addresses.map(({ ipId, family, address, ptr }) => ({ ipId, family, address, ptr }))).toEqual([
      { ipId: '5', family: 'ipv4', address: '192.0.2.7', ptr: 'web01.example.no' },
      { ipId: '5', family: 'ipv6', address: '2001:db8::7', ptr: 'v6.example' },
    ]);
  });

  test('wire note 9.5: ISO images come bare or wrapped', () => {
    const iso = { iso_id: '3', iso_name: 'rescue.iso', iso_size: '1048576', iso_state: 'completed', iso_mounted: '0' };
    const expected = [{ id: '3', name: 'rescue.iso', sizeBytes: 1_048_576, state: 'completed', mounted: false }];
    expect(listServerIsos.decode(reply([iso]))).toEqual(expected);
    expect(listServerIsos.decode(reply({ isos: [iso] }))).toEqual(expected);
  });

  test('wire note 6.4: upgrades are read in the live shape, and in the documented one', () => {
    const live = {
      product_id: '7952',
      product_name: 'KVM 8GB',
      product_vm_cores: '4',
      product_vm_memory: '8',
      product_vm_storage: '80',
      rate_monthly: '79.00000',
      currency_code: 'NOK',
    };
    const documented = { pkg_id: 12, pkg_name: 'KVM 8GB', pkg_cores: 4, pkg_ram: 8192, product_price: '79.00' };
    expect(listServerUpgrades.decode(reply([live, documented]))).toEqual([
      { id: '7952', name: 'KVM 8GB', cores: 4, ramGb: 8, storageGb: 80, monthlyPrice: '79.00', currency: 'NOK' },
      { id: '12', name: 'KVM 8GB', cores: 4, ramGb: 8, storageGb: null, monthlyPrice: '79.00', currency: null },
    ]);
  });

  test('wire note 6.5: reverse DNS is set on one address or on one subnet, never on neither or both', () => {
    const accepts = (body: object) => setReverseDns.body?.safeParse({ dns: 'a.example', ...body }).success;
    expect(accepts({ ip_id: '5' })).toBe(true);
    expect(accepts({ sub_id: '5' })).toBe(true);
    expect(accepts({})).toBe(false);
    expect(accepts({ ip_id: '5', sub_id: '6' })).toBe(false);
  });

  test('wire note 1.5: a payload is found in meta, beside it or in data, and a blank one is passed over', () => {
    const in_ = (meta: object, beside: object, data: unknown) =>
      anywhere({ meta: { ...meta }, body: { ...beside }, data }, 'root_passwd');
    expect(in_({ root_passwd: 'a' }, { root_passwd: 'b' }, {})).toBe('a');
    expect(in_({ root_passwd: '' }, { root_passwd: 'b' }, {})).toBe('b');
    expect(in_({}, {}, { root_passwd: 'c' })).toBe('c');
    expect(in_({ root_passwd: null }, {}, [])).toBeUndefined();
    expect(in_({}, {}, undefined)).toBeUndefined();
  });
});

describe('paths', () => {
  test('a value becomes exactly one segment', () => {
    expect(fillPath('/servers/{id}/snapshot/{snap_id}', { id: '7', snap_id: '12' })).toBe('/servers/7/snapshot/12');
    expect(fillPath('/mailbox/{email}', { email: 'a+b@example.no' })).toBe('/mailbox/a%2Bb%40example.no');
    expect(fillPath('/files/{name}', { name: 'blå' })).toBe('/files/bl%C3%A5');
  });

  test.each(['', ' ', '.', '..', 'a/b', 'a\\b', 'a?b', 'a#b', 'a%2fb', 'a b', 'a\nb', 'a\u0000b', '\ud800', '\u202e'])(
    'wire note 3.2: %j is refused, since it would lead to another path',
    value => {
      expect(() => fillPath('/servers/{id}', { id: value })).toThrow(TypeError);
    },
  );

  test('wire note 3.2: a missing value is refused and never becomes the list', () => {
    expect(() => fillPath('/servers/{id}', {})).toThrow(TypeError);
  });
});

describe('the envelope', () => {
  const json = 'application/json';
  const open = (status: number, body: unknown, bare?: boolean) =>
    openEnvelope(status, json, JSON.stringify(body), bare);

  test.each([[{}], [{ data: null }], [{ data: [] }], [{ data: {} }]])(
    'wire note 1.1: a success may carry nothing, spelled %j',
    extra => {
      expect(open(200, { meta: { status: 200 }, ...extra }).kind).toBe('ok');
    },
  );

  test('wire note 1.2: keys of meta that nobody has heard of stay readable', () => {
    const opened = open(200, { meta: { status: 200, maintenance: false, time: 1790600630, total_pages: 3 }, data: [] });
    expect(opened).toMatchObject({ kind: 'ok', reply: { meta: { total_pages: 3 } } });
  });

  test('wire note 1.2: maintenance is told beside a refusal', () => {
    const opened = open(503, { meta: { status: 503, maintenance: true } });
    expect(opened).toMatchObject({ kind: 'refused', details: { maintenance: 'under way' } });
  });

  test.each([
    { http: 200, stated: 403, status: 403 },
    { http: 200, stated: '403', status: 403 },
    { http: 404, stated: 200, status: 404 },
    { http: 400, stated: 500, status: 500 },
    { http: 500, stated: 400, status: 500 },
  ])('wire note 1.3: HTTP $http with meta.status $stated is a refusal with $status', ({ http, stated, status }) => {
    expect(open(http, { meta: { status: stated }, data: [] })).toMatchObject({ kind: 'refused', status });
  });

  test.each([[200], ['200'], [201], [undefined], [null], [''], ['fine'], [true], [[]]])(
    'wire note 1.3: HTTP 200 with meta.status %j is a success',
    status => {
      expect(open(200, { meta: { status }, data: [] }).kind).toBe('ok');
    },
  );

  test('wire note 1.3: HTTP 200 with a meta.status below 200 is not taken for a success', () => {
    expect(open(200, { meta: { status: 100 }, data: [] }).kind).toBe('unreadable');
  });

  test.each([
    { meta: { error: 'Out of stock.', message: '400 Bad Request' }, reason: 'Out of stock.' },
    { meta: { error: 'Out of stock.', message: 'Something else.' }, reason: 'Out of stock.' },
    { meta: { error: '', message: 'Invalid data received.' }, reason: 'Invalid data received.' },
    { meta: { message: '404 Zone "example.no" not found' }, reason: '404 Zone "example.no" not found' },
    { meta: { message: '400 Bad Request', status_message: 'The zone is locked' }, reason: 'The zone is locked' },
    { meta: { message: '400 Bad Request', status_message: '400 Bad Request' }, reason: undefined },
    { meta: { message: '404 not found' }, reason: undefined },
    { meta: { message: ' two\r\n lines ' }, reason: 'two lines' },
    { meta: { message: { nested: true } }, reason: undefined },
    { meta: {}, reason: undefined },
  ])('wire note 1.4: the reason in $meta is $reason', ({ meta, reason }) => {
    expect(open(400, { meta, data: [] })).toMatchObject({ kind: 'refused', reason });
  });

  test('wire note 1.4: a reason is cut where nobody would read on', () => {
    const opened = open(400, { meta: { message: 'x'.repeat(10_000) } });
    expect(opened.kind === 'refused' && opened.reason?.length).toBe(500);
  });

  test('wire note 1.4: the figures of a refused order are passed on', () => {
    const meta = {
      status: 402,
      error: 'Declined.',
      reason: 'payment',
      required: 99,
      balance: '12.00',
      currency: 'NOK',
    };
    expect(open(402, { meta })).toMatchObject({
      details: { reason: 'payment', required: '99', balance: '12.00', currency: 'NOK' },
    });
  });

  test('wire note 1.6: a legacy reply is its own payload', () => {
    const opened = open(200, { success: true, cust_id: '1' }, true);
    expect(opened).toMatchObject({ kind: 'ok', reply: { data: { cust_id: '1' } } });
  });

  test.each([[false], ['0'], [0], ['false']])('wire note 1.6: a legacy reply with success %j is a refusal', success => {
    const opened = open(200, { success, message: 'Not now.' }, true);
    expect(opened).toMatchObject({ kind: 'refused', status: 200, reason: 'Not now.' });
  });

  test('wire note 1.6: a refusal without a body is told by its status', () => {
    expect(openEnvelope(400, undefined, '')).toMatchObject({ kind: 'refused', status: 400, reason: undefined });
  });

  test('wire note 1.6: a gateway that refuses in HTML is told by its status', () => {
    expect(openEnvelope(502, 'text/html', '<h1>Bad Gateway</h1>')).toMatchObject({ kind: 'refused', status: 502 });
  });

  test.each([
    { body: '', words: 'an empty body' },
    { body: '<html></html>', words: 'not a JSON object (text/html)' },
    { body: '[]', words: 'not a JSON object (text/html)' },
    { body: '"ok"', words: 'not a JSON object (text/html)' },
    { body: '{"meta":{"status":200', words: 'not a JSON object (text/html)' },
  ])('wire note 1.6: HTTP 200 with $body is neither a success nor a refusal', ({ body, words }) => {
    const opened = openEnvelope(200, 'text/html', body);
    expect(opened).toMatchObject({ kind: 'unreadable', reason: expect.stringContaining(words) as string });
  });

  test('a 204 needs no body', () => {
    expect(openEnvelope(204, undefined, '').kind).toBe('ok');
  });

  test('a redirect is not an answer, whatever it holds', () => {
    expect(openEnvelope(302, 'application/json', '{"meta":{"status":200},"data":[]}').kind).toBe('unreadable');
  });
});

describe('a secret', () => {
  const value = 'correct horse battery staple';
  const secret = new Secret(value);

  test('shows itself only when asked to', () => {
    expect(secret.reveal()).toBe(value);
  });

  test.each([
    ['text', String(secret)],
    ['a template', `${String(secret)}`],
    ['JSON', JSON.stringify({ secret })],
    ['inspect', inspect({ deep: { secret } }, { depth: Infinity })],
    ['inspect without customs', inspect(secret, { customInspect: false, showHidden: true })],
    ['its fields', JSON.stringify([Object.entries(secret), Object.getOwnPropertyNames(secret)])],
    ['a clone', inspect(structuredClone({ secret }))],
    ['an error that holds it', inspect(new Error('x', { cause: secret }))],
  ])('stays hidden in %s', (_, shown) => {
    expect(shown).not.toContain('horse');
  });

  test.each(['%s', '%o', '%O', '%j', '%d', '%i', '%c'])('stays hidden when the console formats it with %s', format => {
    const out = new PassThrough();
    new Console(out).log(`value ${format}`, secret, secret);
    expect(String(out.read())).not.toContain('horse');
  });

  test.each([['hunter2 '], [' hunter2'], ['p\tw']])('is kept to the letter: %j', text => {
    expect(wire.secret.parse(text)?.reveal()).toBe(text);
  });

  test.each([[''], ['  '], [null], [undefined]])('is absent when blank: %j', text => {
    expect(wire.secret.parse(text)).toBeNull();
  });
});

describe('wire note 7: what a picture is, is told by its first bytes', () => {
  const base64 = (...parts: (string | number[])[]) =>
    Buffer.concat(parts.map(part => Buffer.from(part as string))).toString('base64');
  const png = base64([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]);

  test.each([
    ['image/png', png],
    ['image/gif', base64('GIF89a')],
    ['image/jpeg', base64([0xff, 0xd8, 0xff, 0xe0])],
    ['image/svg+xml', base64('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['image/svg+xml', base64('<?xml version="1.0"?>\n<svg/>')],
  ])('%s', (mimeType, data) => {
    expect(sniffPicture(data)).toEqual({ mimeType, data });
  });

  test('a data: prefix and line breaks are dropped, and the prefix is not believed', () => {
    const wrapped = `data:image/gif;base64,${png.slice(0, 4)}\r\n${png.slice(4)}`;
    expect(sniffPicture(wrapped)).toEqual({ mimeType: 'image/png', data: png });
  });

  test.each([[''], [base64('hello')], [base64('<html></html>')], [base64('<?xml version="1.0"?><rss/>')], ['!!!']])(
    '%j is no picture',
    data => {
      expect(sniffPicture(data)).toBeUndefined();
    },
  );
});

test('an error names operation, kind, status and reason, and nothing else', () => {
  const error = new GigahostError('forbidden', {
    operation: 'reboot the server',
    changed: 'nothing',
    status: 403,
    reason: 'No.',
  });
  expect(error.message).toBe('reboot the server: forbidden (403): No.');
});
