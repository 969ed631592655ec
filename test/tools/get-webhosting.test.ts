import { expect, test } from 'vitest';
import { connectHosting, replyWith } from './support/hosting.js';
import { expectBadArguments, expectRefusals } from './support/upstream.js';

test('one account is shown by its domain, id or user name', async () => {
  await using mcp = await connectHosting();
  const answers = [];
  for (const hosting of ['FjordKaffe.no.', '4101', 'fjordkaf'])
    answers.push((await mcp.call('get_webhosting', { hosting })).structured);
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  expect(answers[0]).toMatchObject({
    id: '4101',
    domain: 'fjordkaffe.no',
    username: 'fjordkaf',
    package: 'Webhotell Medium',
    order: { number: '100087', status: 'active', renews_on: expect.any(String) as unknown },
    address: '203.0.113.101',
    disk: expect.stringMatching(/^\d+\.\d\d of 10240 MB$/) as unknown,
    traffic: '17.97 of 250 GB',
    certificate: {
      on: true,
      requested: false,
      covers: ['fjordkaffe.no', 'www.fjordkaffe.no'],
      valid_until: expect.stringMatching(/Z$/) as unknown,
      days_left: 20,
    },
    domains: mcp.sandbox.world.hosting.account('4101').additionalDomains.concat('meny.fjordkaffe.no'),
    domains_total: 2,
    apps: ['WordPress 6.8.2 at fjordkaffe.no'],
    backups: 1,
    newest_backup: expect.stringMatching(/Z$/) as unknown,
    not_read: [],
  });
});

test('it is said in words, and what there is none of is said to be none', async () => {
  await using mcp = await connectHosting();
  const { text } = await mcp.call('get_webhosting', { hosting: 'kaffe-abonnement.no' });
  expect(text).toMatch(/^domain: kaffe-abonnement\.no\nid: 4102\nuser: kaffeabo\n/);
  expect(text).toMatch(/\ndisk: 978\.00 of 1024 MB\n/);
  expect(text).toMatch(/\ncertificate: none\nfurther domains: none\napplications: none\nbackups of the site: 0\n/);
  const fuller = await mcp.call('get_webhosting', { hosting: 'fjordkaffe.no' });
  expect(fuller.text).toMatch(
    /\ncertificate: valid until \S+Z \(20 days left\), for fjordkaffe\.no, www\.fjordkaffe\.no\n/,
  );
});

test('a certificate that has ended, and one that is asked for, are told apart', async () => {
  await using mcp = await connectHosting();
  const [site, shop] = ['4101', '4102'].map(id => mcp.sandbox.world.hosting.account(id));
  if (site?.certificate) site.certificate.expiresAt = Date.now() - 86_400_000;
  if (shop) shop.certificateRequested = true;
  expect((await mcp.call('get_webhosting', { hosting: '4101' })).text).toMatch(/valid until \S+ \(it has ended\)/);
  expect((await mcp.call('get_webhosting', { hosting: '4102' })).text).toMatch(/certificate: none yet: requested/);
});

test('what cannot be read is named and is not said to be none', async () => {
  await using mcp = await connectHosting();
  mcp.sandbox.misbehave({ path: /\/ssl$/, times: Infinity, fault: { kind: 'status', status: 403 } });
  mcp.sandbox.misbehave({ path: /\/backups$/, fault: replyWith('see the panel') });
  const { text, structured, isError } = await mcp.call('get_webhosting', { hosting: 'fjordkaffe.no' });
  expect(isError).toBe(false);
  expect(structured).toMatchObject({
    certificate: null,
    backups: null,
    apps: ['WordPress 6.8.2 at fjordkaffe.no'],
    not_read: ['certificate (not permitted)', 'backups (unknown form)'],
  });
  expect(text).not.toMatch(/^(certificate|backups of the site):/m);
  expect(text).toMatch(/Not read: certificate \(not permitted\), backups \(unknown form\)\. That does not mean/);
});

test('where nothing can be read, that is an error', async () => {
  await using mcp = await connectHosting();
  mcp.sandbox.misbehave({ path: /webhosting\/4101/, times: Infinity, fault: { kind: 'status', status: 403 } });
  const { text, isError } = await mcp.call('get_webhosting', { hosting: '4101' });
  expect(isError).toBe(true);
  expect(text).toMatch(/^Could not read the web hosting account: status 403\. Nothing changed\./);
});

test('an account that is not there, and wrong arguments, are answered with what would be right', async () => {
  await using mcp = await connectHosting();
  await expectRefusals(mcp, 'get_webhosting', [
    [
      { hosting: 'kaffe' },
      /no web hosting account called "kaffe"\. Did you mean fjordkaffe\.no \(id 4101\), kaffe-abonnement/,
    ],
    [{ hosting: '4101/../4102' }, /There are: fjordkaffe\.no \(id 4101\)/],
  ]);
  await expectBadArguments(mcp, 'get_webhosting', [
    [{}, /hosting/],
    [{ hosting: '' }, /hosting/],
    [{ hosting: 4101 }, /hosting/],
  ]);
});
