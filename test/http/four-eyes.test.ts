import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startAccounts } from '../support/accounts.js';
import { agrees, declines, types, type Person, type Talking, type ToolAnswer } from '../support/connect.js';
import { serve, type Served, type ServeOptions } from '../support/http.js';
import { startIssuer } from '../support/issuer.js';
import { serveOAuth } from '../support/oauth.js';
import { changesOf, everythingIn } from '../tools/support/upstream.js';

const TEAM = [
  { name: 'vera', role: 'viewer' },
  { name: 'olav', role: 'operator' },
  { name: 'ada', role: 'admin' },
  { name: 'bo', role: 'admin' },
  { name: 'kim', role: 'admin', onlyServers: ['db*'] },
] as const;
const REINSTALL = { server: 'web01', os: 'debian-13', wait_seconds: 0 };
const SITE = 'fjordkaffe.no';
const TOOLS = ['list_pending_changes', 'approve_change', 'withdraw_change'];

const start = (options: ServeOptions = {}): Promise<Served> =>
  serve({ principals: TEAM, args: ['--four-eyes', 'destroy,purchase'], ...options });
const as = (server: Served, name: string, person: Person = agrees) =>
  server.connect({ generation: 'v2-pinned', as: name, person });

/** What a tool that became pending answered: its id. */
function pendingIn(answer: ToolAnswer): string {
  expect(answer.structured, answer.text).toMatchObject({ status: 'pending_approval' });
  return String(answer.structured['pending_id']);
}

async function rows(mcp: Talking, tool = 'list_pending_changes'): Promise<Record<string, unknown>[]> {
  const { structured, text } = await mcp.call(tool);
  const columns = (structured['columns'] ?? expect.fail(text)) as string[];
  return (structured['rows'] as unknown[][]).map(row =>
    Object.fromEntries(row.map((cell, at) => [columns[at] ?? '', cell])),
  );
}

