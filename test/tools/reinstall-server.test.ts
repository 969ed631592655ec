import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agrees, connect, declines, types, type Connected } from '../support/connect.js';
import {
  breakAfter,
  changesOf,
  everythingIn,
  expectBadArguments,
  expectRefusals,
  nameTwice,
} from './support/upstream.js';

const ACCEPTED = '{"meta":{"status":200,"reboot":true}}';

/** What was handed over: the text of each file, which only the user may read. */
async function handedOver({ stateDir }: Connected): Promise<string[]> {
  const folder = join(stateDir, 'secrets');
  const files = (await readdir(folder).catch(() => [])).map(name => join(folder, name));
  for (const file of files) expect((await stat(file)).mode & 0o777).toBe(0o600);
  return Promise.all(files.map(file => readFile(file, 'utf8')));
}

test('a person who types its name gets the server reinstalled, watched to the end, and the password in a file', async () => {
  await using mcp = await connect({ person: agrees, sandboxOptions: { installMs: 1000 } });
  const steps: { progress: number; message?: string | undefined }[] = [];
  const call = mcp.call(
    'reinstall_server',
    { server: '192.0.2.10', os: 'debian-13' },
    { onprogress: step => steps.push(step) },
  );
  await expect.poll(() => mcp.sandbox.world.server('web01').install, { timeout: 10_000 }).not.toBeNull();
  const password = mcp.sandbox.world.server('web01').install?.rootPassword ?? '?';
  const answer = await call;

  const [question] = mcp.questions;
  expect(question?.properties).toEqual({ name: { type: 'string', title: 'Type web01 to confirm' } });
  expect(question?.message.split('\n')).toEqual([
    'Reinstall web01 (VPS 18101, 192.0.2.10) with Debian 13 64-bit.',
    '- Everything on it is erased: 1 disk (40 GB NVMe), with Debian 12 64-bit.',
    expect.stringMatching(/^- The newest snapshot is "shop 4\.2 live", taken 2 days ago \(\d{4}-[\dT:-]+Z\)\.$/),
    '- Gigahost’s API cannot restore a snapshot; that is done in its panel or by its support.',
    '- The root password changes and SSH keys are not carried over. Id and addresses stay, and billing goes on.',
    '- It is set up as web01, with language en_US, keyboard no and time zone Europe/Oslo.',
    '- It cannot be undone.',
  ]);
  expect(mcp.sandbox.calls('POST').map(({ path, body }) => [path, body])).toEqual([
    [
      '/servers/18101/reinstall',
      { os_id: '118', language: 'en_US', keyboard: 'no', timezone: 'Europe/Oslo', hostname: 'web01' },
    ],
  ]);
  expect(mcp.sandbox.world.server('web01')).toMatchObject({ osId: '118', install: null });

  expect(answer.structured).toMatchObject({
    status: 'done',
    server: 'web01',
    os: 'Debian 13 64-bit',
    hostname: 'web01',
    finished: true,
    state: 'running',
    address: '192.0.2.10',
  });
  expect(answer.text).toMatch(
    /^web01 is reinstalled: it runs Debian 13 64-bit as web01 at 192\.0\.2\.10, and its state is: running\. .* The root password is in the file .* \(readable by you alone, deleted after 24 hours\)\.\n\nIt cannot be undone \(change c\w+\)\.$/,
  );
  expect(steps.length).toBeGreaterThan(1);
  expect(steps[0]?.message).toBe('web01: installing after 0 s');
  const progress = steps.map(step => step.progress);
  expect(progress).toEqual([...new Set(progress)].sort((a, b) => a - b));

  expect(await handedOver(mcp)).toEqual([
    `Root password of web01 (VPS 18101, 192.0.2.10) after reinstalling with Debian 13 64-bit\nuser: root\npassword: ${password}\n`,
  ]);
  for (const said of [everythingIn(answer), JSON.stringify([mcp.questions, steps]), mcp.stderr()])
    expect(said).not.toContain(password);
});

