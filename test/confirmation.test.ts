import type { Client as ModernClient } from '@modelcontextprotocol/client';
import { describe, expect, test } from 'vitest';
import { confirm, type ConfirmRequest } from '../src/guard/confirm.js';
import { createTickets } from '../src/guard/tickets.js';
import { memoryStore } from '../src/store/index.js';
import { agrees, connect, declines, dismisses, neverAnswers, types, type Person } from './support/connect.js';

const REINSTALL = { server: 'web01', os: 'debian-13', wait_seconds: 0 };
const unticked: Person = () => ({ action: 'accept', content: { confirm: false } });
const saysNothing: Person = () => ({ action: 'accept', content: {} });

describe.for(['v1', 'v2-pinned'] as const)('asked through a %s client', generation => {
  test('a person who types the name of the server gets it reinstalled', async () => {
    await using mcp = await connect({ generation, person: types('  WEB01 ') });
    const answer = await mcp.call('reinstall_server', REINSTALL);
    expect(answer).toMatchObject({ isError: false, structured: { status: 'done', os: 'Debian 13 64-bit' } });
    expect(mcp.questions[0]?.properties).toEqual({
      name: expect.objectContaining({ type: 'string', title: 'Type web01 to confirm' }) as unknown,
    });
    expect(mcp.sandbox.calls('POST', /reinstall/)).toHaveLength(1);
  });

  test.for([
    ['says no', declines, 'declined', /said no/],
    ['closes the question', dismisses, 'dismissed', /closed without an answer/],
    ['types the name of another server', types('web02'), 'declined', /typed "web02", not "web01"/],
    ['types nothing', types(''), 'declined', /left empty/],
  ] as const)('a person who %s has nothing changed', async ([, person, status, words]) => {
    await using mcp = await connect({ generation, person });
    const answer = await mcp.call('reinstall_server', REINSTALL);
    expect(answer).toMatchObject({ isError: false, structured: { status } });
    expect(answer.text).toMatch(words);
    expect(answer.text).toContain('Nothing changed.');
    expect(mcp.sandbox.calls('POST')).toHaveLength(0);
  });

  test('a form that comes back without its field is no yes', async () => {
    await using mcp = await connect({ generation, person: saysNothing });
    const answer = await mcp.call('reinstall_server', REINSTALL);
    expect(answer.text).toMatch(/nothing changed/i);
    expect(answer.structured['status']).not.toBe('done');
    expect(mcp.sandbox.calls('POST')).toHaveLength(0);
  });

  test('a person who leaves the box unticked has said no', async () => {
    await using mcp = await connect({ generation, person: unticked });
    const answer = await mcp.call('reboot_server', { server: 'web01' });
    expect(answer.structured).toEqual({ status: 'declined' });
    expect(mcp.sandbox.calls('GET', /reboot/)).toHaveLength(0);
  });

  test('a yes to a state that has moved while the question was open does not count', async () => {
    let rename = () => undefined as void;
    await using mcp = await connect({
      generation,
      person: question => {
        rename();
        rename = () => undefined;
        return question.message.includes('web01') ? agrees(question) : { action: 'decline' };
      },
    });
    rename = () => void (mcp.sandbox.world.server('web01').name = 'shop01');
    const answer = await mcp.call('reboot_server', { server: '18101' });
    expect(`${answer.text} ${mcp.questions.map(({ message }) => message).join(' ')}`).toMatch(/state changed/);
    expect(`${answer.text} ${mcp.questions.map(({ message }) => message).join(' ')}`).toContain('Reboot shop01');
    expect(mcp.sandbox.calls('GET', /reboot/)).toHaveLength(0);
  });

  test('a client that can ask cannot be talked past with a code', async () => {
    await using blind = await connect({ generation: 'v1' });
    const { structured } = await blind.call('reboot_server', { server: 'web01' });
    await using mcp = await connect({ generation, person: declines, sandbox: blind.sandbox });
    const answer = await mcp.call('reboot_server', {
      server: 'web01',
      confirmation_code: structured['confirmation_code'],
    });
    expect(answer.text).toMatch(/Nothing changed/);
    expect(blind.sandbox.calls('GET', /reboot/)).toHaveLength(0);
  });
});

