import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Connected } from '../support/connect.js';
import { connectHosting, fileIn, replyWith } from './support/hosting.js';
import { changesOf, everythingIn, expectBadArguments, expectRefusals } from './support/upstream.js';

const boxOf = ({ sandbox }: Connected, user: string) =>
  sandbox.world.hosting.account('4101').mailboxes.find(box => box.user === user);

test('a mailbox is made with a password that only the user gets', async () => {
  await using mcp = await connectHosting();
  const { text, structured, ...rest } = await mcp.call('create_mailbox', {
    hosting: 'fjordkaffe.no',
    address: ' Kaffe.Kurs@Fjordkaffe.no',
    quota_mb: 500,
  });
  const box = boxOf(mcp, 'kaffe.kurs');
  expect(box).toMatchObject({ quotaMb: 500, usedBytes: 0 });
  expect(box?.password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9]{24}$/);
  expect(mcp.sandbox.calls('POST', /\/emails$/)).toHaveLength(1);
  expect(structured).toMatchObject({
    hosting: 'fjordkaffe.no',
    address: 'kaffe.kurs@fjordkaffe.no',
    quota_mb: 500,
    listed: true,
  });
  expect(text).toMatch(
    /^There is a mailbox kaffe\.kurs@fjordkaffe\.no now, with 500 MB\. The password is in the file \S+ \(readable by you alone, deleted after 24 hours\); the user name is the whole address\.\n\nundo_change does not apply/,
  );
  const file = await readFile(fileIn(structured['password_in']), 'utf8');
  expect(file).toBe(
    `Mailbox kaffe.kurs@fjordkaffe.no\naddress: kaffe.kurs@fjordkaffe.no\npassword: ${box?.password ?? ''}\n`,
  );
  const said = [everythingIn({ text, structured, ...rest }), mcp.stderr()];
  said.push(await readFile(join(mcp.stateDir, 'journal.jsonl'), 'utf8'));
  expect(said.join('\n')).not.toContain(box?.password);
});

test('without a quota none is sent, and every password is another', async () => {
  await using mcp = await connectHosting();
  const { text } = await mcp.call('create_mailbox', { hosting: '4101', address: 'one' });
  await mcp.call('create_mailbox', { hosting: '4101', address: 'two' });
  expect(mcp.sandbox.calls('POST').map(({ body }) => Object.keys(body as object))).toEqual([
    ['email', 'password'],
    ['email', 'password'],
  ]);
  expect(boxOf(mcp, 'one')?.password).not.toBe(boxOf(mcp, 'two')?.password);
  expect(text).toMatch(/^There is a mailbox one@fjordkaffe\.no now, without a limit\./);
});

test('when the answer is lost, a look settles it, and the password is not lost', async () => {
  await using mcp = await connectHosting();
  mcp.sandbox.misbehave({ method: 'POST', path: /\/emails$/, fault: { kind: 'drop', when: 'after' } });
  const { structured, isError } = await mcp.call('create_mailbox', { hosting: '4101', address: 'kurs' });
  expect(isError).toBe(false);
  expect(await readFile(fileIn(structured['password_in']), 'utf8')).toContain(boxOf(mcp, 'kurs')?.password);
  expect(changesOf(mcp.sandbox)).toEqual(['POST /webhosting/4101/emails']);
});

test('when the answer is lost and the mailbox is not there, the outcome is unknown and nothing is handed over', async () => {
  await using mcp = await connectHosting();
  mcp.sandbox.misbehave({ method: 'POST', path: /\/emails$/, fault: { kind: 'drop', when: 'before' } });
  const { text, isError } = await mcp.call('create_mailbox', { hosting: '4101', address: 'kurs' });
  expect(isError).toBe(true);
  expect(text).toMatch(/asked to create the mailbox, and it is not known.*Do not repeat it: list_mailboxes shows/);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
  expect(await readdir(join(mcp.stateDir, 'secrets')).catch(() => [])).toEqual([]);
});

test('a mailbox that somebody else made meanwhile is not taken for the one that was refused', async () => {
  await using mcp = await connectHosting();
  const before = boxOf(mcp, 'post')?.password;
  mcp.sandbox.misbehave({ method: 'GET', path: /\/emails$/, fault: replyWith({ emails: [] }) });
  const { text, isError } = await mcp.call('create_mailbox', { hosting: '4101', address: 'post' });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /^Could not create the mailbox: "Email account already exists\.", status 400\. Nothing changed\./,
  );
  expect(boxOf(mcp, 'post')?.password).toBe(before);
  expect(await readdir(join(mcp.stateDir, 'secrets')).catch(() => [])).toEqual([]);
});

test('a password that was sent is hidden wherever Gigahost quotes it', async () => {
  await using mcp = await connectHosting();
  await mcp.call('create_mailbox', { hosting: '4101', address: 'kurs' });
  const message = `Password ${boxOf(mcp, 'kurs')?.password ?? ''} is too long.`;
  const body = { meta: { status: 400, message }, data: [] };
  mcp.sandbox.misbehave({ path: /webhosting$/, fault: { kind: 'reply', status: 400, body } });
  const { text } = await mcp.call('list_webhosting');
  expect(text).toMatch(/^Could not list the web hosting accounts: "Password \[hidden\] is too long\.", status 400\./);
});

test('one that is accepted and cannot be read back is told as accepted', async () => {
  await using mcp = await connectHosting();
  mcp.sandbox.misbehave({ method: 'GET', path: /\/emails$/, fault: { kind: 'delay', ms: 0 } });
  mcp.sandbox.misbehave({ method: 'GET', path: /\/emails$/, times: Infinity, fault: { kind: 'status', status: 403 } });
  const { text, structured } = await mcp.call('create_mailbox', { hosting: '4101', address: 'kurs' });
  expect(structured).toMatchObject({ address: 'kurs@fjordkaffe.no', quota_mb: null, listed: false });
  expect(text).toMatch(
    /^Gigahost accepted the mailbox kurs@fjordkaffe\.no and does not list it yet; list_mailboxes shows/,
  );
});

test('an address that is taken, elsewhere or none, and wrong arguments, are answered with what would be right', async () => {
  await using mcp = await connectHosting();
  await expectRefusals(mcp, 'create_mailbox', [
    [
      { hosting: '4101', address: 'POST' },
      /There is a mailbox post@fjordkaffe\.no already\. list_mailboxes shows it\. Nothing/,
    ],
    [{ hosting: '4101', address: 'post@example.no' }, /has the mail of fjordkaffe\.no, not of example\.no/],
    [{ hosting: '4101', address: 'a b' }, /"a b" is not an address/],
    [{ hosting: '4101', address: 'a@fjordkaffe.no@x' }, /is not an address/],
    [{ hosting: '4101', address: '.post' }, /is not an address/],
    [{ hosting: 'x', address: 'kurs' }, /There are: fjordkaffe\.no/],
  ]);
  await expectBadArguments(mcp, 'create_mailbox', [
    [{ hosting: '4101' }, /address/],
    [{ hosting: '4101', address: 'x', quota_mb: -1 }, /quota_mb/],
    [{ hosting: '4101', address: 'x', password: 'chosen' }, /unknown argument "password"/],
  ]);
});
