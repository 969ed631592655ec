import { expect, test } from 'vitest';
import { connectHosting, replyWith } from './support/hosting.js';
import { expectBadArguments, expectRefusals } from './support/upstream.js';

test('mailboxes, forwarders, autoresponders, catch-all and DKIM are in one answer', async () => {
  await using mcp = await connectHosting();
  const account = mcp.sandbox.world.hosting.account('fjordkaffe.no');
  account.catchAll = { action: 'address', value: 'post@fjordkaffe.no' };
  account.autoresponders.push({
    user: 'ingrid',
    subject: 'Ferie',
    text: 'Borte',
    copyToSender: false,
    replyOnce: '1d',
  });
  const { text, structured } = await mcp.call('list_mailboxes', { hosting: 'fjordkaffe.no' });
  expect(structured).toEqual({
    hosting: 'fjordkaffe.no',
    columns: ['address', 'quota_mb', 'used', 'suspended'],
    rows: [
      ['faktura@fjordkaffe.no', 1024, '154.00', false],
      ['ingrid@fjordkaffe.no', 4096, '2230.00', false],
      ['post@fjordkaffe.no', 2048, '812.00', false],
    ],
    total: 3,
    forwarders: ['salg@fjordkaffe.no → ingrid@fjordkaffe.no, jonas@example.no'],
    forwarders_total: 1,
    autoresponders: ['ingrid@fjordkaffe.no: Ferie'],
    autoresponders_total: 1,
    catch_all: 'address post@fjordkaffe.no',
    dkim: true,
    dkim_record: 'x._domainkey.fjordkaffe.no',
    not_read: [],
  });
  expect(text).toMatch(/^Mailboxes of fjordkaffe\.no:\naddress \| quota_mb \| used \| suspended\nfaktura@/);
  expect(text).toMatch(
    /\nforwarders: salg@fjordkaffe\.no → .*\nautoresponders: ingrid.*\ncatch-all: address post@.*\nDKIM: on, x\./,
  );
});

test('other shapes that Gigahost may give them are understood too', async () => {
  await using mcp = await connectHosting();
  mcp.sandbox.misbehave({ path: /\/emails$/, fault: replyWith(['post', 'ingrid@fjordkaffe.no']) });
  mcp.sandbox.misbehave({
    path: /forwarders$/,
    fault: replyWith({ forwarders: { salg: 'a@example.no,b@example.no' } }),
  });
  mcp.sandbox.misbehave({ path: /catch-all$/, fault: replyWith(':fail:') });
  mcp.sandbox.misbehave({ path: /dkim$/, fault: replyWith({ dkim: '0' }) });
  const { structured } = await mcp.call('list_mailboxes', { hosting: '4101' });
  expect(structured).toMatchObject({
    rows: [
      ['ingrid@fjordkaffe.no', null, null, null],
      ['post@fjordkaffe.no', null, null, null],
    ],
    forwarders: ['salg@fjordkaffe.no → a@example.no, b@example.no'],
    catch_all: ':fail:',
    dkim: false,
    not_read: [],
  });
});

test('mailboxes that cannot be read are not said to be none', async () => {
  await using mcp = await connectHosting();
  mcp.sandbox.misbehave({ path: /\/emails$/, fault: replyWith('see the panel') });
  const { text, structured } = await mcp.call('list_mailboxes', { hosting: '4101' });
  expect(structured['not_read']).toEqual(['mailboxes (unknown form)']);
  expect(text).not.toMatch(/no mailboxes/);
  expect(text).toMatch(/Not read: mailboxes \(unknown form\)/);
  mcp.sandbox.world.hosting.account('4102').mailboxes = [];
  expect((await mcp.call('list_mailboxes', { hosting: '4102' })).text).toMatch(/^There are no mailboxes\./);
});

test('many mailboxes come in pages, with the rest beside them', async () => {
  await using mcp = await connectHosting();
  const account = mcp.sandbox.world.hosting.account('4101');
  const [first] = account.mailboxes;
  for (let n = 0; first && n < 300; n += 1) account.mailboxes.push({ ...first, user: `user-${n}` });
  for (let n = 0; n < 100; n += 1) account.forwarders.push({ user: `f-${n}`, destinations: ['x@example.no'] });
  const addresses = new Set<unknown>();
  let cursor: unknown;
  do {
    const { structured, text } = await mcp.call('list_mailboxes', {
      hosting: '4101',
      ...(cursor !== undefined && { cursor }),
    });
    expect(structured).toMatchObject({ total: 303, forwarders_total: 101 });
    expect(text).toMatch(/and 71 more/);
    for (const row of structured['rows'] as unknown[][]) addresses.add(row[0]);
    cursor = structured['next_cursor'];
  } while (cursor !== undefined);
  expect(addresses.size).toBe(303);
});

test('an account that is not there, and wrong arguments, are answered with what would be right', async () => {
  await using mcp = await connectHosting();
  await expectRefusals(mcp, 'list_mailboxes', [[{ hosting: 'x.no' }, /There are: fjordkaffe\.no/]]);
  await expectBadArguments(mcp, 'list_mailboxes', [[{}, /hosting/]]);
});
