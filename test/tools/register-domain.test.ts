import { expect, test } from 'vitest';
import { agrees, declines } from '../support/connect.js';
import { billed, COMPANY, connectDomains, PERSON, registrationOf } from './support/domains.js';
import { changesOf, expectBadArguments, expectRefusals } from './support/upstream.js';

test('an organisation is looked up, shown, and gets the domain', async () => {
  await using mcp = await connectDomains({ person: agrees });
  const { text, structured } = await mcp.call('register_domain', { domain: 'Kaffekunden.no', ...COMPANY });
  expect(mcp.questions[0]?.message.split('\n').slice(0, 5)).toEqual([
    'Register the domain kaffekunden.no.',
    '- It is a binding purchase, billed at once, and cannot be given back. Gigahost’s API does not tell the price.',
    '- It belongs to Kaffekunden AS (organisation 988888888, Torget 1, 3210 Sandefjord), who gets a confirmation by e-mail.',
    '- It is served by Gigahost.',
    '- It cannot be undone.',
  ]);
  expect(mcp.sandbox.calls('POST').map(({ body }) => body)).toEqual([
    {
      domain_name: 'kaffekunden.no',
      registrant_type: 'organization',
      email: COMPANY.email,
      applicant_name: 'Kari Anne Berg',
      org_number: '988888888',
      company_name: 'Kaffekunden AS',
      zip_code: '3210',
      city: 'Sandefjord',
      use_gigahost_ns: true,
    },
  ]);
  expect(structured).toMatchObject({ domain: 'kaffekunden.no', auto_renew: true });
  expect(text).toMatch(
    /^kaffekunden\.no is registered, until \d{4}-\d\d-\d\d, and automatic renewal is on\. set_dns_records/,
  );
  expect(billed(mcp)).toBe(1);
});

test('a person gets a domain on other nameservers, in a zone that is there already', async () => {
  await using mcp = await connectDomains({ args: ['--dangerously-skip-confirmation'] });
  await mcp.call('create_dns_zone', { name: 'kaffekunden.no' });
  const { id } = mcp.sandbox.world.dns.zone('kaffekunden.no');
  const nameservers = ['ns1.dns.example', 'ns2.dns.example'];
  const { structured } = await mcp.call('register_domain', { domain: 'kaffekunden.no', ...PERSON, nameservers });
  expect(structured).toMatchObject({ zone_id: id });
  expect(registrationOf(mcp, 'kaffekunden.no').registrant).toMatchObject({
    type: 'person',
    name: 'Kari Anne Berg',
    identity: PERSON.pid,
  });
  expect(mcp.sandbox.world.dns.zone('kaffekunden.no').nameservers).toEqual(nameservers);
});

test('a lost answer is settled by the zone, and the domain is never bought twice', async () => {
  await using mcp = await connectDomains({ person: agrees });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'after' } });
  const { structured } = await mcp.call('register_domain', { domain: 'kaffekunden.no', ...COMPANY });
  expect(structured).toMatchObject({ status: 'done', domain: 'kaffekunden.no' });
  expect(billed(mcp)).toBe(1);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('an order that was lost and left no zone stays unknown, with the read that settles it', async () => {
  await using mcp = await connectDomains({ person: agrees });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'before' } });
  const { text, isError } = await mcp.call('register_domain', { domain: 'kaffekunden.no', ...COMPANY });
  expect(isError).toBe(true);
  expect(text).toMatch(/asked to register the domain, and it is not known.*Do not repeat it: check_domain shows/);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a person who declines pays nothing', async () => {
  await using mcp = await connectDomains({ person: declines });
  const { structured } = await mcp.call('register_domain', { domain: 'kaffekunden.no', ...COMPANY });
  expect(structured).toEqual({ status: 'declined' });
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('what cannot be registered is said before anybody is asked', async () => {
  await using mcp = await connectDomains({ person: agrees, args: ['--only-zones', '*kaffe*'] });
  await expectRefusals(mcp, 'register_domain', [
    [{ domain: 'kaffe.no', ...COMPANY }, /kaffe\.no is taken\. transfer_domain moves it here/],
    [{ domain: 'fjordkaffe.no', ...COMPANY }, /registered in this account already, until/],
    [{ domain: 'te.no', ...COMPANY }, /out of reach here.*--only-zones/],
    [{ domain: 'ny-kaffe.no', ...COMPANY, org_number: '911111111' }, /no organisation with the number 911111111/],
    [{ domain: 'ny-kaffe.no', ...COMPANY, pid: PERSON.pid }, /Either org_number or pid/],
  ]);
});

test('wrong personal data is refused without being repeated', async () => {
  await using mcp = await connectDomains({ person: agrees });
  const domain = 'kaffekunden.no';
  await expectBadArguments(mcp, 'register_domain', [
    [{ domain, ...COMPANY, email: 'kari@' }, /: email is not an e-mail address such as ola@example\.no\. It takes/],
    [{ domain, ...COMPANY, org_number: '12' }, /: org_number is not an organisation number of nine digits\. It takes/],
    [{ domain, ...PERSON, zip_code: '32100' }, /: zip_code is not a postal code of four digits\. It takes/],
    [
      { domain, ...PERSON, pid: '01017012345' },
      /: pid is not a personal id of the registry such as N\.PRI\.12345678\. It/,
    ],
    [{ domain, ...PERSON, city: 'Oslo\nSMTP' }, /: city must be one line of at most 100 characters/],
  ]);
});