test('everything the installer asks can be said, and a key of the account goes in', async () => {
  await using mcp = await connect({ person: agrees, sandboxOptions: { installMs: 300 } });
  const { text, structured } = await mcp.call('reinstall_server', {
    server: 'db01',
    os: 'Ubuntu 24.04 LTS',
    hostname: 'Orders.example.no',
    language: 'nb_NO',
    keyboard: 'us',
    timezone: 'UTC',
    ssh_key: 'Deploy',
  });
  expect(mcp.questions[0]?.message).toContain(
    '- The root password changes; the SSH key "deploy" (id 52) is installed.',
  );
  expect(mcp.questions[0]?.message).toContain('- There is no completed snapshot of it.');
  expect(mcp.questions[0]?.message).toContain(
    'set up as orders.example.no, with language nb_NO, keyboard us and time zone UTC.',
  );
  expect(mcp.sandbox.calls('POST').map(({ body }) => body)).toEqual([
    { os_id: '102', language: 'nb_NO', keyboard: 'us', timezone: 'UTC', hostname: 'orders.example.no', key_id: '52' },
  ]);
  expect(structured).toMatchObject({
    hostname: 'orders.example.no',
    ssh_key: '"deploy" (id 52)',
    root_password_in: null,
  });
  expect(text).toContain('The SSH key "deploy" (id 52) was sent along.');
  expect(await handedOver(mcp)).toEqual([]);
});

test('a system is known by its id, name, slug, or distribution and codename, and a person who declines keeps the old one', async () => {
  await using mcp = await connect({ person: declines });
  const names = ['118', 'Debian 13 64-bit', 'debian-13', 'Debian Trixie'];
  for (const os of names) {
    expect((await mcp.call('reinstall_server', { server: 'web01', os })).structured).toEqual({ status: 'declined' });
    expect(mcp.questions.at(-1)?.message, os).toContain('with Debian 13 64-bit.\n');
  }
  expect(mcp.questions).toHaveLength(names.length);
  expect(changesOf(mcp.sandbox)).toEqual([]);
  expect(mcp.sandbox.world.server('web01').osId).toBe('101');
});

test.for([
  ['another name', 'web02'],
  ['nothing', ''],
] as const)('a person who types %s keeps the server as it is', async ([, typed]) => {
  await using mcp = await connect({ person: types(typed) });
  const { text, structured } = await mcp.call('reinstall_server', { server: 'web01', os: 'debian-13' });
  expect(structured).toEqual({ status: 'declined' });
  expect(text).toContain('not "web01". Nothing changed.');
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('without waiting, the answer is that it was accepted and is installing, with the password in its file', async () => {
  await using mcp = await connect({ person: agrees, sandboxOptions: { installMs: 60_000 } });
  const { text, structured } = await mcp.call('reinstall_server', {
    server: 'web01',
    os: 'debian-13',
    wait_seconds: 0,
  });
  expect(structured).toMatchObject({ finished: false, state: 'installing', os: 'Debian 13 64-bit' });
  expect(text).toMatch(
    /^Gigahost accepted the installation of Debian 13 64-bit on web01\. It was not over when waiting ended; the state is: installing\. get_server shows when it is running\. Do not start it again/,
  );
  expect(await handedOver(mcp)).toHaveLength(1);
});

test('a password that the reply cuts off is taken from the record while it installs, and never shown', async () => {
  await using mcp = await connect({ person: agrees, sandboxOptions: { installMs: 60_000 } });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'status', status: 200, acts: true, body: ACCEPTED } });
  const answer = await mcp.call('reinstall_server', { server: 'web01', os: 'debian-13', wait_seconds: 0 });
  const password = mcp.sandbox.world.server('web01').install?.rootPassword ?? '?';
  expect(await handedOver(mcp)).toEqual([expect.stringContaining(`password: ${password}\n`)]);
  const later = await mcp.call('get_server', { server: 'web01' });
  for (const said of [everythingIn(answer), everythingIn(later), mcp.stderr()]) expect(said).not.toContain(password);
});

test('a password that Gigahost returns nowhere is said to be missing', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'reply', body: JSON.parse(ACCEPTED) } });
  const { text, structured } = await mcp.call('reinstall_server', {
    server: 'web01',
    os: 'debian-13',
    wait_seconds: 0,
  });
  expect(structured).toMatchObject({ finished: false, root_password_in: null });
  expect(text).toContain('Gigahost did not return a root password; the user can reset it in the Gigahost panel.');
});