/** The changes on record, oldest first. */
async function journalOf({ stateDir }: Served): Promise<Record<string, unknown>[]> {
  const lines = (await readFile(join(stateDir, 'journal.jsonl'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const entries = new Map<unknown, Record<string, unknown>>();
  for (const line of lines) {
    const parsed = JSON.parse(line) as Record<string, unknown>;
    entries.set(parsed['id'], { ...entries.get(parsed['id']), ...parsed });
  }
  return [...entries.values()];
}

const namesOf = async ({ client }: Talking): Promise<string[]> =>
  (await (client as { listTools(): Promise<{ tools: { name: string }[] }> }).listTools()).tools.map(({ name }) => name);

test('what was asked for and confirmed waits, shown in full, and nothing is sent', async () => {
  await using server = await start();
  await using ada = await as(server, 'ada');
  await using bo = await as(server, 'bo');
  const answer = await ada.call('reinstall_server', REINSTALL);
  const id = pendingIn(answer);
  expect(ada.questions).toHaveLength(1);
  expect(answer.text).toMatch(
    /^NOTHING CHANGED YET\. This waits until a second person approves it\.\n\nReinstall web01/,
  );
  expect(answer.text).toContain(`with the role admin can approve it until ${String(answer.structured['expires_at'])}`);
  expect(answer.text).toContain(`approve_change with id="${id}"`);
  expect(answer.text).toContain(`withdraw_change with id="${id}"`);
  expect(Date.parse(String(answer.structured['expires_at'])) - Date.now()).toBeGreaterThan(23 * 3_600_000);
  const shown = {
    id,
    asked_by: 'ada',
    at: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
    until: answer.structured['expires_at'],
    effect: 'destroy',
    tool: 'reinstall_server',
    what: expect.stringMatching(/^Reinstall web01/) as unknown,
    what_follows: expect.stringContaining('The root password changes') as unknown,
  };
  expect(await rows(bo)).toEqual([{ ...shown, cost: null, you: 'can approve it' }]);
  expect(await rows(ada)).toMatchObject([{ ...shown, you: 'asked for it' }]);
  expect(changesOf(server.sandbox)).toEqual([]);
  expect(await journalOf(server)).toMatchObject([
    { id: answer.structured['change_id'], principal: 'ada', outcome: 'pending', tool: 'reinstall_server' },
  ]);
  // What is not of the chosen effects is done at once.
  expect((await ada.call('reboot_server', { server: 'web02' })).structured).toMatchObject({ status: 'done' });
});

test('its requester says yes first: a no is a no', async () => {
  await using server = await start();
  await using ada = await as(server, 'ada', declines);
  const answer = await ada.call('reinstall_server', REINSTALL);
  expect(answer.structured).toMatchObject({ status: 'declined' });
  expect(await rows(ada)).toEqual([]);
});

test('a second person approves it by typing the name, and it is carried out once, with both names on record', async () => {
  await using server = await start();
  await using ada = await as(server, 'ada');
  await using bo = await as(server, 'bo', types('web01'));
  const id = pendingIn(await ada.call('reinstall_server', REINSTALL));

  const own = await ada.call('approve_change', { id });
  expect(own).toMatchObject({ isError: true, text: expect.stringMatching(/asked for by the same person/) as unknown });
  expect(changesOf(server.sandbox)).toEqual([]);

  const done = await bo.call('approve_change', { id });
  expect(done.structured, done.text).toMatchObject({ status: 'done', server: 'web01', requested_by: 'ada' });
  expect(done.text).toContain('ada asked for it, and bo approved it.');
  expect(bo.questions).toMatchObject([{ message: expect.stringMatching(/ada asked for it at /) as unknown }]);
  expect(changesOf(server.sandbox)).toHaveLength(1);
  const again = await bo.call('approve_change', { id });
  expect(again.text).toMatch(/^No change \S+ waits for you/);
  expect(changesOf(server.sandbox)).toHaveLength(1);
  expect(await rows(ada)).toEqual([]);
  expect(await journalOf(server)).toMatchObject([
    { principal: 'ada', outcome: 'approved', reason: expect.stringContaining('approved by bo: change c') as unknown },
    {
      id: done.structured['change_id'],
      principal: 'ada',
      approved_by: 'bo',
      tool: 'reinstall_server',
      arguments: REINSTALL,
      outcome: 'applied',
    },
  ]);
  for (const mcp of [ada, bo])
    expect(await rows(mcp, 'list_changes')).toContainEqual(
      expect.objectContaining({ who: 'ada, approved by bo', outcome: 'applied' }),
    );
});

test('whoever approves can decline, and it goes on waiting; a wrong name is no yes', async () => {
  await using server = await start();
  await using ada = await as(server, 'ada');
  await using bo = await as(server, 'bo', declines);
  await using hasty = await as(server, 'bo', types('web02'));
  const id = pendingIn(await ada.call('reinstall_server', REINSTALL));
  for (const mcp of [bo, hasty])
    expect((await mcp.call('approve_change', { id })).structured).toMatchObject({ status: 'declined' });
  expect(changesOf(server.sandbox)).toEqual([]);
  expect(await rows(ada)).toMatchObject([{ id }]);
  expect((await journalOf(server)).slice(1)).toMatchObject([
    { principal: 'bo', approved_by: null, tool: 'approve_change', outcome: 'declined' },
    { principal: 'bo', tool: 'approve_change', outcome: 'declined' },
  ]);
});

test('a client that cannot ask gets codes for both yeses', async () => {
  await using server = await start();
  await using ada = await server.connect({ as: 'ada' });
  await using bo = await server.connect({ as: 'bo' });
  const confirmed = async (mcp: Talking, tool: string, args: Record<string, unknown>): Promise<ToolAnswer> => {
    const { structured, text } = await mcp.call(tool, args);
    expect(structured, text).toMatchObject({ status: 'confirmation_required' });
    return mcp.call(tool, { ...args, confirmation_code: structured['confirmation_code'] });
  };
  const id = pendingIn(await confirmed(ada, 'reinstall_server', REINSTALL));
  expect(changesOf(server.sandbox)).toEqual([]);
  const done = await confirmed(bo, 'approve_change', { id });
  expect(done.structured, done.text).toMatchObject({ status: 'done' });
  expect(changesOf(server.sandbox)).toHaveLength(1);
});

test.for([
  ['vera', /approve_change is switched off here: your role here, viewer/],
  ['olav', /^No change \S+ waits for you/],
  ['kim', /^No change \S+ waits for you/],
] as const)('%s may not approve it, nor see or withdraw it', async ([name, says]) => {
  await using server = await start();
  await using ada = await as(server, 'ada');
  await using mcp = await as(server, name);
  const id = pendingIn(await ada.call('reinstall_server', REINSTALL));
  expect(await rows(mcp)).toEqual([]);
  const answer = await mcp.call('approve_change', { id });
  expect(answer.text).toMatch(says);
  expect((await mcp.call('withdraw_change', { id })).isError).toBe(true);
  expect((await mcp.call('run_operation', { operation: 'approve_change', arguments: { id } })).isError).toBe(true);
  expect(mcp.questions).toEqual([]);
  expect(changesOf(server.sandbox)).toEqual([]);
  expect(await rows(ada)).toMatchObject([{ id }]);
});

test('nor may somebody from whom the tool was taken, but in their own scope everybody else', async () => {
  await using server = await start({
    principals: [...TEAM, { name: 'tor', role: 'admin', excludeTools: ['reinstall_server'] }],
  });
  await using ada = await as(server, 'ada');
  await using tor = await as(server, 'tor');
  await using kim = await as(server, 'kim');
  const id = pendingIn(await ada.call('reinstall_server', { ...REINSTALL, server: 'db01' }));
  expect(await rows(tor)).toEqual([]);
  expect((await tor.call('approve_change', { id })).text).toMatch(/^No change/);
  expect(await rows(kim)).toMatchObject([{ id, you: 'can approve it' }]);
  expect((await kim.call('approve_change', { id })).structured).toMatchObject({ status: 'done', server: 'db01' });
});

test('two who approve it at once carry it out once', async () => {
  await using server = await start({ principals: [...TEAM, { name: 'eva', role: 'admin' }] });
  await using ada = await as(server, 'ada');
  await using bo = await as(server, 'bo');
  await using eva = await as(server, 'eva');
  const id = pendingIn(await ada.call('delete_dns_zone', { zone: 'fjordkaffe.example' }));
  server.sandbox.misbehave({ method: 'DELETE', fault: { kind: 'delay', ms: 200 } });
  const answers = await Promise.all([bo, eva].map(mcp => mcp.call('approve_change', { id })));
  expect(answers.filter(({ isError }) => !isError)).toHaveLength(1);
  expect(answers.find(({ isError }) => isError)?.text).toMatch(
    /^The change \S+ does not wait any more: somebody approved or withdrew it meanwhile. Nothing changed\.$/,
  );
  expect(changesOf(server.sandbox)).toHaveLength(1);
});

test('where the state moved it is not carried out, and what is different is said', async () => {
  await using server = await start();
  await using ada = await as(server, 'ada');
  await using bo = await as(server, 'bo');
  const redirect = (mcp: Talking, target: string | null): Promise<ToolAnswer> =>
    mcp.call('set_redirect', { zone: 'fjordkaffe.example', source: 'kampanje', target });
  await redirect(ada, 'https://old.example.no/');
  const id = pendingIn(await redirect(ada, null));
  expect((await redirect(bo, 'https://new.example.no/')).structured).toMatchObject({ status: 'done' });
  const before = changesOf(server.sandbox);
  const answer = await bo.call('approve_change', { id });
  expect(answer.isError).toBe(true);
  expect(answer.text).toMatch(/It is not carried out: the state is not what it was when the change \S+ was asked for/);
  expect(answer.text).toMatch(/\(now: "https: ?\/\/old\.example\.no\/", now "https: ?\/\/new\.example\.no\/"\)/);
  expect(answer.text).toMatch(/Nothing changed\.$/);
  expect(changesOf(server.sandbox)).toEqual(before);
  expect((await journalOf(server)).at(-1)).toMatchObject({
    principal: 'bo',
    tool: 'approve_change',
    outcome: 'refused',
    reason: expect.stringContaining('not what it was') as unknown,
  });
});

describe('it is withdrawn', () => {
  test.for(['ada', 'bo'])('by %s', async name => {
    await using server = await start();
    await using ada = await as(server, 'ada');
    await using bo = await as(server, 'bo');
    const id = pendingIn(await ada.call('reinstall_server', REINSTALL));
    await using mcp = await as(server, name);
    const answer = await mcp.call('withdraw_change', { id });
    expect(answer.structured, answer.text).toMatchObject({ withdrawn: id, requested_by: 'ada' });
    expect(mcp.questions).toEqual([]);
    expect((await bo.call('approve_change', { id })).text).toMatch(/^No change/);
    expect(changesOf(server.sandbox)).toEqual([]);
    expect(await rows(ada)).toEqual([]);
    expect(await journalOf(server)).toMatchObject([
      { principal: 'ada', outcome: 'withdrawn', reason: `withdrawn by ${name}` },
      { principal: name, tool: 'withdraw_change', outcome: 'applied' },
    ]);
  });
});

describe('whatever way it comes in', () => {
  test('a tool through run_operation', async () => {
    await using server = await start();
    await using ada = await as(server, 'ada');
    await using bo = await as(server, 'bo');
    const id = pendingIn(await ada.call('run_operation', { operation: 'reinstall_server', arguments: REINSTALL }));
    expect(changesOf(server.sandbox)).toEqual([]);
    const done = await bo.call('run_operation', { operation: 'approve_change', arguments: { id } });
    expect(done.structured, done.text).toMatchObject({ status: 'done', requested_by: 'ada' });
    expect(changesOf(server.sandbox)).toHaveLength(1);
  });

  test('an operation', async () => {
    await using server = await start();
    await using ada = await as(server, 'ada');
    await using bo = await as(server, 'bo');
    const call = { operation: 'deleteEmail', arguments: { hosting: SITE, email: `post@${SITE}` } };
    const id = pendingIn(await ada.call('run_operation', call));
    expect(changesOf(server.sandbox)).toEqual([]);
    expect(await rows(bo)).toMatchObject([{ id, tool: 'run_operation' }]);
    const done = await bo.call('approve_change', { id });
    expect(done.structured, done.text).toMatchObject({ requested_by: 'ada' });
    expect(changesOf(server.sandbox)).toHaveLength(1);
    expect((await journalOf(server)).at(-1)).toMatchObject({ principal: 'ada', approved_by: 'bo', outcome: 'applied' });
  });

  test('taking back a change, which whoever approves did not see made', async () => {
    await using server = await start();
    await using ada = await as(server, 'ada');
    await using bo = await as(server, 'bo');
    const made = await ada.call('set_redirect', {
      zone: 'fjordkaffe.example',
      source: 'kampanje',
      target: 'https://www.example.no/',
    });
    const id = pendingIn(await ada.call('undo_change'));
    const before = changesOf(server.sandbox).length;
    const done = await bo.call('approve_change', { id });
    expect(done.structured, done.text).toMatchObject({ undone: made.structured['change_id'], target: null });
    expect(changesOf(server.sandbox)).toHaveLength(before + 1);
    expect((await journalOf(server)).at(-1)).toMatchObject({ undoes: made.structured['change_id'], approved_by: 'bo' });
    expect((await ada.call('undo_change', { change: made.structured['change_id'] })).text).toMatch(/already undone/);
  });

  test('without any confirmation, where the operator took that away', async () => {
    await using server = await start({ args: ['--four-eyes', 'all', '--dangerously-skip-confirmation'] });
    await using ada = await as(server, 'ada');
    await using olav = await as(server, 'olav');
    const id = pendingIn(await ada.call('reboot_server', { server: 'web01' }));
    expect((await ada.call('approve_change', { id })).isError).toBe(true);
    expect(changesOf(server.sandbox)).toEqual([]);
    expect((await olav.call('approve_change', { id })).structured).toMatchObject({ status: 'done' });
    expect(changesOf(server.sandbox)).toHaveLength(1);
    expect([...ada.questions, ...olav.questions]).toEqual([]);
  });
});

test('it can hold for one principal alone', async () => {
  await using server = await start({
    principals: [TEAM[2], TEAM[0], { name: 'bo', role: 'admin', fourEyes: ['destroy'] }],
    args: [],
  });
  await using ada = await as(server, 'ada');
  await using bo = await as(server, 'bo');
  expect(await namesOf(ada)).toEqual(expect.arrayContaining(TOOLS));
  expect((await ada.call('reinstall_server', { ...REINSTALL, server: 'db01' })).structured).toMatchObject({
    status: 'done',
  });
  const id = pendingIn(await bo.call('reinstall_server', REINSTALL));
  expect((await ada.call('approve_change', { id })).structured).toMatchObject({ status: 'done' });
});

test('where nothing waits there is nothing to approve', async () => {
  await using server = await start({ args: [] });
  await using ada = await as(server, 'ada');
  const names = await namesOf(ada);
  for (const name of TOOLS) expect(names).not.toContain(name);
  const words = /switched off here: nobody has to approve changes here \(--four-eyes\)/;
  expect((await ada.call('approve_change', { id: 'p1' })).text).toMatch(words);
  const around = await ada.call('run_operation', { operation: 'approve_change', arguments: { id: 'p1' } });
  expect(around.text).toMatch(words);
});

test('what would keep a secret, or something about a person, is refused with the reason', async () => {
  await using server = await start({ args: ['--four-eyes', 'all', '--toolsets', 'all'] });
  await using ada = await as(server, 'ada');
  await using bo = await as(server, 'bo');
  const transfer = await ada.call('transfer_domain', { domain: 'kaffe.no', auth_code: 'hemmelig-kode-9' });
  expect(transfer).toMatchObject({ isError: true });
  expect(transfer.text).toMatch(/would have to wait for a second person \(--four-eyes\), and it takes what only one/);
  expect(everythingIn(transfer)).not.toContain('hemmelig-kode-9');
  const setPassword = (password: unknown): Promise<ToolAnswer> =>
    ada.call('run_operation', {
      operation: 'setDatabasePassword',
      arguments: { hosting: SITE, dbname: 'fjordkaf_wp', password },
    });
  // One is too short to be told from other text wherever it stands.
  for (const password of ['hemmelig-passord-9', 'x9!'])
    expect((await setPassword(password)).text).toMatch(/and it holds a secret/);
  expect(ada.questions).toEqual([]);
  expect(await rows(ada)).toEqual([]);
  expect(changesOf(server.sandbox)).toEqual([]);
  expect(JSON.stringify(await journalOf(server))).not.toMatch(/hemmelig|x9!/);

  const id = pendingIn(await setPassword({ generate: true }));
  const done = await bo.call('approve_change', { id });
  expect(done.text).toMatch(/Secrets are in \S/);
});

test('what waits for one Gigahost account is nothing to somebody of another', async () => {
  await using both = await startAccounts([{}, {}]);
  const [first, second] = both.accounts;
  Object.assign(second?.world.account ?? {}, { id: '99' });
  await using server = await serve({
    principals: [
      { name: 'ada', role: 'admin', apiKeyEnv: 'KEY_ONE' },
      { name: 'bo', role: 'admin', apiKeyEnv: 'KEY_ONE' },
      { name: 'eve', role: 'admin', apiKeyEnv: 'KEY_TWO' },
    ],
    args: ['--four-eyes', 'destroy'],
    env: { GIGAHOST_BASE_URL: both.url, GIGAHOST_API_KEY: undefined, KEY_ONE: first?.apiKey, KEY_TWO: second?.apiKey },
  });
  await using ada = await as(server, 'ada');
  await using bo = await as(server, 'bo');
  await using eve = await as(server, 'eve');
  const id = pendingIn(await ada.call('reinstall_server', REINSTALL));
  expect(await rows(eve)).toEqual([]);
  expect((await eve.call('approve_change', { id })).text).toMatch(/^No change/);
  expect((await bo.call('approve_change', { id })).structured).toMatchObject({ status: 'done' });
  expect([first, second].map(one => one && changesOf(one).length)).toEqual([1, 0]);
});

test('a bought thing counts for whoever asked for it', async () => {
  await using server = await start({
    principals: [
      { name: 'ada', role: 'admin', maxSpend: '250 NOK' },
      { name: 'bo', role: 'admin', maxSpend: '1 NOK' },
    ],
    args: ['--four-eyes', 'purchase'],
  });
  await using ada = await as(server, 'ada');
  await using bo = await as(server, 'bo');
  const first = pendingIn(await ada.call('top_up_credit', { amount: 120 }));
  const second = pendingIn(await ada.call('upgrade_server', { server: 'db01', package: '7957' }));
  const done = await bo.call('approve_change', { id: first });
  expect(done.structured, done.text).toMatchObject({ status: 'done' });
  const over = await bo.call('approve_change', { id: second });
  expect(over.text).toMatch(/was spent in the last 24 hours/);
  expect(changesOf(server.sandbox)).toHaveLength(1);
});

test('people whom an issuer knows approve for each other, and not for themselves with another token', async () => {
  await using issuer = await startIssuer();
  await using server = await serveOAuth(issuer, { args: ['--four-eyes', 'destroy'] });
  const withToken = async (sub: string) =>
    server.connect({
      generation: 'v2-pinned',
      person: agrees,
      headers: {
        Authorization: `Bearer ${await issuer.sign(`${server.url}/mcp`, { sub, scope: 'gigahost:admin', jti: `${Math.random()}` })}`,
      },
    });
  await using kari = await withToken('kari');
  await using again = await withToken('kari');
  await using per = await withToken('per');
  const id = pendingIn(await kari.call('reinstall_server', REINSTALL));
  expect((await again.call('approve_change', { id })).text).toMatch(/asked for by the same person/);
  const done = await per.call('approve_change', { id });
  expect(done.structured, done.text).toMatchObject({ status: 'done', requested_by: 'kari' });
});

test('two people it takes, who can be told apart', async () => {
  await expect(serve({ args: ['--auth', 'none', '--four-eyes', 'all'] })).rejects.toThrow(
    /--four-eyes takes two people, and with --auth none nobody can be told apart/,
  );
});
