import { expect, test } from 'vitest';
import { agrees, connect } from '../support/connect.js';
import { contentOf, row, set, valuesAt, ZONE, zoneOf } from './support/dns.js';
import { changesOf } from './support/upstream.js';

test('records are put back to what they were, an undo is taken back too, and a step already undone is said', async () => {
  await using mcp = await connect({ person: agrees });
  const before = contentOf(mcp);
  const change = await mcp.call('set_dns_records', {
    zone: ZONE,
    records: [
      { name: 'api', type: 'A', values: ['192.0.2.10', '192.0.2.77'], ttl: 60 },
      { name: 'ny', type: 'TXT', values: ['hei'] },
      { name: '@', type: 'MX', values: [`5 mail01.${ZONE}`] },
    ],
  });
  expect(change.structured).toMatchObject({ complete: true });
  const after = contentOf(mcp);
  const undone = await mcp.call('undo_change', { change: change.structured['change_id'] });
  expect(undone.isError, undone.text).toBe(false);
  expect(contentOf(mcp)).toEqual(before);
  const again = await mcp.call('undo_change', { change: undone.structured['change_id'] });
  expect(again.isError, again.text).toBe(false);
  expect(contentOf(mcp)).toEqual(after);
  expect((await mcp.call('undo_change', { change: undone.structured['change_id'] })).text).toMatch(/already undone/);
});

test('what somebody changed since is not undone, and the difference is told', async () => {
  await using mcp = await connect({ person: agrees });
  const { structured } = await mcp.call('set_dns_records', set('db01', 'A', ['192.0.2.21']));
  zoneOf(mcp).records.push(row('db01', 'A', '198.51.100.1'));
  const sent = changesOf(mcp.sandbox).length;
  const { text, isError } = await mcp.call('undo_change', { change: structured['change_id'] });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /changed again since: the change c\w+ left A db01 "192\.0\.2\.21 \(TTL 3600\)", and now it is A db01 "192\.0\.2\.21, 198\.51\.100\.1 \(TTL 3600\)".*Nothing changed\./,
  );
  expect(changesOf(mcp.sandbox)).toHaveLength(sent);
});

test('a change inside a long text or a long set is noticed', async () => {
  await using mcp = await connect({ person: agrees });
  const long = `v=DKIM1; p=${'A'.repeat(900)}`;
  const { structured } = await mcp.call('set_dns_records', set('ny._domainkey', 'TXT', [long]));
  const record = zoneOf(mcp).records.find(({ name }) => name === 'ny._domainkey');
  if (record) record.value = record.value.replace(/A$/, 'B');
  expect((await mcp.call('undo_change', { change: structured['change_id'] })).text).toMatch(/changed again since/);
});

test('other records of the zone, and the order Gigahost lists them in, do not stand in the way', async () => {
  await using mcp = await connect({ person: agrees });
  await mcp.call('set_dns_records', set('api', 'A', ['192.0.2.10', '192.0.2.30']));
  zoneOf(mcp).records.reverse();
  zoneOf(mcp).records.push(row('else', 'A', '192.0.2.200'));
  expect((await mcp.call('undo_change')).structured).toMatchObject({ complete: true });
  expect(valuesAt(mcp, 'api', 'A')).toEqual(['192.0.2.10', '192.0.2.11', '192.0.2.30']);
  expect(valuesAt(mcp, 'else', 'A')).toEqual(['192.0.2.200']);
});

test('what set_dns_records would not take again is not promised to be undone', async () => {
  await using mcp = await connect({ person: agrees });
  for (const value of ['localhost.', 'odd host.example.']) {
    zoneOf(mcp).records.push(row('rar', 'PTR', value));
    const { text } = await mcp.call('set_dns_records', set('rar', 'PTR', ['vert.example.no']));
    expect(mcp.questions.at(-1)?.message).toContain('- undo_change does not apply to it.');
    expect(text).toMatch(/undo_change does not apply to it \(change c\w+\)/);
    zoneOf(mcp).records.pop();
  }
});

test('a redirect is put back too: made, changed and removed', async () => {
  await using mcp = await connect({ person: agrees });
  const to = (target: string | null) => mcp.call('set_redirect', { zone: ZONE, source: 'tilbud', target });
  const target = () => zoneOf(mcp).redirects.find(({ source }) => source === 'tilbud')?.targetUrl;
  await to('https://example.no/a');
  await to('https://example.no/b');
  await to(null);
  expect(target()).toBeUndefined();
  await mcp.call('undo_change');
  expect(target()).toBe('https://example.no/b');
  await mcp.call('undo_change');
  expect(target()).toBe('https://example.no/a');
  const last = await mcp.call('undo_change');
  expect(target()).toBeUndefined();
  await mcp.call('undo_change', { change: last.structured['change_id'] });
  expect(target()).toBe('https://example.no/a');
});

test('a redirect that leads elsewhere meanwhile is not undone', async () => {
  await using mcp = await connect({ person: agrees });
  await mcp.call('set_redirect', { zone: ZONE, source: 'tilbud', target: 'https://example.no/a' });
  const [redirect] = zoneOf(mcp).redirects.filter(({ source }) => source === 'tilbud');
  if (redirect) redirect.targetUrl = 'https://example.no/other';
  const { text, isError } = await mcp.call('undo_change');
  expect(isError).toBe(true);
  expect(text).toMatch(
    /left redirect_to "https: \/\/example\.no\/a", and now it is redirect_to "https: \/\/example\.no\/other"/,
  );
});

test('without the tool that would do it, undo says so', async () => {
  await using mcp = await connect({ person: agrees });
  await mcp.call('set_dns_records', set('ny', 'A', ['192.0.2.1']));
  await using narrow = await connect({
    sandbox: mcp.sandbox,
    env: { GIGAHOST_STATE_DIR: mcp.stateDir },
    args: ['--exclude-tools', 'set_dns_records'],
  });
  expect((await narrow.call('undo_change')).text).toMatch(/set_dns_records, which would take it back, is switched off/);
});
