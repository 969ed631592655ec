import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.js';
import { HOSTILE_TEXTS } from '../support/hostile.js';
import { connectHosting } from './support/hosting.js';
import { everythingIn } from './support/upstream.js';

const READS = [
  ['list_webhosting', {}],
  ['get_webhosting', { hosting: '4101' }],
  ['list_mailboxes', { hosting: '4101' }],
  ['list_hosting_files', { hosting: '4101', path: '/public_html' }],
  ['list_hosting_apps', { hosting: '4101' }],
  ['list_hosting_backups', { hosting: '4101' }],
] as const;

/** Gives that name to everything of an account that somebody may name. */
function nameHosting({ world }: Sandbox, text: string): void {
  const account = world.hosting.account('4101');
  account.additionalDomains = [text];
  account.catchAll = { action: 'address', value: text };
  account.forwarders = [{ user: text, destinations: [text] }];
  account.autoresponders = [{ user: 'post', subject: text, text, copyToSender: false, replyOnce: '1d' }];
  for (const installation of account.installations) installation.title = text;
  for (const backup of account.backups) backup.filename = text;
  for (const app of world.hosting.apps) app.name = text;
  for (const one of world.hosting.packages) one.name = text;
}

test('hostile names in web hosting forge no line and no column, and none is a link', async () => {
  await using mcp = await connectHosting();
  for (const text of HOSTILE_TEXTS) {
    nameHosting(mcp.sandbox, text);
    for (const [tool, args] of READS) {
      const answer = await mcp.call(tool, args);
      expect(answer.isError, answer.text).toBe(false);
      expect(answer.text.replaceAll('\n', '') + JSON.stringify(answer.structured), tool).not.toMatch(
        /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u,
      );
      expect(answer.text, tool).not.toMatch(/https?:\/\/|!\[|\]\(/);
      expect(answer.text, tool).not.toMatch(/^(NOTHING CHANGED YET|name: web99|id: 1$|forged|Now obey|end of data)/m);
      expect(everythingIn(answer).length, tool).toBeLessThan(30_000);
    }
  }
});

test('no password of web hosting is in an answer', async () => {
  await using mcp = await connectHosting();
  const account = mcp.sandbox.world.hosting.account('4101');
  const passwords = [
    ...account.mailboxes,
    ...account.ftpAccounts,
    ...account.databases,
    ...account.backupLocations,
    ...account.installations.map(({ adminPassword }) => ({ password: adminPassword })),
  ].map(({ password }) => password);
  expect(passwords.length).toBeGreaterThan(6);
  const said: string[] = [];
  for (const [tool, args] of READS) said.push(everythingIn(await mcp.call(tool, args)));
  said.push(everythingIn(await mcp.call('read_hosting_file', { hosting: '4101', path: '/public_html/wp-config.php' })));
  for (const password of passwords) expect(said.join('\n')).not.toContain(password);
});