test('a server that still runs its old system is not called reinstalled', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'reply', body: JSON.parse(ACCEPTED) } });
  const { text, structured } = await mcp.call('reinstall_server', {
    server: 'web01',
    os: 'debian-13',
    wait_seconds: 1,
  });
  expect(structured).toMatchObject({ finished: false, state: 'running' });
  expect(text).not.toContain('is reinstalled');
});

test('an installation that was accepted and cannot be read back is not called finished, and not to be repeated', async () => {
  await using mcp = await connect({ person: agrees, sandboxOptions: { installMs: 300 } });
  breakAfter(mcp.sandbox, 2, { path: /^\/servers\/18101$/, fault: { kind: 'status', status: 500 } });
  const { text, structured } = await mcp.call('reinstall_server', {
    server: 'web01',
    os: 'debian-13',
    wait_seconds: 1,
  });
  expect(structured).toMatchObject({ status: 'done', finished: false, state: null });
  expect(text).toMatch(
    /^Gigahost accepted the installation .* How far it is could not be read\. get_server shows .* Do not start it again/,
  );
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
  expect(await handedOver(mcp)).toHaveLength(1);
});

test('an installation whose answer was lost is seen to run, followed, and its password handed over', async () => {
  await using mcp = await connect({ person: agrees, sandboxOptions: { installMs: 600 } });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'after' } });
  const { text, structured, isError } = await mcp.call('reinstall_server', { server: 'web01', os: 'debian-13' });
  expect({ text, isError }).toEqual({
    text: expect.stringContaining('web01 is reinstalled') as unknown,
    isError: false,
  });
  expect(structured).toMatchObject({
    finished: true,
    root_password_in: expect.stringContaining('the file') as unknown,
  });
  expect(await handedOver(mcp)).toHaveLength(1);
  expect(changesOf(mcp.sandbox)).toEqual(['POST /servers/18101/reinstall']);
});

test('a key is found by name or id, and two of one name are told apart', async () => {
  await using mcp = await connect({ person: declines });
  mcp.sandbox.world.account.sshKeys.push({ id: '53', name: 'Deploy', addedAt: 0, data: 'ssh-ed25519 AAAA' });
  const call = (ssh_key: string) => mcp.call('reinstall_server', { server: 'web01', os: 'debian-13', ssh_key });
  expect((await call('deploy')).text).toContain(
    '"deploy" matches 2 SSH keys: "deploy" (id 52), "Deploy" (id 53). Use an id.',
  );
  await call('53');
  expect(mcp.questions[0]?.message).toContain('the SSH key "Deploy" (id 53) is installed');
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('a lost answer is reported as unknown, with the read that settles it, and nothing is sent twice', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'before' } });
  const { text, isError } = await mcp.call('reinstall_server', { server: 'web01', os: 'debian-13' });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /asked to reinstall the server, and it is not known whether that happened.*Do not repeat it: get_server shows/,
  );
  expect(changesOf(mcp.sandbox)).toEqual(['POST /servers/18101/reinstall']);
  expect((await mcp.call('get_server', { server: 'web01' })).structured).toMatchObject({ state: 'running' });
});

test('the plan tells what else would be cut short', async () => {
  await using mcp = await connect({ person: declines, sandboxOptions: { snapshotMs: 60_000, installMs: 60_000 } });
  await mcp.call('create_snapshot', { server: 'web01', name: 'now', wait_seconds: 0 });
  await mcp.call('reinstall_server', { server: 'web01', os: 'debian-13' });
  expect(mcp.questions[0]?.message).toContain('- A snapshot is being taken and may be damaged.');
  expect(mcp.questions[0]?.message).toContain('The newest snapshot is "shop 4.2 live"');
  const { world } = mcp.sandbox;
  const doneAt = world.now() + 60_000;
  const install = { osId: '118', startedAt: world.now(), doneAt, rootPassword: 'x', withSshKey: false, postScript: '' };
  Object.assign(world.server('web02'), { install });
  await mcp.call('reinstall_server', { server: 'web02', os: 'debian-13' });
  expect(mcp.questions[1]?.message).toContain(
    '- An installation is already running; this starts over with another password.',
  );
});

