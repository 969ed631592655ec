import { expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../support/hostile.js';
import { connectDomains, registrationOf } from './support/domains.js';

test('a domain is shown with its registration, registrant, nameservers and DNSSEC', async () => {
  await using mcp = await connectDomains();
  const { text, structured } = await mcp.call('get_domain', { domain: 'fjordkaffe.no' });
  expect(structured).toEqual({
    domain: 'fjordkaffe.no',
    id: '3302',
    registered: true,
    status: 'active',
    registrar: 'norid',
    expires: expect.stringMatching(/^\d{4}-\d\d-\d\d /) as unknown,
    auto_renew: true,
    registrant: {
      type: 'organization',
      name: 'Fjordkaffe AS',
      organization: 'Fjordkaffe AS',
      email: 'demo@example.no',
    },
    served_by: 'Gigahost',
    nameservers: ['ns1.gigahost.no', 'ns2.gigahost.no', 'ns3.gigahost.no'],
    dnssec: true,
    ds_records: ['41827 13 2 6E1F0C7A94B25D38E0A1C46F7B9D8E2350F4A6C1B7D92E8354C0A7F16D3B9E25'],
    not_read: [],
  });
  expect(text).toContain('\nregistrant: Fjordkaffe AS\nregistrant e-mail: demo@example.no\n');
  expect(text).not.toContain('lapses');
});

test('a domain that is not renewed says that it lapses', async () => {
  await using mcp = await connectDomains();
  const { text, structured } = await mcp.call('get_domain', { domain: '3303' });
  expect(structured).toMatchObject({ domain: 'kaffe-abonnement.no', auto_renew: false, dnssec: false, ds_records: [] });
  expect(text).toContain('It lapses when it expires, unless set_auto_renew switches renewal on.');
});

test('of a domain that is served elsewhere, the DS records handed in are shown', async () => {
  await using mcp = await connectDomains();
  const zone = mcp.sandbox.world.dns.zone('fjordkaffe.no');
  zone.nameservers = ['ns1.dns.example', 'ns2.dns.example'];
  zone.externalDs = [{ keyTag: 7, alg: 13, digestType: 1, digest: 'ab'.repeat(20) }];
  const { structured } = await mcp.call('get_domain', { domain: 'fjordkaffe.no' });
  expect(structured).toMatchObject({ served_by: 'outside nameservers', ds_records: [`7 13 1 ${'AB'.repeat(20)}`] });
});

test('a zone that is registered elsewhere has no registrant, and none is asked for', async () => {
  await using mcp = await connectDomains();
  const { structured } = await mcp.call('get_domain', { domain: 'kunde.example' });
  expect(structured).toMatchObject({ registered: false, registrant: null, auto_renew: null, dnssec: null });
  expect(structured['nameservers']).toEqual(['ns1.dns.example', 'ns2.dns.example']);
  expect(mcp.sandbox.calls('GET', /registrant|ds-records/)).toEqual([]);
});

test('what could not be read is named, and is not taken for absent', async () => {
  await using mcp = await connectDomains();
  mcp.sandbox.misbehave({ path: /registrant$/, fault: { kind: 'status', status: 403 }, times: Infinity });
  const { text, structured } = await mcp.call('get_domain', { domain: 'fjordkaffe.no' });
  expect(structured).toMatchObject({ registrant: null, dnssec: true, not_read: ['registrant (not permitted)'] });
  expect(text).toContain('Not read: registrant (not permitted). That does not mean that there is none.');
});

test('whatever a registrant is called is one line of data', async () => {
  await using mcp = await connectDomains();
  const { registrant } = registrationOf(mcp, 'fjordkaffe.no');
  for (const hostile of HOSTILE_TEXTS) {
    Object.assign(registrant, { organization: hostile, name: hostile, email: hostile });
    const { text } = await mcp.call('get_domain', { domain: 'fjordkaffe.no' });
    expect(text.split('\n\n')).toHaveLength(1);
    expect(text.split('\n').length, hostile.slice(0, 40)).toBeLessThanOrEqual(13);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\u200b]|https:\/\/evil|\]\(/);
  }
});
