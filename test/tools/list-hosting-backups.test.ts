import { expect, test } from 'vitest';
import { connectHosting, replyWith } from './support/hosting.js';
import { expectBadArguments, expectRefusals } from './support/upstream.js';

test('backups of the site and of each application are in one list', async () => {
  await using mcp = await connectHosting();
  const account = mcp.sandbox.world.hosting.account('4101');
  const [older] = account.backups;
  if (older) account.backups.push({ ...older, filename: 'newer.tar.gz', createdAt: older.createdAt + 86_400_000 });
  const { text, structured } = await mcp.call('list_hosting_backups', { hosting: 'fjordkaffe.no' });
  const time = expect.stringMatching(/^\d{4}-.*Z$/) as unknown;
  const size = expect.stringMatching(/^\d+$/) as unknown;
  expect(structured).toEqual({
    hosting: 'fjordkaffe.no',
    columns: ['of', 'backup', 'created_at', 'size', 'version', 'place'],
    rows: [
      ['site', 'newer.tar.gz', time, size, null, null],
      ['site', older?.filename, time, size, null, null],
      ['WordPress "Fjordkaffe" (id 3401)', '8801', time, size, '6.8.1', 'local'],
    ],
    total: 3,
    not_read: [],
  });
  expect(text).toMatch(/^Backups of fjordkaffe\.no:\nof \| backup \|/);
});

test('none is said to be none only where everything was read', async () => {
  await using mcp = await connectHosting();
  expect((await mcp.call('list_hosting_backups', { hosting: '4102' })).text).toBe(
    'kaffe-abonnement.no has no backups. backup_webhosting takes one.',
  );
  mcp.sandbox.world.hosting.account('4101').backups = [];
  mcp.sandbox.misbehave({ path: /3401\/backups$/, times: Infinity, fault: { kind: 'status', status: 403 } });
  const { text, structured } = await mcp.call('list_hosting_backups', { hosting: '4101' });
  expect(structured).toMatchObject({
    total: 0,
    not_read: ['backups of WordPress "Fjordkaffe" (id 3401) (not permitted)'],
  });
  expect(text).toMatch(/^Not read: backups of WordPress/);
});

test('backups of applications are read for no more of them than is bearable', async () => {
  await using mcp = await connectHosting();
  const { installations } = mcp.sandbox.world.hosting.account('4101');
  const [first] = installations;
  for (let n = 0; first && n < 30; n += 1) installations.push({ ...first, id: String(9000 + n), backups: [] });
  const { structured } = await mcp.call('list_hosting_backups', { hosting: '4101' });
  expect(mcp.sandbox.calls('GET', /install\/\d+\/backups$/)).toHaveLength(20);
  expect(structured['not_read']).toEqual(['backups of 11 further applications (too many)']);
});

test('a form that is not known, an account that is not there, and wrong arguments', async () => {
  await using mcp = await connectHosting();
  mcp.sandbox.misbehave({ path: /4102\/backups$/, fault: replyWith({ a: [], b: [] }) });
  const { text } = await mcp.call('list_hosting_backups', { hosting: '4102' });
  expect(text).toMatch(/^Not read: backups of the site \(unknown form\)/);
  await expectRefusals(mcp, 'list_hosting_backups', [[{ hosting: 'x.no' }, /There are: fjordkaffe\.no/]]);
  await expectBadArguments(mcp, 'list_hosting_backups', [[{}, /hosting/]]);
});
