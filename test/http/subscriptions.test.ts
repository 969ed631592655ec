import type { Client } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { principalsOf, startAccounts } from '../support/accounts.js';
import { agrees } from '../support/client.js';
import { serve, type HttpTalkOptions, type Served } from '../support/http.js';
import { startRedis, until } from '../support/redis.js';

const ADA = { name: 'ada', role: 'admin', toolsets: 'all' } as const;

/** A client of the 2026 era that listens for these URIs, and all that it heard. */
async function listen(server: Served, uris: readonly string[], talk: HttpTalkOptions) {
  const connected = await server.connect({ generation: 'v2-pinned', ...talk });
  const client = connected.client as Client;
  const heard: string[] = [];
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => void heard.push(params.uri));
  const stream = await client.listen({ resourceSubscriptions: [...uris] });
  return {
    heard,
    stream,
    client,
    /** Waits until it has heard of all of these. */
    hears: (...wanted: readonly string[]) =>
      until(() => wanted.every(uri => heard.includes(uri)), `it heard of ${wanted.join(', ')}`),
    async [Symbol.asyncDispose]() {
      await stream.close();
      await connected[Symbol.asyncDispose]();
    },
  };
}

test('a change is told of under every name of what it is about, and of nothing else', async () => {
  await using server = await serve({ principals: [ADA] });
  const of = (name: string): string => `gigahost://servers/${name}`;
  const about = [of('18101'), of('WEB01'), 'gigahost://servers', 'gigahost://changes'];
  const besides = [of('web02'), 'gigahost://zones', 'gigahost://account', 'gigahost://invoices', 'gigahost://what'];
  await using ear = await listen(server, [...about, ...besides], { as: 'ada' });
  expect(ear.stream.honoredFilter.resourceSubscriptions).toContain('gigahost://servers');
  await using ada = await server.connect({ as: 'ada', person: agrees });
  const { id } = server.sandbox.world.servers.find(({ name }) => name === 'web01') ?? {};
  expect(id).toBe('18101');
  expect((await ada.call('rename_server', { server: 'web01', name: 'web09' })).isError).toBe(false);
  await ear.hears(...about);
  // A second change, so that whatever the first one was to be told of has come.
  await using zone = await listen(server, ['gigahost://zones/fjordkaffe.no', 'gigahost://zones'], { as: 'ada' });
  const set = await ada.call('set_dns_records', {
    zone: 'fjordkaffe.no',
    records: [{ name: 'listening', type: 'TXT', values: ['here'] }],
  });
  expect(set.isError, set.text).toBe(false);
  await zone.hears('gigahost://zones/fjordkaffe.no', 'gigahost://zones');
  await ear.hears('gigahost://zones');
  expect(ear.heard.filter(uri => uri === 'gigahost://changes')).toHaveLength(2);
  for (const uri of [of('web02'), 'gigahost://account', 'gigahost://invoices', 'gigahost://what'])
    expect(ear.heard).not.toContain(uri);
  expect(ear.heard.filter(uri => uri === 'gigahost://servers')).toHaveLength(1);
  expect(zone.heard.toSorted()).toEqual(['gigahost://zones', 'gigahost://zones/fjordkaffe.no']);
});

test('what a person said no to is on record, and nothing else is told of', async () => {
  await using server = await serve({ principals: [ADA] });
  await using ear = await listen(server, ['gigahost://changes', 'gigahost://servers'], { as: 'ada' });
  await using ada = await server.connect({
    generation: 'v2-pinned',
    as: 'ada',
    person: () => ({ action: 'decline' }),
  });
  await ada.call('reboot_server', { server: 'web01' });
  await ear.hears('gigahost://changes');
  expect(ear.heard).toEqual(['gigahost://changes']);
});

