import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agrees, declines } from '../support/connect.js';
import { billed, connectDomains } from './support/domains.js';
import { changesOf, everythingIn, expectBadArguments, expectRefusals } from './support/upstream.js';

const CODE = 'kode-fra-forrige-1234';

test('a domain is transferred with its code, keeps its nameservers, and the code is nowhere', async () => {
  await using mcp = await connectDomains({ person: agrees, args: ['--log-level', 'debug'] });
  const answer = await mcp.call('transfer_domain', { domain: 'kaffe.no', auth_code: CODE });
  expect(mcp.questions[0]?.message.split('\n')).toEqual([
    'Transfer the domain kaffe.no to Gigahost.',
    '- It is a purchase, billed at once. Gigahost’s API does not tell the price.',
    '- The transfer code is used up by it. The transfer takes a while after that.',
    '- The domain goes on being served as now.',
    '- It cannot be undone.',
  ]);
  expect(mcp.questions[0]?.properties).toEqual({ name: { type: 'string', title: 'Type kaffe.no to confirm' } });
  expect(answer.structured).toMatchObject({ domain: 'kaffe.no', status: 'pending', registered: false });
  expect(answer.text).toMatch(/^The transfer of kaffe\.no is under way .* Do not start it again\./);
  expect(mcp.sandbox.calls('POST').map(({ body }) => body)).toEqual([
    { zone_name: 'kaffe.no', transfer_domain: true, auth_code: CODE, use_existing_ns: true },
  ]);
  expect(billed(mcp)).toBe(1);
  const journal = await readFile(join(mcp.stateDir, 'journal.jsonl'), 'utf8');
  for (const text of [everythingIn(answer), journal, mcp.stderr(), JSON.stringify(mcp.questions)])
    expect(text).not.toContain(CODE);
});

test('a lost answer is settled by the zone that is on its way, and nothing is bought twice', async () => {
  await using mcp = await connectDomains({ person: agrees });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'after' } });
  const { structured } = await mcp.call('transfer_domain', { domain: 'kaffe.no', auth_code: CODE });
  expect(structured).toMatchObject({ status: 'pending', registered: false });
  expect(billed(mcp)).toBe(1);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a person who declines pays nothing', async () => {
  await using mcp = await connectDomains({ person: declines });
  await mcp.call('transfer_domain', { domain: 'kaffe.no', auth_code: CODE, keep_nameservers: false });
  expect(mcp.questions[0]?.message).toContain('from an empty zone: web sites and mail stop');
  expect(billed(mcp)).toBe(0);
});

test('what cannot be transferred is said before anybody is asked', async () => {
  await using mcp = await connectDomains({ person: agrees });
  await expectRefusals(mcp, 'transfer_domain', [
    [{ domain: 'ny-kaffe.no', auth_code: CODE }, /ny-kaffe\.no is registered by nobody\. register_domain buys it/],
    [{ domain: 'fjordkaffe.no', auth_code: CODE }, /registered in this account already/],
  ]);
  await expectBadArguments(mcp, 'transfer_domain', [
    [{ domain: 'kaffe.no', auth_code: 'two words' }, /auth_code must be the code itself, without blanks/],
  ]);
});

test('a zone of that name is in the way', async () => {
  await using mcp = await connectDomains({ args: ['--dangerously-skip-confirmation'] });
  await mcp.call('create_dns_zone', { name: 'kaffe.no' });
  const { text } = await mcp.call('transfer_domain', { domain: 'kaffe.no', auth_code: CODE });
  expect(text).toMatch(/There is a DNS zone kaffe\.no here.*export_dns_zone.*delete_dns_zone makes room/);
  expect(billed(mcp)).toBe(0);
});
