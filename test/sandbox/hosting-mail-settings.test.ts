import { expect, test } from 'vitest';
import { open, type Row } from './support/open.js';

test('mail to unknown addresses is refused until it is sent to one address', async () => {
  await using gigahost = await open();
  const at = '/webhosting/4101/email-catch-all';
  expect((await gigahost.get(at)).data).toEqual({ catch: ':fail:', value: '' });
  const body = { catch: 'address', value: 'post@fjordkaffe.no' };
  expect((await gigahost.call('PUT', at, { body })).status).toBe(200);
  expect((await gigahost.get(at)).data).toEqual(body);
  expect((await gigahost.call('PUT', at, { body: { catch: ':blackhole:', value: 'x@y.no' } })).status).toBe(200);
  expect((await gigahost.get(at)).data).toEqual({ catch: ':blackhole:', value: '' });
});

test('an unknown word and a missing address are refused, and the setting stays', async () => {
  await using gigahost = await open();
  const at = '/webhosting/4101/email-catch-all';
  for (const body of [{ catch: 'off' }, { catch: 'address' }, { catch: 'address', value: 'post' }, {}])
    expect((await gigahost.call('PUT', at, { body })).status).toBe(400);
  expect((await gigahost.get(at)).data).toEqual({ catch: ':fail:', value: '' });
});

test('DKIM is on in the demo and goes off and on with the same key', async () => {
  await using gigahost = await open();
  const at = '/webhosting/4101/email-dkim';
  const read = async () => (await gigahost.get<{ dkim: Row }>(at)).data.dkim;
  const first = await read();
  expect(first).toMatchObject({ enabled: '1', record_name: 'x._domainkey.fjordkaffe.no' });
  expect(first.record_value).toMatch(/^v=DKIM1; k=rsa; p=[A-Za-z0-9+/]{392}$/);
  expect((await gigahost.call('PUT', at, { body: { enable: 0 } })).status).toBe(400);
  expect((await gigahost.call('PUT', at, { body: { enable: false } })).status).toBe(200);
  expect(await read()).toMatchObject({ enabled: '0', record_value: '' });
  await gigahost.call('PUT', at, { body: { enable: true } });
  expect(await read()).toEqual(first);
});

test('the spam filter changes in the fields that are sent', async () => {
  await using gigahost = await open();
  const at = '/webhosting/4101/spamfilter';
  const body = {
    required_hits: 3.5,
    high_score_block: 'yes',
    rewrite_subject: false,
    blacklist_from: '*@spam.example',
  };
  expect((await gigahost.call('PUT', at, { body })).status).toBe(200);
  expect((await gigahost.get<{ spamfilter: Row }>(at)).data.spamfilter).toEqual({
    where: 'spamfolder',
    required_hits: '3.5',
    high_score_block: 'yes',
    high_score: '15',
    rewrite_subject: '0',
    subject_tag: '*****SPAM*****',
    blacklist_from: '*@spam.example',
    whitelist_from: '',
  });
});

test('one wrong field of the spam filter refuses all of them', async () => {
  await using gigahost = await open();
  const at = '/webhosting/4101/spamfilter';
  const before = (await gigahost.get(at)).data;
  for (const wrong of [{ high_score_block: true }, { rewrite_subject: 'yes' }, { high_score: '9' }, { where: 1 }])
    expect((await gigahost.call('PUT', at, { body: { required_hits: 1, ...wrong } })).status).toBe(400);
  expect((await gigahost.get(at)).data).toEqual(before);
});

test('an autoresponder is written, read, changed and deleted', async () => {
  await using gigahost = await open();
  const at = '/webhosting/4101/autoresponders';
  const one = `${at}/post%40fjordkaffe.no`;
  const body = { user: 'post', subject: 'Ferie', text: 'Tilbake 1. august.', cc: 'ON', reply_once_time: '2d' };
  expect((await gigahost.get(one)).status).toBe(404);
  expect((await gigahost.call('POST', at, { body })).status).toBe(200);
  expect((await gigahost.call('POST', at, { body })).status).toBe(400);
  expect((await gigahost.get(at)).data).toEqual({
    autoresponders: [{ user: 'post', email: 'post@fjordkaffe.no', subject: 'Ferie' }],
  });
  expect((await gigahost.call('PUT', one, { body: { text: 'Straks tilbake.', cc: 'OFF' } })).status).toBe(200);
  expect((await gigahost.get(one)).data).toEqual({
    user: 'post',
    email: 'post@fjordkaffe.no',
    subject: 'Ferie',
    text: 'Straks tilbake.',
    cc: 'OFF',
    reply_once_time: '2d',
  });
  expect((await gigahost.call('DELETE', one)).status).toBe(200);
  expect((await gigahost.call('DELETE', one)).status).toBe(404);
  expect((await gigahost.get(at)).data).toEqual({ autoresponders: [] });
});

test('an autoresponder needs a user, and its copy is ON or OFF', async () => {
  await using gigahost = await open();
  for (const body of [
    { text: 'x' },
    { user: 'post', cc: true },
    { user: 'post@fjordkaffe.no' },
    { user: 'post', text: 1 },
  ])
    expect((await gigahost.call('POST', '/webhosting/4101/autoresponders', { body })).status).toBe(400);
  expect((await gigahost.get('/webhosting/4101/autoresponders')).data).toEqual({ autoresponders: [] });
});