test('what somebody may not read they do not hear of', async () => {
  await using server = await serve({
    principals: [
      ADA,
      { name: 'web', role: 'admin', onlyServers: ['web*'], onlyZones: ['fjordkaffe.no'] },
      { name: 'mail', role: 'admin', onlyServers: ['mail*'] },
      { name: 'dns', role: 'viewer', toolsets: ['dns'] },
    ],
  });
  const uris = ['gigahost://servers', 'gigahost://servers/web01', 'gigahost://servers/18101', 'gigahost://changes'];
  const mails = ['gigahost://servers/mail01'];
  await using web = await listen(server, [...uris, ...mails], { as: 'web' });
  await using mail = await listen(server, [...uris, ...mails], { as: 'mail' });
  await using dns = await listen(server, [...uris, ...mails, 'gigahost://zones'], { as: 'dns' });
  await using ada = await server.connect({ as: 'ada' });
  for (const [from, to] of [
    ['web01', 'web09'],
    ['mail01', 'mail09'],
  ])
    expect((await ada.call('rename_server', { server: from, name: to })).isError).toBe(false);
  const set = await ada.call('set_dns_records', {
    zone: 'fjordkaffe.no',
    records: [{ name: 'a', type: 'TXT', values: ['b'] }],
  });
  expect(set.isError, set.text).toBe(false);
  await Promise.all([web.hears(...uris.slice(0, 3)), mail.hears('gigahost://servers', ...mails)]);
  await dns.hears('gigahost://zones');
  // The change of the zone came last: whatever there was to hear has been heard.
  expect(web.heard.toSorted()).toEqual(uris.slice(0, 3).toSorted());
  expect(mail.heard.toSorted()).toEqual(['gigahost://servers', ...mails]);
  expect(dns.heard).toEqual(['gigahost://zones']);
});

test('a change in another account is none of theirs', async () => {
  await using both = await startAccounts([{}, {}]);
  await using server = await serve(principalsOf(both));
  const uris = ['gigahost://servers', 'gigahost://changes', 'gigahost://servers/web01'];
  await using ofOne = await listen(server, uris, { as: 'one' });
  await using ofTwo = await listen(server, [...uris, 'gigahost://servers/db01'], { as: 'two' });
  await using one = await server.connect({ as: 'one' });
  await using two = await server.connect({ as: 'two' });
  await one.call('rename_server', { server: 'web01', name: 'web09' });
  await two.call('rename_server', { server: 'db01', name: 'db09' });
  await Promise.all([ofOne.hears(...uris), ofTwo.hears('gigahost://servers/db01')]);
  expect(ofTwo.heard).not.toContain('gigahost://servers/web01');
  expect(ofOne.heard).toHaveLength(3);
});

test('on another node it is heard too', async () => {
  await using redis = await startRedis();
  const args = ['--store', redis.url];
  await using a = await serve({ principals: [ADA], args });
  await using b = await serve({ principals: [ADA], args, sandbox: a.sandbox });
  await using ear = await listen(a, ['gigahost://servers/web01', 'gigahost://changes'], { as: 'ada' });
  await using ada = await b.connect({ as: 'ada' });
  expect((await ada.call('rename_server', { server: 'web01', name: 'web09' })).isError).toBe(false);
  await ear.hears('gigahost://servers/web01', 'gigahost://changes');

  // What was published while the store was away was missed: whoever listens is told to look.
  ear.heard.length = 0;
  await redis.stop();
  await redis.start();
  await ear.hears('gigahost://servers/web01', 'gigahost://changes');
});

test('one principal has so many streams and no more, and closing one makes room', async () => {
  await using server = await serve({ principals: [ADA, { name: 'eva', role: 'viewer' }] });
  await using ada = await server.connect({ generation: 'v2-pinned', as: 'ada' });
  const client = ada.client as Client;
  const open = () => client.listen({ resourceSubscriptions: ['gigahost://servers'] });
  const streams = await Promise.all(Array.from({ length: 20 }, open));
  await expect(open()).rejects.toThrow(/20 subscriptions/);
  await using _eva = await listen(server, ['gigahost://servers'], { as: 'eva' });
  await streams[0]?.close();
  await until(
    () =>
      open().then(
        () => true,
        () => false,
      ),
    'there is room again',
  );
  const answer = await fetch(`${server.url}/metrics`, { headers: { Authorization: `Bearer ${server.tokens['eva']}` } });
  expect(await answer.text()).toMatch(/rejections_total\{reason="subscriptions"\} \d/);
  await expect(
    client.listen({ resourceSubscriptions: Array.from({ length: 501 }, (_, n) => `gigahost://servers/${n}`) }),
  ).rejects.toThrow(/500 URIs/);
});

test('a stream is ended when the server stops, and 2025-era clients are promised none', async () => {
  await using server = await serve({ principals: [ADA] });
  await using ear = await listen(server, ['gigahost://servers'], { as: 'ada' });
  expect(ear.client.getServerCapabilities()?.resources).toMatchObject({ subscribe: true });
  for (const generation of ['v1', 'v2-legacy'] as const) {
    await using old = await server.connect({ generation, as: 'ada' });
    expect((old.client as Client).getServerCapabilities()?.resources?.subscribe).toBeUndefined();
  }
  const stopped = server.stop();
  expect(await ear.stream.closed).toBe('graceful');
  expect(await stopped).toBe(0);
});
