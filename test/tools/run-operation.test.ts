import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fill, visit } from '../guard/secrets/support/browse.js';
import { agrees, connect, declines, types } from '../support/connect.js';
import { HOSTILE_ARGUMENTS } from '../support/hostile.js';
import { fileIn } from './support/hosting.js';
import { callsOf, journalOf, SITE, siteOf } from './support/operations.js';
import { changesOf } from './support/upstream.js';

test('what adds something is done at once, on what is called by its name, and read back', async () => {
  await using mcp = await connect({ person: agrees });
  const { text, structured } = await callsOf(mcp).run('createSubdomain', { hosting: SITE, subdomain: 'kurs' });
  expect(mcp.questions).toEqual([]);
  expect(changesOf(mcp.sandbox)).toEqual(['POST /webhosting/4101/subdomain']);
  expect(siteOf(mcp).subdomains).toContain('kurs');
  expect(text).toMatch(/^Done: create the subdomain kurs of the web hosting fjordkaffe\.no \(id 4101\)\.\n\n/);
  expect(structured).toMatchObject({
    operation: 'createSubdomain',
    changed: 'Create the subdomain kurs of the web hosting fjordkaffe.no (id 4101)',
  });
});

test('the same by its id, in another spelling of the operation', async () => {
  await using mcp = await connect();
  await callsOf(mcp).run('create_subdomain', { hosting: '4101', subdomain: 'kurs' });
  await callsOf(mcp).run('CreateSubdomain', { hosting: 4101, subdomain: 'bord' });
  expect(siteOf(mcp).subdomains).toEqual(expect.arrayContaining(['kurs', 'bord']));
});

test('what erases shows what is there, and the name of that thing has to be typed', async () => {
  await using mcp = await connect({ person: agrees });
  const { text, structured } = await callsOf(mcp).run('deleteDatabase', { hosting: SITE, dbname: 'fjordkaf_wp' });
  expect(mcp.questions.map(({ message }) => message)).toEqual([
    'Delete the database fjordkaf_wp of the web hosting fjordkaffe.no (id 4101).\n- Now: name: fjordkaf_wp, user: fjordkaf_wp, host: localhost, size: 46.00\n- It cannot be undone.',
  ]);
  expect(mcp.questions[0]?.properties).toEqual({ name: { type: 'string', title: 'Type fjordkaf_wp to confirm' } });
  expect(structured).toMatchObject({ status: 'done', not_shown_by: 'listDatabases' });
  expect(text).toContain('listDatabases does not show it now.');
  expect(siteOf(mcp).databases).toEqual([]);
});

test('what interrupts takes a yes, and a no or another name changes nothing', async () => {
  await using mcp = await connect({ person: declines });
  const { structured } = await callsOf(mcp).run('deleteDatabase', { hosting: SITE, dbname: 'fjordkaf_wp' });
  expect(structured).toEqual({ status: 'declined' });
  await using other = await connect({ person: types('fjordkaffe') });
  expect((await callsOf(other).run('deleteDatabase', { hosting: SITE, dbname: 'fjordkaf_wp' })).text).toMatch(
    /typed "fjordkaffe", not "fjordkaf_wp"/,
  );
  for (const { sandbox } of [mcp, other]) expect(changesOf(sandbox)).toEqual([]);
});

test('what costs money says so and is confirmed by the name of what it is for', async () => {
  await using mcp = await connect({ person: agrees });
  await callsOf(mcp).run('upgradeWebhosting', { hosting: SITE, product_id: '6103' });
  expect(mcp.questions[0]?.message).toContain(
    '\n- product_id: 6103\n- It costs money; Gigahost’s API does not say beforehand',
  );
  expect(mcp.questions[0]?.properties).toEqual({ name: { type: 'string', title: 'Type fjordkaffe.no to confirm' } });
  expect(siteOf(mcp).packageId).toBe('6103');
});

