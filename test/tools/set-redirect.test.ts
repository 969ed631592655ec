import { expect, test } from 'vitest';
import { agrees, connect, types, type Connected } from '../support/connect.js';
import { otherWriter, row, valuesAt, ZONE, zoneOf } from './support/dns.js';
import { changesOf, expectBadArguments, expectRefusals } from './support/upstream.js';

const to = (mcp: Connected, target: string | null, source = 'tilbud') =>
  mcp.call('set_redirect', { zone: ZONE, source, target });
const sent = ({ sandbox }: Connected) =>
  sandbox
    .calls(undefined, /redirect$/)
    .flatMap(({ method, body, query }) => (method === 'GET' ? [] : [[method, body ?? query]]));

test('a redirect is made, changed and removed, each read back, and what goes is asked', async () => {
  await using mcp = await connect({ person: agrees });
  const made = await to(mcp, 'https://example.no/a', `Tilbud.${ZONE}.`);
  expect(made.structured).toEqual({
    host: `tilbud.${ZONE}`,
    target: 'https://example.no/a',
    previous_target: null,
    warning: null,
    change_id: expect.any(String) as unknown,
  });
  expect(mcp.questions).toEqual([]);
  expect(valuesAt(mcp, 'tilbud', 'A')).toHaveLength(1);
  expect((await mcp.call('list_redirects', { zone: ZONE })).structured['rows']).toEqual([
    ['tilbud', `tilbud.${ZONE}`, 'https://example.no/a', true, expect.any(String)],
  ]);
  const changed = await to(mcp, 'https://example.no/b');
  expect(changed.structured).toMatchObject({ status: 'done', previous_target: 'https://example.no/a' });
  const removed = await to(mcp, null);
  expect(removed.structured).toMatchObject({ target: null, previous_target: 'https://example.no/b' });
  expect(
    mcp.questions.map(({ message, properties }) => [message.split('\n').slice(0, 3), Object.keys(properties)]),
  ).toEqual([
    [
      [
        `Change the redirect of tilbud.${ZONE} to https: //example.no/b.`,
        '- Now it leads to https: //example.no/a.',
        '- undo_change can take it back.',
      ],
      ['confirm'],
    ],
    [
      [
        `Remove the redirect of tilbud.${ZONE} to https: //example.no/b.`,
        '- Now it leads to https: //example.no/b.',
        '- Its A records go: the name is then not found.',
      ],
      ['name'],
    ],
  ]);
  expect(sent(mcp)).toEqual([
    ['POST', { source: 'tilbud', target_url: 'https://example.no/a' }],
    ['PUT', { source: 'tilbud', target_url: 'https://example.no/b' }],
    ['DELETE', 'source=tilbud'],
  ]);
  expect(valuesAt(mcp, 'tilbud', 'A')).toEqual([]);
});

test('a redirect that is so already is left alone', async () => {
  await using mcp = await connect();
  await to(mcp, 'https://example.no');
  const again = await to(mcp, 'https://EXAMPLE.no/');
  expect(again.isError, again.text).toBe(false);
  expect(again.structured).toMatchObject({ target: 'https://example.no', warning: null });
  expect(sent(mcp)).toHaveLength(1);
});

test('a redirect of a zone itself takes www along, both ways, and says so', async () => {
  await using mcp = await connect({ person: types('ny.example') });
  await mcp.call('create_dns_zone', { name: 'ny.example' });
  const apex = (target: string | null) => mcp.call('set_redirect', { zone: 'ny.example', source: '@', target });
  expect((await apex('https://example.no/')).structured).toMatchObject({ host: 'ny.example' });
  expect(zoneOf(mcp, 'ny.example').redirects.map(({ source }) => source)).toEqual(['@', 'www']);
  await apex(null);
  expect(mcp.questions[0]?.message).toContain('- Its A records go, and those of www: the name is then not found.');
  expect(zoneOf(mcp, 'ny.example').redirects).toEqual([]);
});

