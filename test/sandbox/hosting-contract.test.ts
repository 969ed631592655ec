import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { allHostingRoutes } from '../../src/sandbox/routes/hosting-all.js';
import { open } from './support/open.js';

const FILE = new URL('../contract/gigahost.openapi.yaml', import.meta.url);
const contract = parse(readFileSync(FILE, 'utf8')) as { paths: Record<string, Record<string, { tags?: string[] }>> };

test('every operation of web hosting in the contract has one route, and nothing else does', () => {
  const documented = Object.entries(contract.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { tags = [] }]) => tags.some(tag => /^webhosting(-|$)/.test(tag)))
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  );
  const played = allHostingRoutes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  expect(played.sort()).toEqual(documented.sort());
  expect(played.length).toBeGreaterThan(60);
});

test('every read of both demo accounts fits the contract', async () => {
  await using gigahost = await open();
  const tails = [
    ...['', '/stats', '/domains', '/emails', '/email-forwarders', '/email-catch-all', '/autoresponders'],
    ...['/email-dkim', '/spamfilter', '/ftp', '/databases', '/files/tree', '/files/list', '/installations'],
    ...['/apps/available', '/ssl', '/backups', '/files/edit?path=/public_html'],
  ];
  for (const id of ['4101', '4102'])
    for (const tail of tails) {
      const { status } = await gigahost.get(`/webhosting/${id}${tail}`);
      expect({ id, tail, status }).toEqual({ id, tail, status: tail.includes('edit') ? 404 : 200 });
    }
});

test('every route answers 404 for an account that does not exist', async () => {
  await using gigahost = await open();
  for (const { method, path } of allHostingRoutes.filter(route => route.path.includes(':id'))) {
    const target = path.replace(':id', '4999').replace(/:\w+/g, 'x');
    const { status } = await gigahost.call(method, target, method === 'GET' ? {} : { body: {} });
    expect({ method, path, status }).toEqual({ method, path, status: 404 });
  }
});
