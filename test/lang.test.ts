import { expect, test } from 'vitest';
import { LANGUAGES, messagesIn } from '../src/lang/index.js';
import { addressIn, visit } from './guard/secrets/support/browse.js';
import { connect, agrees } from './support/connect.js';
import { openTerminal } from './support/terminal.js';

/** Every message by its path; a function as it is written, so that what it fills in is seen too. */
const leaves = (messages: object, path = ''): [path: string, message: unknown][] =>
  Object.entries(messages).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? leaves(value, `${path}${key}.`) : [[`${path}${key}`, value] as const],
  );

test('every language says everything, in words of its own', async () => {
  const english = leaves(await messagesIn('en'));
  expect(english.length).toBeGreaterThan(5);
  for (const language of LANGUAGES.filter(name => name !== 'en')) {
    const other = new Map(leaves(await messagesIn(language)));
    expect([...other.keys()]).toEqual(english.map(([path]) => path));
    const same = english.filter(([path, message]) => String(other.get(path)) === String(message));
    expect(same.map(([path]) => path)).toEqual([]);
  }
});

test('with --lang nb a form asks in Norwegian, and the plan stays as tools word it', async () => {
  await using mcp = await connect({ generation: 'v2-pinned', person: agrees, args: ['--lang', 'nb'] });
  expect(await mcp.call('reboot_server', { server: 'web01' })).toMatchObject({ isError: false });
  const [question] = mcp.questions;
  expect(question?.properties['confirm']?.title).toBe('Ja, gjør det');
  expect(question?.message).toMatch(/Reboot web01/);
});

test('on a terminal the yes of the language counts', async () => {
  const seen = openTerminal(['call', 'reboot_server', 'server=web01', '--sandbox', '--lang', 'nb']);
  await expect.poll(seen.screen, { timeout: 10_000 }).toMatch(/Skal det gjøres\? Skriv ja: $/);
  seen.type('ja\r');
  expect(await seen.ended).toBe(0);
  expect(seen.screen()).toMatch(/Gigahost is rebooting web01/);
});

test('pages that hand over secrets are in it too', async () => {
  await using mcp = await connect({ person: agrees, args: ['--lang', 'nb', '--secrets', 'page'] });
  const { text } = await mcp.call('open_console', { server: 'web01', allowed_addresses: ['192.0.2.1'] });
  const page = addressIn(/the page \S+ \(opens once, gone after ten minutes\)/.exec(text)?.[0]);
  const [closed, opened] = [await visit('GET', page), await visit('POST', page)];
  expect(closed.body).toContain('<html lang="nb">');
  expect(closed.body).toContain('<button>Vis det</button>');
  expect(opened.body).toContain('Ta vare på det nå');
});
