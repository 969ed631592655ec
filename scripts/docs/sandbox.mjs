// What the demo account of the sandbox holds.
import { load } from '../build.mjs';
import { code, table } from './table.mjs';

const { demoAccount } = await load('src/sandbox/demo/index.ts');
const { servers, dns, operatingSystems, hosting, account } = demoAccount(Date.now(), 0, 0);
const systemOf = id => operatingSystems.find(system => system.id === id)?.name ?? 'none yet';

export const sandboxParts = {
  'demo-servers': table(
    ['server', 'id', 'kind', 'system', 'IPv4', 'billing'],
    servers.map(({ name, id, kind, osId, addresses, order }) => [
      code(name),
      id,
      kind,
      systemOf(osId),
      addresses.find(({ family }) => family === 'ipv4')?.address ?? '',
      order?.billing ?? '',
    ]),
  ),
  'demo-zones': table(
    ['zone', 'id', 'records', 'registered here', 'web hosting'],
    dns.zones.map(({ name, id, records, registration }) => [
      code(name),
      id,
      records.length,
      registration ? 'yes' : '',
      hosting.accounts.some(({ domain }) => domain === name) ? 'yes' : '',
    ]),
  ),
  'demo-people': table(
    ['person', 'login', 'access'],
    account.contacts.map(({ name, username, accessLevel }) => [name, code(username), code(accessLevel)]),
  ),
};
