import { expect, test } from 'vitest';
import { agrees, connect } from '../support/connect.js';
import { callsOf, SITE, siteOf } from './support/operations.js';
import { changesOf } from './support/upstream.js';

test('an installed application is called by its name', async () => {
  await using mcp = await connect({ person: agrees });
  const { text } = await callsOf(mcp).run('updateApp', { hosting: SITE, installation: 'wordpress' });
  expect(mcp.questions[0]?.message.split('\n')[0]).toBe(
    'Update the application WordPress at fjordkaffe.no (id 3401) of the web hosting fjordkaffe.no (id 4101).',
  );
  expect(text).toMatch(/^Done: update the application WordPress at fjordkaffe\.no \(id 3401\) of the web hosting /);
  expect(changesOf(mcp.sandbox)).toEqual(['POST /webhosting/4101/install/3401/update']);
});

test('the name of an application is what is typed before it goes, not that of the whole site', async () => {
  await using mcp = await connect({ person: agrees });
  await callsOf(mcp).run('uninstallApp', { hosting: SITE, installation: 'Fjordkaffe' });
  expect(mcp.questions[0]?.properties).toEqual({ name: { type: 'string', title: 'Type WordPress to confirm' } });
  expect(siteOf(mcp).installations).toEqual([]);
});

test('an application to install is called by its name, and is not taken for the one that is there', async () => {
  await using mcp = await connect({ person: agrees });
  const { run } = callsOf(mcp);
  const { text, isError } = await run('installApp', { hosting: SITE, app: 'WordPress', path: '/blogg' });
  expect(isError).toBe(false);
  expect(mcp.questions[0]?.message).not.toContain('Now: id: 3401');
  expect(mcp.questions[0]?.message).toContain('\n- app: WordPress');
  expect(text).toMatch(/\nNow: id: \d+, app: wordpress, .*path: \/blogg/);
  expect(text).not.toContain('does not show it');
  expect((await run('installApp', { hosting: SITE, app: 'Joomla' })).text).toMatch(
    /There is no application that can be installed called "Joomla"\. There are: WordPress \(id wordpress\)/,
  );
});

test('a passkey is called by its name', async () => {
  await using mcp = await connect({ person: agrees });
  const { text } = await callsOf(mcp).run('deletePasskey', { passkey: 'yubikey 5c' });
  expect(mcp.questions[0]?.properties).toEqual({ name: { type: 'string', title: 'Type YubiKey 5C to confirm' } });
  expect(text).toMatch(/^Done: delete the passkey YubiKey 5C \(id \d+\)\./);
  expect((await mcp.call('get_account')).text).not.toContain('YubiKey');
});

test('what a sub-client was given is taken back by its own name', async () => {
  await using mcp = await connect({ person: agrees, args: ['--toolsets', 'all'] });
  const { run } = callsOf(mcp);
  expect((await run('assignClientServer', { client: 'Kari Solberg', srv_id: 'web02' })).text).toMatch(
    /^Done: give the sub-client Kari Solberg \(id 501\) the server web02 \(VPS 18102, 192\.0\.2\.11\)\./,
  );
  const { text } = await run('unassignClientServer', { client: 'Kari Solberg', assigned_server: 'web02' });
  expect(mcp.questions.at(-1)?.message.split('\n')[0]).toBe(
    'Take the server web02 from the sub-client Kari Solberg (id 501).',
  );
  expect(text).toMatch(/^Done: take the server web02 from the sub-client Kari Solberg/);
  await run('unassignClientDomain', { client: 'Kari Solberg', assigned_domain: 'kunde.example' });
  const { structured } = await mcp.call('list_clients');
  expect(JSON.stringify(structured)).not.toMatch(/web02|kunde\.example/);
  expect(JSON.stringify(structured)).toContain('build01');
});

test('an agreement that was just signed is not said to be missing', async () => {
  await using mcp = await connect({ person: agrees });
  const { text } = await callsOf(mcp).run('signDpa', { data_types: ['names'], affected_groups: ['customers'] });
  expect(text).toMatch(/signed_by: Ingrid Nes/);
  expect(text).not.toContain('does not show it');
});