describe('a client that cannot ask', () => {
  test('gets a plan to show, in full, and nothing has happened', async () => {
    await using mcp = await connect();
    const { text, structured, isError } = await mcp.call('reinstall_server', REINSTALL);
    expect(isError).toBe(false);
    expect(text).toMatch(/^NOTHING CHANGED YET\./);
    expect(structured).toMatchObject({
      status: 'confirmation_required',
      plan: expect.stringContaining('Reinstall web01 (VPS 18101, 192.0.2.10) with Debian 13 64-bit.') as unknown,
      expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown,
    });
    for (const fact of [/40 GB NVMe/, /with Debian 12/, /newest snapshot is "shop 4.2 live", taken 2 days ago/])
      expect(text).toMatch(fact);
    expect(text).toContain(`confirmation_code="${String(structured['confirmation_code'])}"`);
    expect(mcp.sandbox.calls('POST')).toHaveLength(0);
  });

  test('can use a code once, for what it was given for, and for nothing else', async () => {
    await using mcp = await connect();
    const codeFor = async (name: string, args: Record<string, unknown>) =>
      (await mcp.call(name, args)).structured['confirmation_code'];
    const code = await codeFor('reboot_server', { server: 'web01' });

    const otherArguments = await mcp.call('reboot_server', { server: 'web02', confirmation_code: code });
    expect(otherArguments).toMatchObject({ isError: true, text: expect.stringMatching(/other arguments/) as unknown });
    const otherTool = await mcp.call('power_off_server', { server: 'web01', confirmation_code: code });
    expect(otherTool).toMatchObject({
      isError: true,
      text: expect.stringMatching(/other arguments or another tool/) as unknown,
    });
    const invented = await mcp.call('reboot_server', { server: 'web01', confirmation_code: 'ABCDE-12345' });
    expect(invented).toMatchObject({
      isError: true,
      text: expect.stringMatching(/not one that was given out/) as unknown,
    });
    expect(mcp.sandbox.calls('GET', /reboot|power\/off/)).toHaveLength(0);

    const used = await mcp.call('reboot_server', { server: 'web01', confirmation_code: String(code).toLowerCase() });
    expect(used.structured).toMatchObject({ status: 'done' });
    const again = await mcp.call('reboot_server', { server: 'web01', confirmation_code: code });
    expect(again).toMatchObject({
      isError: true,
      text: expect.stringMatching(/already used\. Nothing changed/) as unknown,
    });
    expect(mcp.sandbox.calls('GET', /reboot/)).toHaveLength(1);
  });

  test('gets a new plan instead of an action when the state moved since', async () => {
    await using mcp = await connect();
    const first = await mcp.call('reinstall_server', REINSTALL);
    mcp.sandbox.world.snapshots.length = 0;
    const second = await mcp.call('reinstall_server', {
      ...REINSTALL,
      confirmation_code: first.structured['confirmation_code'],
    });
    expect(second.text).toMatch(/state changed/);
    expect(second.text).toMatch(/There is no completed snapshot/);
    expect(mcp.sandbox.calls('POST')).toHaveLength(0);
    const third = await mcp.call('reinstall_server', {
      ...REINSTALL,
      confirmation_code: second.structured['confirmation_code'],
    });
    expect(third.structured).toMatchObject({ status: 'done' });
  });

  test('is refused where the operator accepts only a direct answer', async () => {
    await using mcp = await connect({ args: ['--confirm', 'elicit'] });
    const answer = await mcp.call('reboot_server', { server: 'web01' });
    expect(answer.isError).toBe(true);
    expect(answer.text).toMatch(/Nothing changed\. .*Only a direct yes/);
    expect(answer.text).not.toMatch(/confirmation_code/);
    expect(mcp.sandbox.calls('GET', /reboot/)).toHaveLength(0);
  });
});

test('a client that declares questions and never shows one gets a code, and is not waited for again', async () => {
  await using mcp = await connect({ person: neverAnswers, env: { GIGAHOST_QUESTION_SECONDS: '0.3' } });
  const first = await mcp.call('reboot_server', { server: 'web01' });
  expect(first.text).toMatch(/was asked and brought no answer/);
  const code = first.structured['confirmation_code'];
  const second = await mcp.call('reboot_server', { server: 'web02' });
  expect(second.text).toMatch(/brought no answer to an earlier question/);
  expect(mcp.questions).toHaveLength(1);
  expect(mcp.sandbox.calls('GET', /reboot/)).toHaveLength(0);
  const done = await mcp.call('reboot_server', { server: 'web01', confirmation_code: code });
  expect(done.structured).toMatchObject({ status: 'done' });
});

