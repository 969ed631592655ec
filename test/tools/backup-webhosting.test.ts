import { expect, test } from 'vitest';
import { connectHosting } from './support/hosting.js';
import { changesOf, expectBadArguments, expectRefusals } from './support/upstream.js';

test('the site is backed up, watched, and told when the backup is listed', async () => {
  await using mcp = await connectHosting({ sandboxOptions: { snapshotMs: 700 } });
  const seen: (string | undefined)[] = [];
  const { text, structured } = await mcp.call(
    'backup_webhosting',
    { hosting: 'fjordkaffe.no' },
    { onprogress: ({ message }) => seen.push(message) },
  );
  const made = mcp.sandbox.world.hosting.account('4101').backups.at(-1);
  expect(mcp.sandbox.world.hosting.account('4101').backups).toHaveLength(2);
  expect(mcp.sandbox.calls('POST').map(({ path, body }) => [path, body])).toEqual([
    ['/webhosting/4101/backups', { action: 'backup' }],
  ]);
  expect(structured).toMatchObject({
    hosting: 'fjordkaffe.no',
    backup: made?.filename,
    created_at: expect.stringMatching(/Z$/) as unknown,
  });
  expect(text).toMatch(/^The site fjordkaffe\.no is backed up as backup-\S+ \(\S+Z\)\.\n\nundo_change does not apply/);
  expect(seen[0]).toBe('Backup of fjordkaffe.no: under way after 0 s');
});

test('when waiting ends before the backup does, it goes on', async () => {
  await using mcp = await connectHosting({ sandboxOptions: { snapshotMs: 60_000 } });
  const { text, structured, isError } = await mcp.call('backup_webhosting', { hosting: '4101', wait_seconds: 0 });
  expect(isError).toBe(false);
  expect(structured).toMatchObject({ backup: null, created_at: null });
  expect(text).toMatch(/does not list it yet\. list_hosting_backups shows when it does\. Do not start another one\./);
});

test('a lost answer is reported as unknown, and no second backup is started', async () => {
  await using mcp = await connectHosting();
  mcp.sandbox.misbehave({ method: 'POST', path: /\/backups$/, fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await mcp.call('backup_webhosting', { hosting: '4101' });
  expect(isError).toBe(true);
  expect(text).toMatch(/and it is not known.*Do not repeat it: list_hosting_backups shows/);
  expect(changesOf(mcp.sandbox)).toEqual(['POST /webhosting/4101/backups']);
});

test('an account that is not there, and wrong arguments, are answered with what would be right', async () => {
  await using mcp = await connectHosting();
  await expectRefusals(mcp, 'backup_webhosting', [[{ hosting: 'x.no' }, /There are: fjordkaffe\.no/]]);
  await expectBadArguments(mcp, 'backup_webhosting', [
    [{}, /hosting/],
    [{ hosting: '4101', wait_seconds: -1 }, /wait_seconds/],
  ]);
});
