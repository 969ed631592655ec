import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withoutPersonal } from '../src/guard/asks.js';
import { startSandbox } from '../src/sandbox/index.js';
import {
  agrees,
  declines,
  fillsIn,
  neverAnswers,
  type Connected,
  type Person,
  type ToolAnswer,
} from './support/connect.js';
import { openTerminal } from './support/terminal.js';
import { billed, COMPANY, connectDomains, PERSON, registrationOf } from './tools/support/domains.js';
import { changesOf, everythingIn } from './tools/support/upstream.js';

const domain = 'kaffekunden.no';
const { org_number, ...APPLICANT } = COMPANY;
/** Of a person, what cannot be found in the text of anything else. */
const PRIVATE = Object.values(PERSON).filter(value => value !== 'Sandefjord');

const journalOf = (mcp: Connected): Promise<string> => readFile(join(mcp.stateDir, 'journal.jsonl'), 'utf8');

/** Nothing of a person is in what leaves, nor in what is kept. */
async function expectDiscreet(mcp: Connected, ...answers: readonly ToolAnswer[]): Promise<void> {
  const questions = mcp.questions.map(({ message }) => message);
  const said = [...answers.map(everythingIn), ...questions, mcp.stderr(), await journalOf(mcp)];
  for (const text of said) for (const value of PRIVATE) expect(text.toLowerCase()).not.toContain(value.toLowerCase());
}

describe.for(['v1', 'v2-pinned'] as const)('through a %s client', generation => {
  const start = (person: Person, args: readonly string[] = []) =>
    connectDomains({ generation, person, args: ['--log-level', 'debug', ...args] });

  test('what only the person knows is asked in the form that confirms, sent, and kept nowhere', async () => {
    await using mcp = await start(fillsIn({ ...PERSON, email: `  ${PERSON.email} ` }));
    const answer = await mcp.call('register_domain', { domain });
    expect(answer).toMatchObject({ isError: false, structured: { status: 'done', domain } });
    expect(mcp.questions).toHaveLength(1);
    expect(mcp.questions[0]?.properties).toEqual({
      field_email: {
        type: 'string',
        title: 'E-mail address of the registrant',
        ...(generation === 'v2-pinned' && { format: 'email' }),
      },
      field_first_name: { type: 'string', title: 'First name of who applies' },
      field_last_name: { type: 'string', title: 'Last name of who applies' },
      field_zip_code: { type: 'string', title: 'Postal code' },
      field_city: { type: 'string', title: 'City' },
      field_pid: {
        type: 'string',
        title: 'Personal id at the registry',
        description: 'N.PRI.12345678, from pid.norid.no',
      },
      name: { type: 'string', title: `Type ${domain} to confirm` },
    });
    expect(mcp.questions[0]?.required).toEqual(Object.keys(mcp.questions[0]?.properties ?? {}));
    expect(mcp.sandbox.calls('POST')[0]?.body).toMatchObject({
      email: PERSON.email,
      applicant_name: 'Kari Anne Berg',
      first_name: 'Kari Anne',
      zip_code: '3210',
      pid: PERSON.pid,
    });
    await expectDiscreet(mcp, answer);
  });

  test('what was given as an argument is not asked, and shown to the person alone', async () => {
    await using mcp = await start(fillsIn({ first_name: 'Kari', last_name: 'Berg' }));
    const { email } = COMPANY;
    const answer = await mcp.call('register_domain', { domain, org_number, email, city: 'Larvik' });
    const [question] = mcp.questions;
    expect(Object.keys(question?.properties ?? {})).toEqual([
      'field_first_name',
      'field_last_name',
      'field_zip_code',
      'name',
    ]);
    expect(question?.required).not.toContain('field_zip_code');
    expect(question?.message.split('\n').slice(-2)).toEqual([
      `- E-mail address of the registrant, as given: ${email}`,
      '- City, as given: Larvik',
    ]);
    expect(mcp.sandbox.calls('POST')[0]?.body).toMatchObject({ email, city: 'Larvik', zip_code: '3210' });
    expect(await journalOf(mcp)).toContain('"email":"[not kept]","city":"[not kept]"');
    for (const text of [everythingIn(answer), await journalOf(mcp)]) expect(text).not.toMatch(/post@|Larvik/);
  });

  test.for([
    [
      'an address that is none',
      { email: 'kari.kaffekunden' },
      /: email is not an e-mail address such as ola@example\.no\. Call/,
    ],
    ['a national identity number', { pid: '01017012345' }, /: pid is not a personal id of the registry such as/],
    ['nothing', { last_name: '', city: ' ' }, /: last_name is missing; city is missing\. Call register_domain again/],
  ] as const)('%s is answered with what is wrong, and nothing is sent', async ([, wrong, words]) => {
    await using mcp = await start(fillsIn({ ...PERSON, ...wrong }));
    const answer = await mcp.call('register_domain', { domain });
    expect(answer.isError).toBe(true);
    expect(answer.text).toMatch(/^Nothing changed\. What the person filled in cannot be used: /);
    expect(answer.text).toMatch(words);
    expect(changesOf(mcp.sandbox)).toEqual([]);
    expect(everythingIn(answer) + (await journalOf(mcp))).not.toMatch(/kari\.kaffekunden|01017012345/);
    await expectDiscreet(mcp, answer);
  });

  test('the yes still counts by itself: a wrong name, or a no, sends nothing that was filled in', async () => {
    for (const person of [
      fillsIn({ ...PERSON, name: 'kaffe.no' }),
      async question => ({ ...(await fillsIn(PERSON)(question)), action: 'decline' as const }),
    ] satisfies Person[]) {
      await using mcp = await start(person);
      const answer = await mcp.call('register_domain', { domain });
      expect(answer.structured).toEqual({ status: 'declined' });
      expect(changesOf(mcp.sandbox)).toEqual([]);
      await expectDiscreet(mcp, answer);
    }
  });

  test('a state that moved meanwhile drops what was filled in, and the new plan holds nothing of it', async () => {
    let move = () => undefined as void;
    await using mcp = await start(async question => {
      move();
      move = () => undefined;
      return mcp.questions.length > 1 ? { action: 'decline' } : fillsIn(PERSON)(question);
    });
    move = () => void (registrationOf(mcp, 'kaffe-abonnement.no').registrant.handle = 'OTHER-NORID');
    const answer = await mcp.call('set_registrant', { domain: 'kaffe-abonnement.no' });
    expect(`${answer.text} ${mcp.questions[1]?.message ?? ''}`).toMatch(/state changed/);
    expect(changesOf(mcp.sandbox)).toEqual([]);
    await expectDiscreet(mcp, answer);
  });

  test('what Gigahost repeats in a refusal is not repeated', async () => {
    await using mcp = await start(fillsIn(PERSON));
    const body = { meta: { status: 400, message: `Unknown: ${PERSON.email.toUpperCase()} (${PERSON.pid}, 3210)` } };
    mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'reply', status: 400, body } });
    const answer = await mcp.call('register_domain', { domain });
    expect(answer.text).toContain('"Unknown: [not kept] ([not kept], [not kept])", status 400. Nothing changed.');
    await expectDiscreet(mcp, answer);
  });

  test('where the guard is off, only what is missing is asked', async () => {
    await using mcp = await start(fillsIn(PERSON), ['--dangerously-skip-confirmation']);
    const { email, ...others } = PERSON;
    const answer = await mcp.call('set_registrant_email', { domain: 'fjordkaffe.no' });
    expect(answer.structured).toMatchObject({ status: 'done' });
    expect(Object.keys(mcp.questions[0]?.properties ?? {})).toEqual(['field_email']);
    expect(registrationOf(mcp, 'fjordkaffe.no').registrant.email).toBe(email);
    await mcp.call('register_domain', { domain, email, ...others });
    expect(mcp.questions).toHaveLength(1);
    expect(billed(mcp)).toBe(1);
  });
});

