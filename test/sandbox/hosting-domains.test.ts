import { expect, test } from 'vitest';
import { open, type Gigahost, type Row } from './support/open.js';

interface Domains {
  domains: Row[];
  subdomains: Row[];
}

const domains = async (gigahost: Gigahost): Promise<Domains> =>
  (await gigahost.get<Domains>('/webhosting/4101/domains')).data;

test('the demo account has an additional domain and a subdomain', async () => {
  await using gigahost = await open();
  expect(await domains(gigahost)).toEqual({
    domains: [{ domain: 'kaffekurs.example', path: '/domains/kaffekurs.example/public_html' }],
    subdomains: [{ subdomain: 'meny', domain: 'meny.fjordkaffe.no', path: '/public_html/meny' }],
  });
});

test('a new subdomain is told, has a folder, and may go into a certificate', async () => {
  await using gigahost = await open();
  const body = { subdomain: 'Kurs' };
  expect((await gigahost.call('POST', '/webhosting/4101/subdomain', { body })).status).toBe(200);
  expect((await domains(gigahost)).subdomains.map(row => row.subdomain)).toEqual(['meny', 'kurs']);
  expect((await gigahost.get('/webhosting/4101/files/list?path=/public_html/kurs')).status).toBe(200);
  const ssl = await gigahost.get<Row>('/webhosting/4101/ssl');
  expect(ssl.data.hostnames).toContain('kurs.fjordkaffe.no');
});

test('a repeat and a name that is none are refused', async () => {
  await using gigahost = await open();
  for (const subdomain of ['meny', 'www', '', 'a..b', '-a', 'ø', 7])
    expect((await gigahost.call('POST', '/webhosting/4101/subdomain', { body: { subdomain } })).status).toBe(400);
  expect((await domains(gigahost)).subdomains).toHaveLength(1);
});

test('a deleted subdomain is gone, and its files stay', async () => {
  await using gigahost = await open();
  expect((await gigahost.call('DELETE', '/webhosting/4101/subdomain/meny')).status).toBe(200);
  expect((await domains(gigahost)).subdomains).toEqual([]);
  expect((await gigahost.get('/webhosting/4101/files/edit?path=/public_html/meny/index.html')).status).toBe(200);
  expect((await gigahost.call('DELETE', '/webhosting/4101/subdomain/meny')).status).toBe(404);
});
