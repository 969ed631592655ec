import { describe, expect, test } from 'vitest';
import { openEnvelope } from '../../src/client/envelope.js';

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
