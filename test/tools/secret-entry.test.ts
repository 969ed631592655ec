import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.js';
import { fill as fillIn, visit } from '../guard/secrets/support/browse.js';
import { agrees, type Connected, type Visitor } from '../support/connect.js';
import { spawnBin } from '../support/raw.js';
import { openTerminal } from '../support/terminal.js';
import { billed, connectDomains } from './support/domains.js';
import { changesOf, everythingIn } from './support/upstream.js';

const CODE = 'kode-fra-forrige-1234';
const transfer = { domain: 'kaffe.no' };
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/e\/[\w-]{43}/;

const fill = (url: string, secret = CODE) => fillIn(url, secret);

async function expectSecret(mcp: Connected, ...said: readonly unknown[]): Promise<void> {
  const journal = await readFile(join(mcp.stateDir, 'journal.jsonl'), 'utf8').catch(() => '');
  for (const text of [JSON.stringify(said), JSON.stringify(mcp.questions), mcp.stderr(), journal])
    expect(text).not.toContain(CODE);
}

const codesSent = ({ sandbox }: Pick<Connected, 'sandbox'>) =>
  sandbox.calls('POST').map(({ body }) => (body as { auth_code?: unknown }).auth_code);

describe.for(['v1', 'v2-pinned'] as const)('through a %s client', generation => {
  const start = (visitor: Visitor, env: Record<string, string> = {}) =>
    connectDomains({ generation, person: agrees, visitor, env, args: ['--log-level', 'debug'] });

  test('the person is shown a page, types the code there, and is then asked for their yes', async () => {
    const shown: string[] = [];
    await using mcp = await start(async ({ url, message }) => {
      shown.push(message);
      expect(url).toMatch(ADDRESS);
      const { body } = await visit('GET', url);
      expect(body).toContain('Transfer code of the present registrar: Transfer the domain kaffe.no');
      expect((await fill(url, 'two words')).status).toBe(422);
      expect((await fill(url)).status).toBe(200);
      expect((await fill(url)).status).toBe(410);
      return { action: 'accept' };
    });
    const answer = await mcp.call('transfer_domain', transfer);
    expect(answer).toMatchObject({ isError: false, structured: { domain: 'kaffe.no', registered: false } });
    expect(shown).toEqual([
      'Transfer the domain kaffe.no to Gigahost. This needs: Transfer code of the present registrar. Type it in on this page; it does not pass through the conversation.',
    ]);
    expect(mcp.questions.map(({ properties }) => Object.keys(properties))).toEqual([['name']]);
    expect(codesSent(mcp)).toEqual([CODE]);
    await expectSecret(mcp, answer, shown);
  });

  test('a page that is filled in after the client went on is waited for', async () => {
    let page = '';
    await using mcp = await start(({ url }) => {
      page = url;
      return { action: 'accept' };
    });
    const onprogress = ({ message = '' }) => void (message.startsWith('Waiting until the page') && fill(page));
    const answer = await mcp.call('transfer_domain', transfer, { onprogress });
    expect(answer.structured).toMatchObject({ domain: 'kaffe.no' });
    expect(codesSent(mcp)).toEqual([CODE]);
  });

  test('one that is not filled in ends the call with its link, and the next call goes on from there', async () => {
    let page = '';
    await using mcp = await start(
      ({ url }) => {
        page = url;
        return { action: 'accept' };
      },
      { GIGAHOST_QUESTION_SECONDS: '0.5' },
    );
    const first = await mcp.call('transfer_domain', transfer);
    expect(first.structured).toMatchObject({ status: 'confirmation_required', fill_in_at: page });
    expect(mcp.questions).toEqual([]);
    await fill(page);
    expect((await mcp.call('transfer_domain', transfer)).structured).toMatchObject({ domain: 'kaffe.no' });
    expect(billed(mcp)).toBe(1);
  });

  test.for([
    ['decline', 'declined', /did not want to give it\. Nothing changed\. Do not ask again/],
    ['cancel', 'dismissed', /page was not opened\. Nothing changed/],
  ] as const)('a person who answers "%s" is not asked for more', async ([action, status, words]) => {
    await using mcp = await start(() => ({ action }));
    const { text, structured } = await mcp.call('transfer_domain', transfer);
    expect(structured).toEqual({ status });
    expect(text).toMatch(words);
    expect(mcp.questions).toEqual([]);
    expect(changesOf(mcp.sandbox)).toEqual([]);
  });

  test('what was given as an argument is not asked for', async () => {
    let pages = 0;
    await using mcp = await start(() => {
      pages += 1;
      return { action: 'decline' };
    });
    const answer = await mcp.call('transfer_domain', { ...transfer, auth_code: CODE });
    expect(codesSent(mcp)).toEqual([CODE]);
    expect(pages).toBe(0);
    await expectSecret(mcp, answer);
  });
});