test('where the password could not be handed over, nothing is erased', async () => {
  await using mcp = await connect({ person: agrees });
  await writeFile(join(mcp.stateDir, 'secrets'), 'a file in the way');
  await expectRefusals(mcp, 'reinstall_server', [
    [{ server: 'web01', os: 'debian-13' }, /Secrets could not be handed over: .*Nothing changed\.$/],
  ]);
});

test('a system that is ambiguous, unknown or does not fit, and an unknown key, are answered with what would be right', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.world.server('web02').ramGb = 1;
  await expectRefusals(mcp, 'reinstall_server', [
    [
      { server: 'web01', os: 'debian' },
      /No operating system is called "debian"\. Did you mean debian-11 \(id 88\), debian-12 \(id 101\), debian-13 \(id 118\)\? Use the whole name or the id\. Nothing changed\.$/,
    ],
    [
      { server: 'web01', os: 'debian-14' },
      /No operating system is called "debian-14"\. On offer: debian-11 \(id 88\), debian-12 \(id 101\), debian-13 \(id 118\)\./,
    ],
    [
      { server: 'web01', os: 'plan9' },
      /No operating system is called "plan9"\. On offer: debian-11 .*rocky-linux-9 \(id 105\)\./,
    ],
    [{ server: 'web01', os: 'centos-7' }, /No operating system is called "centos-7"/],
    [
      { server: 'web01', os: 'rocky' },
      /No operating system is called "rocky"\. Did you mean rocky-linux-9 \(id 105\)\? Use the whole name or the id\. Nothing changed\.$/,
    ],
    [{ server: 'web01', os: '!' }, /No operating system is called "!"\. On offer: /],
    [
      { server: 'web01', os: 'windows-server-2022-standard' },
      /Windows Server 2022 Standard is for dedicated servers only\. list_operating_systems with server="web01" shows what fits\./,
    ],
    [{ server: 'legacy-db', os: 'windows-server-2022-standard' }, /needs 16 GB of memory and legacy-db has 8 GB/],
    [{ server: 'web02', os: 'ubuntu-24.04' }, /Ubuntu 24\.04 LTS needs 2 GB of memory and web02 has 1 GB/],
    [
      { server: 'web01', os: 'debian-13', ssh_key: '99' },
      /The account has no SSH key "99"\. It has: "ingrid laptop" \(id 51\), "deploy" \(id 52\)\./,
    ],
  ]);
});

test('a server that is not meant for sure is not reinstalled', async () => {
  await using mcp = await connect({ person: agrees });
  nameTwice(mcp.sandbox);
  await expectRefusals(mcp, 'reinstall_server', [
    [{ server: 'legacy', os: 'debian-13' }, /Did you mean legacy-db/],
    [{ server: 'shop', os: 'debian-13' }, /No server is called "shop"/],
    [{ server: 'web01', os: 'debian-13' }, /"web01" matches 2 servers: .*18101.*18102/],
  ]);
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp = await connect({ person: agrees });
  const right = { server: 'web01', os: 'debian-13' };
  await expectBadArguments(mcp, 'reinstall_server', [
    [{ server: 'web01' }, /os is missing/],
    [{ ...right, os: 118 }, /os must be a text/],
    [{ ...right, hostname: 'web 01' }, /hostname is not a host name such as mail\.example\.no/],
    [{ ...right, hostname: '10.0.0.1' }, /hostname is not a host name/],
    [{ ...right, language: 'english' }, /language is not a locale such as en_US/],
    [{ ...right, keyboard: 'Norwegian' }, /keyboard is not a layout such as no or us/],
    [{ ...right, timezone: 'Oslo' }, /timezone is not a time zone such as Europe\/Oslo/],
    [{ ...right, ssh_key: '' }, /ssh_key must not be empty/],
    [{ ...right, wait_seconds: 4000 }, /wait_seconds must be at most 3600/],
    [{ ...right, distro: 'debian' }, /unknown argument "distro"/],
    [
      { language: 'x', keyboard: 'X', timezone: 'x' },
      /server is missing; os is missing; language is not a locale .*; keyboard .*; timezone /,
    ],
  ]);
});
