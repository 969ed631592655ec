import { expect, test } from 'vitest';
import { connectHosting, replyWith } from './support/hosting.js';
import { expectBadArguments, expectRefusals } from './support/upstream.js';

test('installed applications are listed with their updates, and those that can be installed beside them', async () => {
  await using mcp = await connectHosting();
  const { text, structured } = await mcp.call('list_hosting_apps', { hosting: 'fjordkaffe.no' });
  expect(structured).toEqual({
    hosting: 'fjordkaffe.no',
    columns: ['name', 'id', 'title', 'version', 'update', 'address', 'status', 'installed_on'],
    rows: [
      [
        'WordPress',
        '3401',
        'Fjordkaffe',
        '6.8.2',
        '6.8.3',
        'fjordkaffe.no',
        'installed',
        expect.stringMatching(/^\d{4}-/),
      ],
    ],
    total: 1,
    available: ['wordpress: WordPress 6.8.3', 'prestashop: PrestaShop 8.2.1', 'matomo: Matomo 5.3.2'],
    available_total: 3,
    not_read: [],
  });
  expect(text).toMatch(/^Installed in fjordkaffe\.no:\nname \| id \|.*\nWordPress \| 3401 \|/);
  expect(text).toMatch(/\ncan be installed: wordpress: WordPress 6\.8\.3; prestashop/);
});

test('an application that is up to date has no update, and a folder is part of its address', async () => {
  await using mcp = await connectHosting();
  const [app] = mcp.sandbox.world.hosting.account('4101').installations;
  Object.assign(app ?? {}, { version: '6.8.3', path: '/blogg', state: 'updating' });
  const { structured } = await mcp.call('list_hosting_apps', { hosting: '4101' });
  expect((structured['rows'] as unknown[][])[0]?.slice(3, 7)).toEqual([
    '6.8.3',
    null,
    'fjordkaffe.no/blogg',
    'updating',
  ]);
});

test('none installed is said, and what cannot be read is not said to be none', async () => {
  await using mcp = await connectHosting();
  expect((await mcp.call('list_hosting_apps', { hosting: '4102' })).text).toMatch(
    /^kaffe-abonnement\.no has no application installed\.\n\ncan be installed: wordpress/,
  );
  mcp.sandbox.misbehave({ path: /installations$/, fault: replyWith('see the panel') });
  const { text, structured } = await mcp.call('list_hosting_apps', { hosting: '4102' });
  expect(structured['not_read']).toEqual(['installed (unknown form)']);
  expect(text).not.toContain('no application installed');
  await expectRefusals(mcp, 'list_hosting_apps', [[{ hosting: 'x.no' }, /There are: fjordkaffe\.no/]]);
  await expectBadArguments(mcp, 'list_hosting_apps', [[{}, /hosting/]]);
});
