import { expect, test } from 'vitest';
import { agrees } from '../support/connect.js';
import { connectDomains } from './support/domains.js';
import { expectBadArguments, expectRefusals } from './support/upstream.js';

const OUTSIDE = ['ns1.dns.example', 'NS2.dns.example.'];

test('nameservers are replaced after the plan named both sets, and undone', async () => {
  await using mcp = await connectDomains({ person: agrees });
  const { text, structured } = await mcp.call('set_nameservers', {
    domain: 'kaffe-abonnement.no',
    nameservers: OUTSIDE,
  });
  expect(mcp.questions[0]?.message.split('\n')).toEqual([
    'Set the nameservers of kaffe-abonnement.no to ns1.dns.example, ns2.dns.example.',
    '- Now they are: ns1.gigahost.no, ns2.gigahost.no, ns3.gigahost.no.',
    expect.stringContaining('have all records there first') as unknown,
    '- undo_change can take it back.',
  ]);
  expect(structured).toMatchObject({
    nameservers: ['ns1.dns.example', 'ns2.dns.example'],
    previous_nameservers: ['ns1.gigahost.no', 'ns2.gigahost.no', 'ns3.gigahost.no'],
    served_by: 'outside nameservers',
  });
  expect(text).toContain('It is served elsewhere');
  const undone = await mcp.call('undo_change', {});
  expect(undone.structured).toMatchObject({ served_by: 'Gigahost' });
  expect(mcp.sandbox.world.dns.zone('3303').nameservers).toHaveLength(3);
});

test('the plan warns of DNSSEC, of names without an address, and of names in the domain itself', async () => {
  await using mcp = await connectDomains();
  const { structured } = await mcp.call('set_nameservers', {
    domain: 'fjordkaffe.no',
    nameservers: ['ns1.dns.example', 'ns1.fjordkaffe.no', 'ns.typo.example'],
  });
  const plan = String(structured['plan']);
  expect(plan).toMatch(
    /DNSSEC is on: unless the new ones sign with the same keys, .* set_dnssec switches it off first/,
  );
  expect(plan).toContain('No address was found for ns.typo.example, ns1.fjordkaffe.no.');
  expect(plan).toContain('ns1.fjordkaffe.no lies in the domain itself');
});

test('what Gigahost refuses changes nothing', async () => {
  await using mcp = await connectDomains({ person: agrees });
  const nameservers = ['ns1.nobody.invalid', 'ns2.nobody.invalid'];
  const { text, isError } = await mcp.call('set_nameservers', { domain: 'kaffe-abonnement.no', nameservers });
  expect(isError).toBe(true);
  expect(text).toMatch(/"Nameserver ns1\.nobody\.invalid does not answer for kaffe-abonnement\.no\.".*Nothing changed/);
});

test('too few, wrong ones, and those it has already', async () => {
  await using mcp = await connectDomains({ person: agrees });
  const domain = 'fjordkaffe.no';
  await expectRefusals(mcp, 'set_nameservers', [
    [
      { domain, nameservers: ['ns3.gigahost.no', 'ns1.gigahost.no', 'ns2.gigahost.no'] },
      /has these nameservers already/,
    ],
    [{ domain: 'kunde.example', nameservers: OUTSIDE }, /not registered through Gigahost/],
  ]);
  await expectBadArguments(mcp, 'set_nameservers', [
    [{ domain, nameservers: ['ns1.dns.example'] }, /nameservers must be two to thirteen different host names/],
    [{ domain, nameservers: ['ns1.dns.example', 'NS1.dns.example.'] }, /two to thirteen different/],
    [{ domain, nameservers: ['192.0.2.1', 'ns1.dns.example'] }, /nameservers\.0 is not a full host name/],
  ]);
});
