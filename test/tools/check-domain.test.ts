import { expect, test } from 'vitest';
import { connectDomains } from './support/domains.js';
import { expectBadArguments } from './support/upstream.js';
import { replyWith } from './support/hosting.js';

test.for([
  [
    'Ny-Kaffe.no',
    { domain: 'ny-kaffe.no', available: true, in_account: 'no' },
    /^ny-kaffe\.no is free\. register_domain/,
  ],
  ['blåbær.no', { domain: 'xn--blbr-roah.no', available: true, in_account: 'no' }, /^xn--blbr-roah\.no is free/],
  [
    'kaffe.no',
    { domain: 'kaffe.no', available: false, in_account: 'no' },
    /^kaffe\.no is taken \(Gigahost says: "The domain is already registered\."\)\. transfer_domain/,
  ],
  [
    'fjordkaffe.no.',
    { domain: 'fjordkaffe.no', available: false, in_account: 'registered' },
    /^fjordkaffe\.no is registered in this account, until \d{4}-\d\d-\d\d\. get_domain/,
  ],
] as const)('%s', async ([domain, expected, words]) => {
  await using mcp = await connectDomains();
  const { text, structured } = await mcp.call('check_domain', { domain });
  expect(structured).toMatchObject(expected);
  expect(text).toMatch(words);
});

test('a zone whose domain nobody has is told apart from a domain, and so is one that is on its way', async () => {
  await using mcp = await connectDomains({ args: ['--dangerously-skip-confirmation'] });
  await mcp.call('create_dns_zone', { name: 'ny-kaffe.no' });
  const zone = await mcp.call('check_domain', { domain: 'ny-kaffe.no' });
  expect(zone.structured).toMatchObject({ available: true, in_account: 'zone only', expires: null });
  expect(zone.text).toContain('is free. Its DNS zone is in this account, its registration is not.');
  await mcp.call('transfer_domain', { domain: 'kaffe.no', auth_code: 'kode-1234' });
  const moving = await mcp.call('check_domain', { domain: 'kaffe.no' });
  expect(moving.structured).toMatchObject({ available: false, in_account: 'pending' });
  expect(moving.text).toContain('on its way into this account');
});

test('where Gigahost does not say, that is said', async () => {
  await using mcp = await connectDomains();
  mcp.sandbox.misbehave({ path: /domains\/check/, fault: replyWith({ domain: 'ny.no' }) });
  const { text, structured } = await mcp.call('check_domain', { domain: 'ny.no' });
  expect(structured).toMatchObject({ available: null });
  expect(text).toBe('Gigahost does not say whether ny.no is free.');
});

test('other domains than .no are refused before anything is sent', async () => {
  await using mcp = await connectDomains();
  await expectBadArguments(mcp, 'check_domain', [
    [{ domain: 'kaffe.com' }, /domain is not a \.no domain such as example\.no/],
    [{ domain: 'no' }, /is not a \.no domain/],
    [{ domain: '../zones.no' }, /is not a \.no domain/],
    [{}, /domain is missing/],
  ]);
});
