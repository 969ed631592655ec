import { expect, test } from 'vitest';
import { agrees } from '../support/connect.js';
import { connectHosting } from './support/hosting.js';
import { changesOf } from './support/upstream.js';

/** Every tool that is about one web hosting account. */
const about = (hosting: string) =>
  [
    ['get_webhosting', { hosting }],
    ['list_mailboxes', { hosting }],
    ['create_mailbox', { hosting, address: 'ny' }],
    ['list_hosting_files', { hosting }],
    ['read_hosting_file', { hosting, path: '/logs/error.log' }],
    ['list_hosting_apps', { hosting }],
    ['list_hosting_backups', { hosting }],
    ['backup_webhosting', { hosting }],
  ] as const;

test('web hosting out of scope cannot be told from what does not exist, by any tool', async () => {
  await using mcp = await connectHosting({ args: ['--only-zones', 'kaffe-*'], person: agrees });
  const said = async (hosting: string): Promise<string[]> => {
    const answers: string[] = [];
    for (const [tool, args] of about(hosting)) {
      const { text, isError } = await mcp.call(tool, args);
      expect(isError, `${tool} ${hosting}`).toBe(true);
      answers.push(text.replaceAll(hosting, 'X'));
    }
    return answers;
  };
  const absent = await said('nope.example');
  for (const hidden of ['fjordkaffe.no', '4101', 'fjordkaf']) expect(await said(hidden), hidden).toEqual(absent);
  expect(absent.join()).not.toMatch(/fjordkaf|4101/);
  expect(changesOf(mcp.sandbox)).toEqual([]);
  expect(mcp.sandbox.calls(undefined, /webhosting\/4101/)).toEqual([]);
});

test('the accounts in scope are listed, and no others', async () => {
  await using mcp = await connectHosting({ args: ['--only-zones', 'kaffe-*'] });
  const { text, structured } = await mcp.call('list_webhosting');
  expect((structured['rows'] as string[][]).map(([domain]) => domain)).toEqual(['kaffe-abonnement.no']);
  expect(text).not.toContain('fjordkaffe');
  expect((await mcp.call('get_webhosting', { hosting: 'kaffe-abonnement.no' })).isError).toBe(false);
});