test('where nobody can be asked, the plan names what is missing, and no code is given out before it is there', async () => {
  await using mcp = await connectDomains({ args: ['--log-level', 'debug'] });
  const first = await mcp.call('register_domain', { domain, org_number });
  expect(first.isError).toBe(false);
  expect(first.structured).toEqual({
    status: 'confirmation_required',
    plan: expect.stringContaining('It belongs to Kaffekunden AS (organisation 988888888') as unknown,
    missing: ['email', 'first_name', 'last_name'],
  });
  expect(first.text).toMatch(/^NOTHING CHANGED YET\. This client cannot show the person a question\./);
  expect(first.text).toContain('ask them for: email (E-mail address of the registrant), first_name (First name of who');
  const early = await mcp.call('register_domain', { domain, org_number, confirmation_code: 'ABCDE-12345' });
  expect(early.structured).toMatchObject({ missing: ['email', 'first_name', 'last_name'] });

  const second = await mcp.call('register_domain', { domain, org_number, ...APPLICANT });
  const code = second.structured['confirmation_code'];
  for (const value of Object.values(APPLICANT)) expect(everythingIn(second)).not.toContain(value);
  const other = { ...APPLICANT, email: 'mallory@evil.example', confirmation_code: code };
  expect((await mcp.call('register_domain', { domain, org_number, ...other })).text).toMatch(
    /given for other arguments/,
  );
  const done = await mcp.call('register_domain', { domain, org_number, ...APPLICANT, confirmation_code: code });
  expect(done.structured).toMatchObject({ status: 'done' });
  expect(mcp.sandbox.calls('POST')[0]?.body).toMatchObject({ email: APPLICANT.email });
  for (const value of Object.values(APPLICANT)) {
    expect(everythingIn(done) + mcp.stderr() + (await journalOf(mcp))).not.toContain(value);
  }
});

