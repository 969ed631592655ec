import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { declines } from '../support/connect.js';
import { HOSTILE_TEXTS } from '../support/hostile.js';
import { connectAdmin } from './support/account.js';
import { changesOf, everythingIn } from './support/upstream.js';

const FORBIDDEN =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]|\p{Cs}/u;
const LINKING = /!\[|\]\(|[a-z][a-z0-9+.-]*:\/\/(?!127\.0\.0\.1:)/i;

test('an account whose people, keys, clients and agreements are called by hostile texts is shown as data', async () => {
  await using mcp = await connectAdmin({ person: declines });
  const { world } = mcp.sandbox;
  const { people, account } = world;
  const [activity] = people.activity;
  const [client] = people.clients;
  const [dpa] = people.dpas;
  for (const text of HOSTILE_TEXTS) {
    for (const contact of account.contacts.slice(1))
      Object.assign(contact, { name: text, username: text.trim() || 'nobody' });
    for (const key of account.sshKeys)
      Object.assign(key, { name: text, data: `${key.data.split(' ', 2).join(' ')} ${text}` });
    for (const key of world.apiKeys) Object.assign(key, { label: text, lastUsedIp: text });
    Object.assign(activity as object, { text, contact: { id: '1', name: text, username: text } });
    Object.assign(client as object, { name: text, companyName: text });
    Object.assign(dpa as object, {
      signedBy: text,
      dataTypes: Array.from({ length: 50 }, () => text),
      affectedGroups: [text],
    });
    world.server('18101').name = text;
    for (const [tool, args] of [
      ['list_users', {}],
      ['list_ssh_keys', {}],
      ['list_api_keys', {}],
      ['list_activity', {}],
      ['list_clients', {}],
      ['list_agreements', {}],
      ['delete_user', { user: '33' }],
      ['set_user_access', { user: '33', access: 'admin', remove_servers: ['18101'] }],
      ['delete_ssh_key', { key: '52' }],
      ['revoke_api_key', { key: '81' }],
      ['rotate_api_key', { key: '82' }],
      ['delete_ssh_key', { key: 'no such' }],
    ] as const) {
      const answer = await mcp.call(tool, args);
      const where = `${tool}: ${JSON.stringify(text.slice(0, 60))}`;
      expect(answer.text, where).not.toMatch(FORBIDDEN);
      expect(answer.text, where).not.toMatch(LINKING);
      expect(JSON.stringify(answer.structured), where).not.toMatch(FORBIDDEN);
      expect(encode(answer.text + JSON.stringify(answer.structured)).length, where).toBeLessThan(6000);
      expect(answer.text, where).not.toContain('a fault in gigahost-mcp');
    }
  }
  expect(mcp.questions).toHaveLength(5 * HOSTILE_TEXTS.length);
  for (const { message } of mcp.questions) {
    expect(message).not.toMatch(FORBIDDEN);
    expect(
      message
        .split('\n')
        .slice(1)
        .filter(line => !line.startsWith('- ')),
    ).toEqual([]);
  }
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('whatever is passed for a user or a key, no request leaves its path', async () => {
  await using mcp = await connectAdmin({ person: declines });
  for (const odd of [
    '../account/delete',
    '33/../../delete',
    '33?x=1',
    '%2e%2e',
    '0',
    '-1',
    '__proto__',
    '33\r\nX: 1',
  ]) {
    for (const [tool, argument] of [
      ['delete_user', 'user'],
      ['delete_ssh_key', 'key'],
      ['revoke_api_key', 'key'],
      ['rotate_api_key', 'key'],
    ] as const)
      expect((await mcp.call(tool, { [argument]: odd })).isError, `${tool} ${odd}`).toBe(true);
  }
  expect(mcp.questions).toEqual([]);
  expect(new Set(mcp.sandbox.requests.map(({ method, path }) => `${method} ${path}`))).toEqual(
    new Set(['POST /authenticate', 'GET /account', 'GET /account/apikeys']),
  );
});

test('what Gigahost knows of its users in secret is in no answer and no log', async () => {
  await using mcp = await connectAdmin({ args: ['--log-level', 'debug'] });
  const said: string[] = [];
  for (const tool of [
    'list_users',
    'list_ssh_keys',
    'list_api_keys',
    'list_activity',
    'list_clients',
    'list_agreements',
  ])
    said.push(everythingIn(await mcp.call(tool)));
  const everything = said.join('\n') + mcp.stderr();
  const { account, apiKeys, people, tokens } = mcp.sandbox.world;
  const secrets = [
    ...account.contacts.flatMap(({ legacyApiKey, twoFactorSecret }) => [legacyApiKey, twoFactorSecret ?? []].flat()),
    ...people.clients.map(({ password }) => password),
    ...[...apiKeys, ...tokens].map(({ secret }) => secret),
  ];
  expect(secrets.length).toBeGreaterThan(7);
  for (const secret of secrets) expect(everything).not.toContain(secret);
  for (const { username, name } of account.contacts) {
    expect(mcp.stderr()).not.toContain(username);
    expect(mcp.stderr()).not.toContain(name);
  }
});
