import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectWithKey } from './support/account.js';
import { changesOf, everythingIn, expectBadArguments, expectRefusals } from './support/upstream.js';

const LINE = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGxc8Upg70/AUub3njQKtK5sZ3aq87v2ULXpEX39lS0x';
const FINGERPRINT = 'SHA256:HGnSdp9LUg7bbCG+sc5l66yyZY2bIEyJ44kAG4xif1Y';

test('a public key is added as one line, and its type and fingerprint are told', async () => {
  await using mcp = await connectWithKey();
  const { text, structured } = await mcp.call('add_ssh_key', { name: 'ola', public_key: `\n ${LINE}  ola@laptop\n` });
  expect(mcp.sandbox.calls('POST', /sshkey$/).map(({ body }) => body)).toEqual([
    { name: 'ola', data: `${LINE} ola@laptop` },
  ]);
  const added = mcp.sandbox.world.account.sshKeys.at(-1);
  expect(added).toMatchObject({ name: 'ola', data: `${LINE} ola@laptop` });
  expect(structured).toMatchObject({
    name: 'ola',
    id: added?.id,
    type: 'Ed25519',
    fingerprint: FINGERPRINT,
    comment: 'ola@laptop',
  });
  expect(text).toContain(`The SSH key "ola" (id ${added?.id}) is on the account: Ed25519, ${FINGERPRINT}.`);
});

test('a private key never leaves: not to Gigahost, not into the answer, the journal or the log', async () => {
  await using mcp = await connectWithKey({ args: ['--log-level', 'debug'] });
  const body = `b3BlbnNzaC1rZXktdjE${'Zm9yZ290dGVu'.repeat(6)}`;
  const answer = await mcp.call('add_ssh_key', {
    name: 'ola',
    public_key: `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n-----END OPENSSH PRIVATE KEY-----`,
  });
  expect(answer.isError).toBe(true);
  expect(answer.text).toMatch(
    /^This is a PRIVATE key\. It was not sent to Gigahost.*make a new pair.*Nothing changed\.$/,
  );
  const journal = await readFile(join(mcp.stateDir, 'journal.jsonl'), 'utf8').catch(() => '');
  expect([everythingIn(answer), mcp.stderr(), journal].join()).not.toContain('Zm9yZ290dGVu');
  expect(mcp.sandbox.requests).toEqual([]);
});

test('what is no key, and what is there already, is refused before anything is sent', async () => {
  await using mcp = await connectWithKey();
  const there = mcp.sandbox.world.account.sshKeys.find(({ name }) => name === 'deploy')?.data;
  await expectRefusals(mcp, 'add_ssh_key', [
    [
      { name: 'x', public_key: `${there} other@comment` },
      /on the account already, as "deploy" \(id 52, Ed25519, SHA256:/,
    ],
    [{ name: 'Deploy', public_key: LINE }, /has a key of that name, "deploy" \(id 52.*Choose another name/],
    [{ name: 'x', public_key: '~/.ssh/id_ed25519.pub' }, /name of a file/],
    [{ name: 'x', public_key: LINE.slice(0, -4) }, /damaged or cut off/],
  ]);
});

test('a key Gigahost does not list yet is said to be accepted', async () => {
  await using mcp = await connectWithKey();
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'reply', body: { meta: { status: 200 } } } });
  const { text, structured } = await mcp.call('add_ssh_key', { name: 'ola', public_key: LINE });
  expect(structured).toMatchObject({ id: null });
  expect(text).toMatch(/is accepted, and not listed yet: look again with list_ssh_keys/);
});

test('a lost answer is reported as unknown, with the read that settles it, and the key is not added twice', async () => {
  await using mcp = await connectWithKey();
  mcp.sandbox.misbehave({ method: 'POST', path: /sshkey$/, fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await mcp.call('add_ssh_key', { name: 'ola', public_key: LINE });
  expect(isError).toBe(true);
  expect(text).toMatch(/asked to add the SSH key, and it is not known.*Do not repeat it: list_ssh_keys shows/);
  expect(changesOf(mcp.sandbox)).toEqual(['POST /account/sshkey']);
  expect((await mcp.call('add_ssh_key', { name: 'ola2', public_key: LINE })).text).toMatch(/on the account already/);
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp = await connectWithKey();
  await expectBadArguments(mcp, 'add_ssh_key', [
    [{ name: 'x' }, /public_key is missing\. It takes name, public_key\./],
    [{ name: 'a\nb', public_key: LINE }, /name must be one line/],
    [{ name: 'x', public_key: 'A'.repeat(20_001) }, /public_key must be at most 20000 characters long/],
  ]);
});
