import { expect, test } from 'vitest';
import { OPERATIONS } from '../../src/client/operations.js';
import { matchPath } from '../../src/sandbox/http/route.js';
import { settingsFrom } from '../../src/sandbox/options.js';
import { ROUTES } from '../../src/sandbox/routes/index.js';
import { agrees, connect } from '../support/connect.js';
import { pageNamed } from './support/pages.js';

const said = pageNamed('README.md').text.replaceAll(/\s+/g, ' ');
const sandbox = pageNamed('docs/sandbox.md').text.replaceAll(/\s+/g, ' ');

/** Sentences of the pages, and what they come to on the sandbox. */
const shows = (sentence: string): void => expect(said).toContain(sentence);

test('"Which servers do I have, and what do they cost?"', async () => {
  shows('A table of each; what is due, and what is overdue.');
  await using mcp = await connect();
  expect((await mcp.call('list_servers', {})).text).toMatch(/^name \| id/);
  expect((await mcp.call('get_spending', {})).text).toMatch(/To be paid:[^]*\(overdue\)[^]*Services/);
});

test('"Let api.fjordkaffe.example point to web02 alone." "Put that back."', async () => {
  shows('You see which records go, and say yes.');
  await using mcp = await connect({ person: agrees });
  const before = mcp.sandbox.lookup('api.fjordkaffe.example');
  const records = [{ name: 'api', type: 'A', values: ['192.0.2.11'] }];
  await mcp.call('set_dns_records', { zone: 'fjordkaffe.example', records });
  expect(mcp.questions[0]?.message).toMatch(/192\.0\.2\.10[^]*192\.0\.2\.30/);
  expect(mcp.sandbox.lookup('api.fjordkaffe.example')).toEqual(['192.0.2.11']);
  await mcp.call('undo_change', {});
  expect([...mcp.sandbox.lookup('api.fjordkaffe.example')].sort()).toEqual([...before].sort());
});

test('"Why does mail from kaffe-abonnement.no end up as spam?"', async () => {
  shows('Two SPF records, no DKIM, no DMARC, an MX that is an alias, and what to write instead.');
  await using mcp = await connect();
  const { text } = await mcp.call('check_mail_dns', { zone: 'kaffe-abonnement.no' });
  for (const found of [/is a CNAME/, /2 SPF records/, /no DKIM key/, /no DMARC record/, /Keep one: v=spf1/])
    expect(text).toMatch(found);
});

test('"Reinstall web02 with Debian 13."', async () => {
  shows('You see what is lost, and type the name of the server.');
  await using mcp = await connect({ person: agrees, sandboxOptions: { installMs: 50 } });
  const { text, isError } = await mcp.call('reinstall_server', { server: 'web02', os: 'debian-13' });
  expect(isError, text).toBe(false);
  const [question] = mcp.questions;
  expect(question?.message).toContain('Everything on it is erased');
  expect(Object.values(question?.properties ?? {}).map(({ title }) => title)).toContain('Type web02 to confirm');
});

test('the sandbox has every operation of Gigahost’s API, and is as fast as its page says', () => {
  expect(sandbox).toContain('It has every operation of Gigahost’s API.'.replace('’', "'"));
  const absent = [...OPERATIONS.values()].filter(
    ({ endpoint: { method, path } }) => !matchPath(ROUTES, path).some(({ route }) => route.method === method),
  );
  expect(absent.map(({ endpoint }) => endpoint.id)).toEqual([]);
  const { snapshotMs, installMs, rebootMs } = settingsFrom({});
  const [snapshot, install, reboot] = [snapshotMs, installMs, rebootMs].map(ms => ms / 1000);
  expect(sandbox).toContain(`A snapshot takes ${snapshot} seconds, an installation ${install}, a reboot ${reboot}.`);
});
