import { randomPassword } from '../random.js';
import type { AccountActivity, PeopleRecords, SubClient } from '../world/people-records.js';
import { newKeySecret } from '../world/people.js';
import type { ApiKey } from '../world/records.js';
import { DAY, HOUR, MINUTE } from '../times.js';

const OFFICE = '198.51.100.77';
const INGRID = { id: '31', name: 'Ingrid Nes', username: 'demo@example.no' };
const JONAS = { id: '32', name: 'Jonas Lie', username: 'jonas@example.no' };

/** What the people of the account did, hold and signed. */
export const people = (now: number): PeopleRecords => ({
  activity: ACTIVITY.map(([contact, age, text], index): AccountActivity => {
    return { id: String(41_001 + index), contact, text, at: now - age };
  }),
  apiKeys: [certbot(now), monitoring(now)],
  clients: [kafeSolsiden(now)],
  dpas: [
    {
      id: '301',
      signedBy: INGRID.name,
      signedIp: OFFICE,
      signedAt: now - 210 * DAY,
      dataTypes: ['personal', 'financial'],
      affectedGroups: ['employees', 'customers'],
      revoked: false,
    },
  ],
});

const ACTIVITY = [
  [INGRID, 210 * DAY, 'Data processing agreement signed.'],
  [INGRID, 120 * DAY, 'API key "certbot" created.'],
  [INGRID, 90 * DAY, 'SSH key "deploy" added.'],
  [INGRID, 61 * DAY, 'Sub-client "Kafé Solsiden" created.'],
  [INGRID, 45 * DAY, 'API key "monitoring" created.'],
  [JONAS, 9 * DAY, `Signed in from ${OFFICE}.`],
  [INGRID, 3 * DAY, 'Notification preferences updated.'],
  [INGRID, 3 * HOUR, `Signed in from ${OFFICE} with passkey "YubiKey 5C".`],
] as const;

function certbot(now: number): ApiKey {
  const renewal = now - 11 * DAY;
  const records = '/dns/zones/3301/records';
  return {
    ...key('81', 'certbot', now - 120 * DAY, { dns: { mode: 'rw', all: false, ids: ['3301'] } }),
    expiresAt: now + 245 * DAY,
    lastUsedAt: renewal,
    lastUsedIp: '192.0.2.10',
    uses: [
      use('7101', renewal - MINUTE, '192.0.2.10', 'POST', records, 201, CHALLENGE),
      use('7102', renewal, '192.0.2.10', 'GET', records, 200),
    ],
  };
}

const CHALLENGE = '{"record_name":"_acme-challenge","record_type":"TXT","record_value":"Jc3tnTq0","record_ttl":300}';

function monitoring(now: number): ApiKey {
  const lastUsedAt = now - 2 * MINUTE;
  return {
    ...key('82', 'monitoring', now - 45 * DAY, { servers: { mode: 'r', all: true } }),
    lastUsedAt,
    lastUsedIp: '203.0.113.40',
    uses: [use('7103', lastUsedAt, '203.0.113.40', 'GET', '/servers', 200)],
  };
}

const key = (id: string, label: string, createdAt: number, permissions: ApiKey['permissions']): ApiKey => ({
  id,
  secret: newKeySecret(),
  label,
  permissions,
  contactId: INGRID.id,
  createdAt,
  expiresAt: null,
  lastUsedAt: null,
  lastUsedIp: null,
  revokedAt: null,
  uses: [],
});

const use = (
  id: string,
  at: number,
  ip: string,
  method: string,
  path: string,
  status: number,
  requestBody = '',
): ApiKey['uses'][number] => ({
  id,
  at,
  ip,
  method,
  path,
  query: '',
  requestBody,
  status,
  responseBody: `{"meta":{"status":${status}}}`,
  truncated: false,
});

const kafeSolsiden = (now: number): SubClient => ({
  id: '501',
  name: 'Kari Solberg',
  email: 'kari@kunde.example',
  phone: '+47 99 99 99 98',
  companyName: 'Kafé Solsiden',
  companyNumber: '999999998',
  address: 'Strandpromenaden 8',
  zip: '3210',
  city: 'Sandefjord',
  country: 'NO',
  active: true,
  loginEnabled: true,
  invoiceDirect: false,
  password: randomPassword(),
  createdAt: now - 61 * DAY,
  servers: [{ id: '611', objectId: '18106' }],
  domains: [{ id: '621', objectId: '3304' }],
  webhosting: [],
});