test('a limit on spending holds for an operation whose price nobody says', async () => {
  await using mcp = await connect({ person: agrees, args: ['--max-spend', '500 NOK'] });
  const { text, isError } = await callsOf(mcp).run('upgradeWebhosting', { hosting: SITE, product_id: '6103' });
  expect(isError).toBe(true);
  expect(text).toMatch(/does not say what this costs/);
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('the effect is that of what is sent', async () => {
  await using mcp = await connect({ person: declines });
  const { run } = callsOf(mcp);
  await run('cancelWebhosting', { hosting: SITE, reason: 'moved' });
  await run('cancelWebhosting', { hosting: SITE, reason: 'moved', early_termination: true });
  await run('createDnsZone', { zone_name: 'ny.no', transfer_domain: true, auth_code: 'flytt-meg-1' });
  expect(mcp.questions.map(({ properties }) => Object.values(properties)[0]?.title)).toEqual([
    'Yes, do it',
    'Type fjordkaffe.no to confirm',
    'Type ny.no to confirm',
  ]);
  expect(mcp.questions[2]?.message).toContain('auth_code: [hidden]');
  const { structured } = await run('createDnsZone', { zone_name: 'ny.no' });
  expect(mcp.questions).toHaveLength(3);
  expect(structured).toMatchObject({ operation: 'createDnsZone' });
});

test('where nobody can be asked there is a plan and a code, good for the same operation and arguments', async () => {
  await using mcp = await connect();
  const call = { operation: 'deleteDatabase', arguments: { hosting: SITE, dbname: 'fjordkaf_wp' } };
  const { text, structured } = await mcp.call('run_operation', call);
  expect(structured).toMatchObject({ status: 'confirmation_required' });
  expect(text).toContain('call run_operation again with the same arguments and confirmation_code=');
  const { confirmation_code } = structured;
  const other = { ...call, arguments: { hosting: SITE, dbname: 'other' }, confirmation_code };
  expect((await mcp.call('run_operation', other)).text).toMatch(/other arguments/);
  const { structured: done } = await mcp.call('run_operation', { ...call, confirmation_code });
  expect(done).toMatchObject({ status: 'done' });
  expect(siteOf(mcp).databases).toEqual([]);
});

test('if the thing changed since the plan, the answer is another plan', async () => {
  await using mcp = await connect();
  const call = { operation: 'deleteDatabase', arguments: { hosting: SITE, dbname: 'fjordkaf_wp' } };
  const { structured } = await mcp.call('run_operation', call);
  const [database] = siteOf(mcp).databases;
  if (database) database.sizeBytes *= 2;
  const { text } = await mcp.call('run_operation', { ...call, confirmation_code: structured['confirmation_code'] });
  expect(text).toMatch(/The state changed since the last plan/);
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('a password is made up, handed over, and neither in the answer nor on record', async () => {
  await using mcp = await connect({ person: agrees });
  const { text, structured } = await callsOf(mcp).run('createDatabase', {
    hosting: SITE,
    name: 'shop',
    password: { generate: true },
  });
  const password = siteOf(mcp).databases.find(({ name }) => name === 'shop')?.password ?? '';
  expect(password).toMatch(/^[A-Za-z0-9]{24}$/);
  expect(await readFile(fileIn(structured['secrets_in']), 'utf8')).toContain(`password: ${password}\n`);
  expect(`${text}${JSON.stringify(structured)}${await journalOf(mcp)}`).not.toContain(password);
  const { structured: changes } = await mcp.call('list_changes');
  expect(JSON.stringify(changes['rows'])).toContain('Create the database shop');
});

test('a password that was given is on record as hidden, however short, and the operation is named', async () => {
  await using mcp = await connect({ person: agrees });
  await callsOf(mcp).run('createDatabase', { hosting: SITE, name: 'shop', password: 'hemmelig-ord-77' });
  await callsOf(mcp).run('setTwoFactor', { type: 'disable', code: '012345' });
  const [created, , switched] = (await journalOf(mcp))
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as object);
  expect(created).toMatchObject({
    tool: 'run_operation',
    arguments: { operation: 'createDatabase', arguments: { hosting: SITE, name: 'shop', password: '[hidden]' } },
    zone: SITE,
  });
  expect(switched).toMatchObject({ arguments: { operation: 'setTwoFactor', arguments: { code: '[hidden]' } } });
  expect(await journalOf(mcp)).not.toMatch(/hemmelig-ord-77|012345/);
});

test('a password is taken from the first line of a file, and nothing of the file is told', async () => {
  await using mcp = await connect({ person: agrees });
  const file = join(mcp.stateDir, 'password.txt');
  await writeFile(file, 'fra-en-fil-5502\nanother line\n');
  const { run } = callsOf(mcp);
  await run('createDatabase', { hosting: SITE, name: 'shop', password: { file } });
  expect(siteOf(mcp).databases.at(-1)).toMatchObject({ name: 'shop', password: 'fra-en-fil-5502' });
  await writeFile(file, 'x'.repeat(5000));
  for (const [password, says] of [
    [{ file }, /too large to hold a secret/],
    [{ file: 'password.txt' }, /not an absolute path/],
    [{ file: mcp.stateDir }, /is not a file/],
    [{ file: join(mcp.stateDir, 'none') }, /cannot be used \(ENOENT\)/],
    [{ generate: false }, /password must be \{"generate": true\}, \{"ask": true\}, \{"file": "\/path"\} or text/],
    [7, /password must be \{"generate/],
  ] as const) {
    const { text, isError } = await run('createDatabase', { hosting: SITE, name: 'other', password });
    expect(isError).toBe(true);
    expect(text).toMatch(says);
  }
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test.for(['v1', 'v2-pinned'] as const)(
  'through a %s client secrets are typed in by the person, each on a page of its own, past the conversation',
  async generation => {
    const titles: string[] = [];
    await using mcp = await connect({
      generation,
      person: agrees,
      visitor: async ({ url, message }) => {
        titles.push(message);
        expect((await visit('GET', url)).body).toContain('name="secret"');
        const typed = message.includes('Current') ? 'gammelt-ord-1' : 'helt-nytt-ord-2';
        const { status } = await fill(url, typed);
        expect(status).toBe(200);
        return { action: 'accept' };
      },
    });
    const answer = await callsOf(mcp).run('changePassword', { current: { ask: true }, new: { ask: true } });
    expect(titles, answer.text).toHaveLength(2);
    expect(titles[0]).toMatch(/This needs: Current\./);
    expect(
      mcp.sandbox.calls('POST', /password/).at(-1)?.body ?? mcp.sandbox.calls('PUT', /password/).at(-1)?.body,
    ).toMatchObject({ current: 'gammelt-ord-1', new: 'helt-nytt-ord-2' });
    expect(
      `${answer.text}${JSON.stringify(answer.structured)}${JSON.stringify(mcp.questions)}${await journalOf(mcp)}${mcp.stderr()}`,
    ).not.toMatch(/gammelt-ord-1|helt-nytt-ord-2/);
  },
);

test('what the person types for an operation is checked like an argument', async () => {
  const seen: string[] = [];
  await using mcp = await connect({
    person: agrees,
    visitor: async ({ url }) => {
      const { status, body } = await fill(url, '12');
      seen.push(`${status} ${/That [^<]*/.exec(body)?.[0] ?? ''}`);
      return { action: 'decline' };
    },
  });
  const { text, structured } = await callsOf(mcp).run('setTwoFactor', { type: 'disable', code: { ask: true } });
  expect(structured, text).toEqual({ status: 'declined' });
  expect(seen).toEqual(['422 That must be six digits.']);
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('no code and no present password is ever made up', async () => {
  await using mcp = await connect({ person: agrees });
  const { run } = callsOf(mcp);
  const code = await run('setTwoFactor', { type: 'disable', code: { generate: true } });
  expect(code.text).toMatch(/^setTwoFactor was not called: code must be \{"ask": true\}, \{"file"/);
  const current = await run('changePassword', { current: { generate: true }, new: { generate: true } });
  expect(current.text).toMatch(/current must be \{"ask": true\}, \{"file"/);
  expect(mcp.sandbox.requests).toEqual([]);
});

test('a lost answer is reported as unknown with the read that settles it, sent once, and the password is not lost', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await callsOf(mcp).run('setDatabasePassword', {
    hosting: SITE,
    dbname: 'fjordkaf_wp',
    password: { generate: true },
  });
  expect(isError).toBe(true);
  expect(text).toMatch(/asked to change the database password, and it is not known whether that happened/);
  expect(text).toMatch(
    /Do not repeat it: read_operation with operation="listDatabases" and hosting="fjordkaffe\.no" shows whether it did\./,
  );
  const file = /what was sent for it is in the file (\S+)/.exec(text)?.[1] ?? '';
  expect(await readFile(file, 'utf8')).toContain(`password: ${String(siteOf(mcp).databases[0]?.password)}`);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
  expect((await mcp.call('list_changes')).structured['rows']).toMatchObject([expect.arrayContaining(['unknown'])]);
});

test('wrong arguments are answered with what the operation takes, and nothing is sent', async () => {
  await using mcp = await connect({ person: agrees });
  const { run } = callsOf(mcp);
  for (const [operation, args, says] of [
    [
      'setEmailQuota',
      {},
      'setEmailQuota was not called: hosting is missing; email is missing; quota is missing. It takes hosting, email, quota. Nothing changed.',
    ],
    [
      'setEmailQuota',
      { id: '4101', hosting: SITE, email: 'post', quota: 'much' },
      'setEmailQuota was not called: unknown argument "id"; quota must be a number. It takes hosting, email, quota. Nothing changed.',
    ],
    [
      'setEmailDkim',
      { hosting: true, enable: 'yes' },
      'setEmailDkim was not called: hosting must be a text; enable must be true or false. It takes hosting, enable. Nothing changed.',
    ],
    ['createDatabase', { hosting: SITE, name: '', password: { generate: true } }, /name must not be empty/],
    ['upgradeWebhosting', { hosting: SITE, product_id: 'x' }, /product_id must be an id: digits only/],
    ['resetPassword', {}, /^resetPassword was not called: /],
  ] as const) {
    const { text, isError } = await run(operation, args);
    expect(isError, operation).toBe(true);
    expect(text).toMatch(typeof says === 'string' ? new RegExp(`^${says.replace(/[.()?]/g, '\\$&')}$`) : says);
  }
  expect(mcp.sandbox.requests).toEqual([]);
});

test('a reference that names nothing is answered with what there is', async () => {
  await using mcp = await connect({ person: agrees });
  const { run } = callsOf(mcp);
  expect((await run('setEmailDkim', { hosting: 'nordlys.no', enable: true })).text).toMatch(
    /There is no web hosting account called "nordlys\.no"\. There are: fjordkaffe\.no \(id 4101\)/,
  );
  expect((await run('deleteClient', { client: 'Nordlys' })).text).toMatch(/no sub-client called "Nordlys"/);
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('hostile references and names reach nothing but reads, in one line', async () => {
  await using mcp = await connect();
  const { run } = callsOf(mcp);
  for (const argument of HOSTILE_ARGUMENTS) {
    for (const args of [
      { hosting: argument, dbname: 'x' },
      { hosting: SITE, dbname: argument },
    ]) {
      const { text } = await run('deleteDatabase', args);
      expect(text.length).toBeLessThan(4000);
    }
    await mcp.call('run_operation', { operation: argument, arguments: argument });
  }
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('an operation that does what a tool does is handed to the tool, also one that is not listed', async () => {
  await using mcp = await connect({ person: agrees, args: ['--toolsets', 'operations'] });
  const { run } = callsOf(mcp);
  const { text, structured } = await run('createEmail', { hosting: SITE, address: 'ny' });
  expect(text).toMatch(/^There is a mailbox ny@fjordkaffe\.no now/);
  expect(structured).toMatchObject({ address: 'ny@fjordkaffe.no', listed: true });
  await run('rebootServer', { server: 'web01' });
  expect(mcp.questions[0]?.message).toMatch(/^Reboot web01 \(VPS 18101/);
  await run('rename_server', { server: 'web02', name: 'web-two' });
  expect(mcp.sandbox.world.server('18102').name).toBe('web-two');
  expect(JSON.parse((await journalOf(mcp)).trim().split('\n').at(-2) ?? '')).toMatchObject({
    tool: 'run_operation',
    arguments: { operation: 'rename_server', arguments: { server: 'web02', name: 'web-two' } },
    undo: { tool: 'rename_server' },
  });
});

test('what was changed by way of it can be taken back', async () => {
  await using mcp = await connect({ person: agrees, args: ['--toolsets', 'operations,changes'] });
  await callsOf(mcp).run('rename_server', { server: 'web02', name: 'web-two' });
  const { isError } = await mcp.call('undo_change');
  expect(isError).toBe(false);
  expect(mcp.sandbox.world.server('18102').name).toBe('web02');
});

test('called with what the operation takes, the tool says what it takes', async () => {
  await using mcp = await connect({ person: agrees });
  const { text, isError } = await callsOf(mcp).run('createEmail', { hosting: SITE, email: 'ny', password: 'x' });
  expect(isError).toBe(true);
  expect(text).toBe(
    'createEmail is done by create_mailbox. create_mailbox was not called: address is missing; unknown argument "email", "password". It takes hosting, address, quota_mb?. Nothing changed.',
  );
  expect(mcp.sandbox.requests).toEqual([]);
});

test('what is excluded stays excluded by every name, and whole by a part of it', async () => {
  await using mcp = await connect({
    person: agrees,
    args: ['--exclude-tools', 'reboot_server,create_mailbox,set_user_access,create_dns_zone'],
  });
  const { run, read } = callsOf(mcp);
  for (const [operation, tool] of [
    ['rebootServer', 'reboot_server'],
    ['reboot_server', 'reboot_server'],
    ['REBOOT-SERVER', 'reboot_server'],
    ['createEmail', 'create_mailbox'],
    ['updateUser', 'set_user_access'],
    ['createDnsZone', 'create_dns_zone'],
  ] as const)
    for (const call of [run, read]) {
      const { text, isError } = await call(operation, { server: 'web01' });
      expect(isError).toBe(true);
      expect(text).toContain(
        `${tool}, which does this, is switched off here: it is excluded (--exclude-tools). Nothing was sent to Gigahost.`,
      );
    }
  expect(mcp.sandbox.requests).toEqual([]);
});

test('a server that only looks runs nothing, by neither tool', async () => {
  await using mcp = await connect({ args: ['--read-only'] });
  const { run, read } = callsOf(mcp);
  expect((await run('createSubdomain', { hosting: SITE, subdomain: 'kurs' })).text).toBe(
    'run_operation is switched off here: this server only looks (--read-only). Nothing was sent to Gigahost.',
  );
  expect((await read('createSubdomain', { hosting: SITE, subdomain: 'kurs' })).text).toMatch(
    /^createSubdomain changes something: run_operation would call it, and is switched off here: this server only looks/,
  );
  expect((await read('rebootServer', { server: 'web01' })).text).toMatch(/reboot_server, .* \(--read-only\)/);
  expect((await read('listDatabases', { hosting: SITE })).isError).toBe(false);
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test.for([
  'closeAccount',
  'close_account',
  'CLOSEACCOUNT',
  'close-account',
  'DELETE /account/delete',
  '/account/delete',
])('the account cannot be closed by %s', async operation => {
  await using mcp = await connect({ person: agrees });
  const { run, read } = callsOf(mcp);
  for (const call of [run, read])
    expect((await call(operation)).text).toMatch(
      new RegExp(`^There is no operation or tool called "${operation.replaceAll('/', '\\/')}"\\.`),
    );
  expect(mcp.sandbox.requests).toEqual([]);
});

test('the other tool is named for what only looks, for what changes, and for signing in there is none', async () => {
  await using mcp = await connect({ person: agrees });
  const { run, read } = callsOf(mcp);
  expect((await run('listDatabases', { hosting: SITE })).text).toMatch(/only looks: call it with read_operation/);
  expect((await read('deleteDatabase', { hosting: SITE, dbname: 'x' })).text).toMatch(
    /changes something: call it with run_operation/,
  );
  expect((await read('rebootServer', { server: 'web01' })).text).toMatch(/reboot_server changes something/);
  for (const call of [run, read]) expect((await call('authenticate')).text).toMatch(/signs in by itself/);
  for (const call of [run, read])
    expect((await call('run_operation', { operation: 'listDpas' })).text).toMatch(/no operation or tool/);
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('one change touches no more than the operator allows', async () => {
  await using mcp = await connect({ person: agrees, args: ['--max-targets', '2'] });
  const paths = ['/public_html/a', '/public_html/b', '/public_html/c'];
  expect((await callsOf(mcp).run('deleteFiles', { hosting: SITE, paths })).text).toMatch(/touches 3 things at once/);
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('what another tool can do as well is not to be had by way of an operation when that tool is excluded', async () => {
  const excluded = 'transfer_domain,set_dns_records,list_mailboxes,list_hosting_backups';
  await using mcp = await connect({ person: agrees, args: ['--exclude-tools', excluded] });
  const { run, read } = callsOf(mcp);
  for (const [call, operation, tool] of [
    [run, 'createDnsZone', 'transfer_domain'],
    [run, 'updateDynDns', 'set_dns_records'],
    [read, 'listEmailForwarders', 'list_mailboxes'],
    [read, 'getEmailCatchAll', 'list_mailboxes'],
    [read, 'listAppBackups', 'list_hosting_backups'],
  ] as const)
    expect((await call(operation)).text).toContain(`${tool}, which does this, is switched off here: it is excluded`);
  expect(mcp.sandbox.requests).toEqual([]);
});

test('nobody is made an administrator, or loses a login, without a yes', async () => {
  await using mcp = await connect({ person: declines });
  const { run } = callsOf(mcp);
  const drift = { contact_name: 'Drift', contact_username: 'drift@example.no', contact_access_level: 'admin' };
  for (const change of [drift, { ...drift, contact_username: 'other@example.no' }])
    expect((await run('updateUser', { user: 'Drift', ...change })).structured).toEqual({ status: 'declined' });
  expect(mcp.questions).toHaveLength(2);
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('a thing that is changed is called by the name it has, not by what it is to be called', async () => {
  await using mcp = await connect({ person: agrees });
  const { text } = await callsOf(mcp).run('updateUser', {
    user: 'Drift',
    contact_name: 'Vakt',
    contact_username: 'drift@example.no',
    contact_access_level: 'server',
  });
  expect(mcp.questions[0]?.message).toMatch(
    /^Change the user Drift \(drift@example\.no, id 33\)\.\n- Now: id: 33, name: Drift/,
  );
  expect(text).toContain('Now: id: 33, name: Vakt');
});

test('names of the language among the fields of an argument are names like others', async () => {
  await using mcp = await connect();
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    const permissions = JSON.parse(`{"${name}": {"access": "full"}}`) as unknown;
    const { text, isError } = await callsOf(mcp).run('createApiKey', { label: 'x', permissions });
    expect(isError, name).toBe(true);
    expect(text, name).toMatch(/You do not have permission/);
  }
});