test('two orders that a person agreed to at the same time are placed one after the other, the second only on a new yes', async () => {
  await using mcp = await connect({ person: agrees });
  const order = () => mcp.call('order_ip_address', { server: 'backup01', routing: 'l3' });
  const [first, second] = await Promise.all([order(), order()]);
  expect([first.isError, second.isError].sort()).toEqual([false, true]);
  expect(`${first.text} ${second.text}`).toMatch(
    /Another call made a change meanwhile, and the state is not what it was/,
  );
  expect(mcp.sandbox.calls('POST', /ipv4/)).toHaveLength(1);
});

test('a client whose person once took too long is asked again', async () => {
  let slow = false;
  const person: Person = question => (slow ? neverAnswers(question) : agrees(question));
  await using mcp = await connect({ person, env: { GIGAHOST_QUESTION_SECONDS: '0.5' } });
  expect((await mcp.call('reboot_server', { server: 'web01' })).structured).toMatchObject({ status: 'done' });
  slow = true;
  expect((await mcp.call('reboot_server', { server: 'web02' })).text).toMatch(/brought no answer/);
  slow = false;
  expect((await mcp.call('reboot_server', { server: 'db01' })).structured).toMatchObject({ status: 'done' });
  expect(mcp.questions).toHaveLength(3);
});

test('where only a direct answer counts, a client that was silent is asked all the same', async () => {
  await using mcp = await connect({
    person: neverAnswers,
    args: ['--confirm', 'elicit'],
    env: { GIGAHOST_QUESTION_SECONDS: '0.3' },
  });
  for (const server of ['web01', 'web02']) expect((await mcp.call('reboot_server', { server })).isError).toBe(true);
  expect(mcp.questions).toHaveLength(2);
});

test('an answer that comes after the caller has left does nothing', async () => {
  let answerNow = () => undefined as void;
  const late: Person = question => new Promise(resolve => (answerNow = () => resolve(agrees(question))));
  await using mcp = await connect({ person: late });
  const leaving = new AbortController();
  const call = mcp.call('reboot_server', { server: 'web01' }, { signal: leaving.signal });
  await expect.poll(() => mcp.questions.length, { timeout: 10_000 }).toBe(1);
  leaving.abort();
  await expect(call).rejects.toThrow();
  answerNow();
  expect((await mcp.call('get_power_state', { server: 'web01' })).isError).toBe(false);
  expect(mcp.sandbox.calls('GET', /reboot/)).toHaveLength(0);
});

test('a call that is left while it waits for another one does nothing', async () => {
  await using mcp = await connect({ args: ['--dangerously-skip-confirmation'] });
  mcp.sandbox.misbehave({ method: 'POST', path: /ipv4/, fault: { kind: 'delay', ms: 1500 } });
  const order = (signal?: AbortSignal) =>
    mcp.call('order_ip_address', { server: 'backup01', routing: 'l3', wait_seconds: 0 }, signal ? { signal } : {});
  const first = order();
  await expect.poll(() => mcp.sandbox.calls('POST').length, { timeout: 10_000 }).toBe(1);
  const leaving = new AbortController();
  const reads = mcp.sandbox.calls('GET').length;
  const second = order(leaving.signal);
  await expect.poll(() => mcp.sandbox.calls('GET').length, { timeout: 10_000 }).toBe(reads + 2);
  await mcp.call('list_servers');
  leaving.abort();
  await expect(second).rejects.toThrow();
  // The third waits behind the second.
  const third = order();
  expect([(await first).isError, (await third).isError]).toEqual([false, false]);
  expect(mcp.sandbox.calls('POST', /ipv4/)).toHaveLength(2);
});

test('the operator can take the guard away, and it is said aloud at the start', async () => {
  await using mcp = await connect({ args: ['--dangerously-skip-confirmation', '--log-level', 'error'] });
  const answer = await mcp.call('reboot_server', { server: 'web01' });
  expect(answer.structured).toMatchObject({ status: 'done' });
  expect(mcp.stderr()).toMatch(/Confirmation is switched off/);
});