describe('a client that opens no pages', () => {
  test('gets a link to hand over, then a plan and a code, and the secret is good for one change', async () => {
    await using mcp = await connectDomains({ args: ['--log-level', 'debug'] });
    const first = await mcp.call('transfer_domain', transfer);
    expect(first.text).toMatch(/^NOTHING CHANGED YET\. This needs: Transfer code of the present registrar\./);
    const url = String(first.structured['fill_in_at']);
    expect(url).toMatch(ADDRESS);
    expect(first.text).toContain(url);
    expect((await mcp.call('transfer_domain', transfer)).structured['fill_in_at']).toBe(url);
    await fill(url);
    const other = await mcp.call('transfer_domain', { domain: 'norid.no' });
    expect(other.structured['fill_in_at']).toMatch(ADDRESS);
    expect(other.structured['fill_in_at']).not.toBe(url);
    const planned = await mcp.call('transfer_domain', transfer);
    const code = planned.structured['confirmation_code'];
    expect(code).toEqual(expect.any(String));
    mcp.sandbox.misbehave({
      method: 'POST',
      fault: { kind: 'reply', status: 400, body: { meta: { status: 400, message: `Wrong code ${CODE}` } } },
    });
    const refused = await mcp.call('transfer_domain', { ...transfer, confirmation_code: code });
    expect(refused.text).toMatch(/"Wrong code \[hidden\]", status 400\. Nothing changed/);
    const again = await mcp.call('transfer_domain', transfer);
    expect(again.structured['fill_in_at']).toMatch(ADDRESS);
    expect(again.structured['fill_in_at']).not.toBe(url);
    await expectSecret(mcp, first.text, everythingIn(other), everythingIn(planned), everythingIn(refused));
    await mcp.client.close();
    await expect(visit('GET', url)).rejects.toThrow(/ECONNREFUSED/);
  });

  test('two calls at once use what was entered once', async () => {
    await using mcp = await connectDomains({ args: ['--dangerously-skip-confirmation'] });
    const { structured } = await mcp.call('transfer_domain', transfer);
    await fill(String(structured['fill_in_at']));
    await Promise.all([mcp.call('transfer_domain', transfer), mcp.call('transfer_domain', transfer)]);
    expect(codesSent(mcp)).toEqual([CODE]);
    expect(billed(mcp)).toBe(1);
  });

  test('where only a direct answer counts, no page is made', async () => {
    await using mcp = await connectDomains({ args: ['--confirm', 'elicit'] });
    const { text, isError } = await mcp.call('transfer_domain', transfer);
    expect(isError).toBe(true);
    expect(text).toMatch(/Only a direct yes/);
    expect(text).not.toMatch(ADDRESS);
  });
});

test('at a terminal it is typed unseen; without one it has to be an argument', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-entry-'));
  await using sandbox = await startSandbox();
  const env = { GIGAHOST_BASE_URL: sandbox.url, GIGAHOST_API_KEY: sandbox.apiKey, GIGAHOST_STATE_DIR: folder };
  const args = ['call', 'transfer_domain', 'domain=kaffe.no', '--toolsets', 'domains'];
  const piped = await spawnBin([...args, '--dangerously-skip-confirmation'], env).ended;
  expect(piped).toMatchObject({ code: 1, stdout: '' });
  expect(piped.stderr).toMatch(/Transfer code of the present registrar: auth_code is missing\. Nothing changed/);
  const seen = openTerminal(args, env);
  await expect
    .poll(seen.screen, { timeout: 10_000 })
    .toMatch(/Transfer code of the present registrar \(not shown\): $/);
  seen.type(`${CODE}\r`);
  await expect.poll(seen.screen, { timeout: 10_000 }).toMatch(/Type kaffe\.no to confirm: $/);
  seen.type('kaffe.no\r');
  expect(await seen.ended).toBe(0);
  expect(seen.screen()).not.toContain(CODE);
  expect(codesSent({ sandbox })).toEqual([CODE]);
  await rm(folder, { recursive: true });
});
