import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { matchPath } from '../../src/sandbox/http/route.js';
import { ROUTES } from '../../src/sandbox/routes/index.js';
import { open, signIn, type Row } from './support/open.js';

const CONTRACT = new URL('../contract/gigahost.openapi.yaml', import.meta.url);
const TAGS = ['account', 'users', 'ssh-keys', 'api-keys', 'clients', 'dpa'];

interface Contract {
  paths: Record<string, Record<string, { tags?: string[] }>>;
}

test('every operation of these groups has a route', () => {
  const { paths } = parse(readFileSync(CONTRACT, 'utf8')) as Contract;
  const wanted = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { tags }]) => tags?.some(tag => TAGS.includes(tag)))
      .map(([method]) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{.*?\}/g, '1') })),
  );
  const missing = wanted.filter(
    ({ method, path }) => !matchPath(ROUTES, path).some(({ route }) => route.method === method),
  );
  expect(wanted).toHaveLength(45);
  expect(missing).toEqual([]);
});

test('an object that does not exist is 404, whatever is asked of it', async () => {
  await using gigahost = await open();
  const authorization = await signIn(gigahost);
  for (const [method, path] of [
    ['GET', '/account/user/9'],
    ['PUT', '/account/user/9'],
    ['PUT', '/account/user/9/server'],
    ['DELETE', '/account/user/33/server/9'],
    ['GET', '/account/apikeys/9'],
    ['GET', '/account/apikeys/9/log'],
    ['GET', '/account/clients/9'],
    ['PUT', '/account/clients/9'],
    ['POST', '/account/clients/9/sendlogin'],
    ['PUT', '/account/clients/9/domain'],
    ['DELETE', '/account/clients/501/webhosting/9'],
    ['GET', '/account/dpa/9'],
  ] as const)
    expect({ path, ...(await gigahost.call(method, path, { authorization })) }).toMatchObject({
      path,
      status: 404,
      data: [],
    });
});

test('the people of the demo account hold things that exist', async () => {
  await using gigahost = await open();
  const { world } = gigahost.sandbox;
  const contacts = world.account.contacts.map(({ id }) => id);
  const servers = world.servers.map(({ id }) => id);
  for (const { contact } of world.people.activity) expect(contacts).toContain(contact.id);
  for (const { contactId } of world.apiKeys) expect(contacts).toContain(contactId);
  for (const { servers: handed } of [...world.account.contacts, ...world.people.clients])
    for (const { objectId } of handed) expect(servers).toContain(objectId);
  const { data } = await gigahost.get<Record<string, Row[]>>('/account/clients/501');
  expect([data.servers?.length, data.domains?.length]).toEqual([1, 1]);
});