describe('on a 2026 connection, where the question and its answer are two requests', () => {
  const ask = async (client: ModernClient, extra: object = {}, args: object = { server: 'web01' }) =>
    (await client.callTool({ name: 'reboot_server', arguments: args, ...extra } as never, {
      allowInputRequired: true,
    })) as unknown as Record<string, unknown>;
  const yes = { confirm: { action: 'accept', content: { confirm: true } } };

  test('a state is good for one answer to one request', async () => {
    await using mcp = await connect({ generation: 'v2-pinned', person: agrees });
    const client = mcp.client as ModernClient;
    const { requestState } = await ask(client);
    expect(requestState).toEqual(expect.any(String));

    const forOther = await ask(client, { requestState, inputResponses: yes }, { server: 'web02' });
    expect(forOther).toMatchObject({ isError: true });
    expect(JSON.stringify(forOther)).toMatch(/belongs to another request/);
    const forged = await ask(client, { requestState: 'AAAAA-AAAAA', inputResponses: yes });
    expect(JSON.stringify(forged)).toMatch(/not one that was given out/);
    expect(mcp.sandbox.calls('GET', /reboot/)).toHaveLength(0);

    const done = await ask(client, { requestState, inputResponses: yes });
    expect(done).toMatchObject({ structuredContent: { status: 'done' } });
    const replayed = await ask(client, { requestState, inputResponses: yes });
    expect(JSON.stringify(replayed)).toMatch(/already used/);
    expect(mcp.sandbox.calls('GET', /reboot/)).toHaveLength(1);
  });

  test('an answer without a state, or a state without an answer, is asked again or dismissed', async () => {
    await using mcp = await connect({ generation: 'v2-pinned', person: agrees });
    const client = mcp.client as ModernClient;
    await ask(client);
    const stateless = await ask(client, { inputResponses: yes });
    expect(stateless).toMatchObject({ resultType: 'input_required' });
    const { requestState } = stateless;
    const silent = await ask(client, { requestState });
    expect(silent).toMatchObject({ structuredContent: { status: 'dismissed' } });
    expect(mcp.sandbox.calls('GET', /reboot/)).toHaveLength(0);
  });
});

describe('a code', () => {
  const reboot = { what: 'Reboot web01', consequences: [], name: 'web01', state: 1, subject: undefined };
  const request = (over: Partial<ConfirmRequest>): ConfirmRequest => ({
    tool: 'reboot_server',
    effect: 'disrupt',
    args: { server: 'web01' },
    given: {},
    givenWords: () => [],
    check: filled => ({ filled }),
    principal: 'ingrid',
    code: undefined,
    reach: { kind: 'none', because: '' },
    mode: 'auto',
    first: reboot,
    plan: () => Promise.resolve(reboot),
    ...over,
  });
  const codeFrom = async (tickets: ReturnType<typeof createTickets>, args: object = { server: 'web01' }) => {
    const verdict = await confirm(request({ args }), tickets);
    return verdict.kind === 'code' ? verdict.code : expect.fail('no code was given out');
  };

  test('is of no use to another caller', async () => {
    const tickets = createTickets(memoryStore());
    const code = await codeFrom(tickets);
    expect(await confirm(request({ code, principal: 'jonas' }), tickets)).toMatchObject({ kind: 'refused' });
    expect(await confirm(request({ code }), tickets)).toMatchObject({ kind: 'go' });
  });

  test('expires, and says so', async () => {
    let now = 0;
    const tickets = createTickets(
      memoryStore(() => now),
      () => now,
    );
    const other = { server: 'web02' };
    const [code, fresh] = [await codeFrom(tickets), await codeFrom(tickets, other)];
    now = 9 * 60_000;
    expect(await confirm(request({ args: other, code: fresh }), tickets)).toMatchObject({ kind: 'go' });
    now = 11 * 60_000;
    expect(await confirm(request({ code }), tickets)).toMatchObject({
      kind: 'refused',
      words: expect.stringMatching(/has expired/) as unknown,
    });
  });

  test('is replaced by the next one for the same request: one yes is never two', async () => {
    const tickets = createTickets(memoryStore());
    const [first, second] = [await codeFrom(tickets), await codeFrom(tickets)];
    expect(await confirm(request({ code: first }), tickets)).toMatchObject({
      kind: 'refused',
      words: expect.stringMatching(/replaced by a newer one/) as unknown,
    });
    expect(await confirm(request({ code: second }), tickets)).toMatchObject({ kind: 'go' });
  });

  test('does not depend on the order in which arguments are written', async () => {
    const tickets = createTickets(memoryStore());
    const first = await confirm(request({ args: { a: 1, b: 2 } }), tickets);
    const code = first.kind === 'code' ? first.code : '';
    expect(await confirm(request({ args: { b: 2, a: 1 }, code }), tickets)).toMatchObject({ kind: 'go' });
  });
});