test('through another tool that carries it out, nothing more is kept', async () => {
  await using mcp = await connectDomains({ args: ['--toolsets', 'operations'] });
  const call = (more: object = {}) =>
    mcp.call('run_operation', {
      operation: 'registerDomain',
      arguments: { domain, org_number, ...APPLICANT },
      ...more,
    });
  const { structured } = await call();
  const done = await call({ confirmation_code: structured['confirmation_code'] });
  expect(done.structured).toMatchObject({ status: 'done' });
  const journal = await journalOf(mcp);
  expect(journal).toContain('"email":"[not kept]"');
  for (const value of Object.values(APPLICANT)) expect(journal + everythingIn(done)).not.toContain(value);
});

test('a client that never shows its question gets the names of what is missing', async () => {
  await using mcp = await connectDomains({ person: neverAnswers, env: { GIGAHOST_QUESTION_SECONDS: '0.3' } });
  const { text, structured } = await mcp.call('set_registrant_email', { domain: 'fjordkaffe.no' });
  expect(structured).toMatchObject({ missing: ['email'] });
  expect(text).toContain('was asked and brought no answer');
});

test('where only a direct answer counts, arguments do not help', async () => {
  await using mcp = await connectDomains({ args: ['--confirm', 'elicit'] });
  for (const args of [{}, { email: PERSON.email }]) {
    const { text, isError } = await mcp.call('set_registrant_email', { domain: 'fjordkaffe.no', ...args });
    expect(isError).toBe(true);
    expect(text).toMatch(/Only a direct yes/);
  }
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('with the guard off and nobody to ask, nothing is made up', async () => {
  await using mcp = await connectDomains({ args: ['--dangerously-skip-confirmation'] });
  expect((await mcp.call('register_domain', { domain })).structured).toMatchObject({
    missing: ['email', 'first_name', 'last_name', 'zip_code', 'city', 'pid'],
  });
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('a person at a terminal is asked for one thing after the other, and then for their yes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-asks-'));
  await using sandbox = await startSandbox();
  const env = { GIGAHOST_BASE_URL: sandbox.url, GIGAHOST_API_KEY: sandbox.apiKey, GIGAHOST_STATE_DIR: folder };
  const args = ['call', 'register_domain', `domain=${domain}`, `org_number=${org_number}`, '--toolsets', 'domains'];
  const seen = openTerminal(args, env);
  for (const [prompt, answer] of [
    [/E-mail address of the registrant: $/, APPLICANT.email],
    [/First name of who applies: $/, APPLICANT.first_name],
    [/Last name of who applies: $/, APPLICANT.last_name],
    [/Postal code \(3210 when left empty; or nothing\): $/, ''],
    [/City \(Sandefjord when left empty; or nothing\): $/, 'Larvik'],
    [/Type kaffekunden\.no to confirm: $/, domain],
  ] as const) {
    await expect.poll(seen.screen, { timeout: 10_000 }).toMatch(prompt);
    seen.type(`${answer}\r`);
  }
  expect(await seen.ended).toBe(0);
  expect(sandbox.calls('POST')[0]?.body).toMatchObject({ email: APPLICANT.email, zip_code: '3210', city: 'Larvik' });
  expect(await readFile(join(folder, 'journal.jsonl'), 'utf8')).not.toMatch(/post@|Kari|Larvik/);
  await rm(folder, { recursive: true });
});

test('a text goes without what was given, whole words only, in any case', () => {
  const values = ['Kari', 'kari@example.no', '3210', 'Å'];
  expect(withoutPersonal('KARI@example.no of Kari, in 3210 and 32100: Åkari', values)).toBe(
    '[not kept] of [not kept], in [not kept] and 32100: Åkari',
  );
  expect(withoutPersonal('Kari', [])).toBe('Kari');
  expect(withoutPersonal('code a-b/c+d]e\\f.', ['a-b/c+d]e\\f'])).toBe('code [not kept].');
});

test('a person who says no is not asked for more', async () => {
  await using mcp = await connectDomains({ person: declines });
  expect((await mcp.call('register_domain', { domain })).structured).toEqual({ status: 'declined' });
  await using careless = await connectDomains({ person: agrees });
  expect((await careless.call('register_domain', { domain })).text).toMatch(/email is missing/);
});