test('what stands in the way is named, and nothing is sent', async () => {
  await using mcp = await connect({ person: agrees });
  const args = (over: object) => ({ zone: ZONE, source: 'tilbud', target: 'https://example.no/', ...over });
  await expectRefusals(mcp, 'set_redirect', [
    [
      args({ source: 'web01' }),
      /web01\.fjordkaffe\.example has the A record 192\.0\.2\.10 .*delete_dns_records removes it first/,
    ],
    [args({ source: 'www' }), /www\.fjordkaffe\.example has the CNAME record fjordkaffe\.example /],
    [args({ target: null }), /tilbud\.fjordkaffe\.example has no redirect\. list_redirects shows those/],
    [
      args({ zone: 'kunde.example' }),
      /served by nameservers outside Gigahost, which offers redirects only for zones it serves itself/,
    ],
    [args({ source: 'www.example.no.' }), /does not lie in the zone/],
  ]);
  await expectRefusals(mcp, 'list_redirects', [[{ zone: 'kunde.example' }, /outside Gigahost/]]);
  await expectBadArguments(mcp, 'set_redirect', [
    [args({ target: 'javascript:alert(1)' }), /target/],
    [args({ target: 'example.no' }), /target/],
    [args({ target: 'ftp://example.no/' }), /target/],
    [{ zone: ZONE, source: 'tilbud' }, /target is missing/],
  ]);
  expect((await mcp.call('list_redirects', { zone: 'kaffe-abonnement.no' })).text).toBe('There are no redirects.');
});

test('a refusal of Gigahost is told', async () => {
  await using mcp = await connect();
  await mcp.call('create_dns_zone', { name: 'ny.example' });
  zoneOf(mcp, 'ny.example').records.push(row('www', 'A', '192.0.2.1'));
  const { text, isError } = await mcp.call('set_redirect', {
    zone: 'ny.example',
    source: '@',
    target: 'https://example.no/',
  });
  expect([isError, text]).toEqual([
    true,
    expect.stringMatching(/'www' has an existing A record \(192\.0\.2\.1\).*Nothing changed/),
  ]);
});

test('what Gigahost accepted and does not show is not called done', async () => {
  await using mcp = await connect({ person: agrees });
  const quiet = { kind: 'reply', body: { meta: { status: 200 }, data: [] } } as const;
  mcp.sandbox.misbehave({ method: 'POST', path: /redirect/, fault: quiet });
  const made = await to(mcp, 'https://example.no/');
  expect(made.structured).toMatchObject({
    target: null,
    warning: expect.stringMatching(/does not show it yet/) as unknown,
  });
  expect(made.text).toMatch(/is not redirected.*look again with list_redirects/s);
  await to(mcp, 'https://example.no/');
  mcp.sandbox.misbehave({ method: 'DELETE', path: /redirect/, fault: quiet });
  const removed = await to(mcp, null);
  expect(removed.structured).toMatchObject({ target: 'https://example.no/', warning: expect.any(String) as unknown });
  expect(removed.text).not.toMatch(/no longer/);
});

test('a redirect that meets another write is sent again, after looking', async () => {
  let foreign: Promise<unknown> = Promise.resolve();
  await using mcp = await connect({
    person: question => {
      foreign = otherWriter(mcp, 800);
      return agrees(question);
    },
  });
  await to(mcp, 'https://example.no/a');
  expect((await to(mcp, 'https://example.no/b')).structured).toMatchObject({ target: 'https://example.no/b' });
  await foreign;
  expect(mcp.sandbox.calls('PUT').length).toBeGreaterThan(1);
  mcp.sandbox.misbehave({ method: 'DELETE', fault: { kind: 'status', status: 500, acts: true } });
  foreign = Promise.resolve();
  expect((await to(mcp, null)).structured).toMatchObject({ target: null, warning: null });
});

test('a lost answer is unknown and settled by the list', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await to(mcp, 'https://example.no/');
  expect([isError, text]).toEqual([
    true,
    expect.stringMatching(/not known whether that happened.*list_redirects shows/),
  ]);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a target without https is explained', async () => {
  await using mcp = await connect();
  const { text, isError } = await to(mcp, 'www.example.no');
  expect([isError, text]).toEqual([
    true,
    expect.stringMatching(
      /^set_redirect was not called: target must be a whole web address, with https at its beginning/,
    ),
  ]);
});
