import { expect, test } from 'vitest';
import { changeAccountEmail, resetPassword, setTwoFactor } from '../../src/client/api/account-settings.js';
import { createApiKey, getApiKeyLog, listApiKeys, updateApiKey } from '../../src/client/api/api-keys.js';
import { getClient, updateClient } from '../../src/client/api/clients.js';
import { getDpaPdf, listDpas } from '../../src/client/api/dpa.js';
import { updateDynDns } from '../../src/client/api/dyndns.js';
import { getUser, updateUser } from '../../src/client/api/users.js';

const reply = (data: unknown) => ({ meta: {}, data, body: {} });

test('an assignment and the server it is about have ids of their own', () => {
  const user = getUser.decode(
    reply({ contact_id: 7, servers: [{ id: '31', srv_id: 3523, srv_name: 'web01', ip_address: null }] }),
  );
  expect(user).toMatchObject({ id: '7', active: null, servers_unassigned: [] });
  expect(user.servers).toEqual([{ relation_id: '31', server_id: '3523', server: 'web01', address: null }]);
});

test('what an API key may do is told for every category it has, newer ones too', () => {
  const [key] = listApiKeys.decode(
    reply([
      {
        key_id: 4,
        permissions: {
          servers: { mode: 'rw', all: false, ids: [3523, '4711'] },
          billing: { mode: 'r' },
          ai: { mode: 'r' },
        },
        expires_at: 1893456000,
        last_used_at: null,
      },
      { key_id: '5', permissions: [] },
    ]),
  );
  expect(key).toMatchObject({
    id: '4',
    permissions: {
      servers: { mode: 'rw', all: false, ids: ['3523', '4711'] },
      billing: { mode: 'r', all: null, ids: [] },
      ai: { mode: 'r' },
    },
    expires_at: '2030-01-01T00:00:00Z',
    last_used_at: null,
  });
});

test('a new API key is a secret with a prefix that is none', () => {
  const created = createApiKey.decode(reply({ secret: 'flux_live_0123', prefix: 'flux_live_01', label: 'ci' }));
  expect(created.secret?.reveal()).toBe('flux_live_0123');
  expect(JSON.stringify(created)).toContain('[hidden]');
});

test('the log of an API key keeps short facts and nothing that can hold a request or a reply', () => {
  const row = { time: 1700000000, method: 'GET', status: 200, truncated: false };
  expect(
    getApiKeyLog.decode(
      reply([
        { ...row, request_body: 'a', response_body: 'b', query_string: 'c', requestData: 'd', headers: 'e', more: {} },
      ]),
    ),
  ).toEqual([row]);
});

test('an agreement is a PDF, whatever its name', () => {
  const pdf = Buffer.from('%PDF-1.4 agreement');
  const file = getDpaPdf.decode(reply([{ filename: 'dpa.pdf', data: pdf.toString('base64') }]));
  expect(file).toEqual({ name: 'dpa.pdf', mimeType: 'application/pdf', bytes: pdf, size: pdf.length });
  expect(() => getDpaPdf.decode(reply({ filename: 'dpa.pdf', data: 'not base64!' }))).toThrow();
});

test('the address an agreement was signed from is not handed on', () => {
  const [agreement] = listDpas.decode(reply([{ dpa_id: '3', dpa_signed_ip: '192.0.2.44', dpa_revoked: '0' }]));
  expect(agreement).toMatchObject({ id: '3', revoked: false, data_types: [] });
  expect(JSON.stringify(agreement)).not.toContain('192.0.2.44');
});

test('a sub-client without anything has empty lists, not errors', () => {
  expect(getClient.decode(reply({ client_id: '9', domains: {}, webhosting: null }))).toMatchObject({
    servers: [],
    domains: [],
    webhosting_unassigned: [],
  });
});

test('an effect that depends on what is sent is told from what is sent', () => {
  expect(setTwoFactor.effectOf?.({ type: 'disable', code: '012345' })).toBe('destroy');
  expect(setTwoFactor.effectOf?.({ type: 'enable', code: '012345' })).toBeUndefined();
  expect(updateUser.effectOf?.({ contact_access_level: 'admin' })).toBe('disrupt');
  expect(updateUser.effectOf?.({ contact_access_level: 'user' })).toBe('disrupt');
  expect(updateUser.effectOf?.({ contact_access_level: 'admin', contact_password: 'hunter2' })).toBe('disrupt');
  expect(updateApiKey.effectOf?.({ permissions: {} })).toBe('disrupt');
  expect(updateApiKey.effectOf?.({ label: 'certbot' })).toBeUndefined();
  expect(updateDynDns.effectOf?.({})).toBe('disrupt');
  expect(updateClient.effectOf?.({ client_name: 'Kari' })).toBeUndefined();
  expect(updateClient.effectOf?.({ client_active: 1 })).toBeUndefined();
  expect(updateClient.effectOf?.({ client_login_enabled: 0 })).toBe('disrupt');
  expect(updateClient.effectOf?.({ password: 'hunter2', client_invoice_direct: 0 })).toBe('purchase');
});

test('the two stages of a change of address or a reset are never mixed', () => {
  const takes = (endpoint: typeof resetPassword | typeof changeAccountEmail, body: object) =>
    endpoint.body?.safeParse(body).success;
  expect(takes(changeAccountEmail, { email: 'ola@example.no', hash: 'a' })).toBe(false);
  expect(takes(changeAccountEmail, {})).toBe(false);
  expect(takes(resetPassword, { username: 'ola@example.no', stage: '2', hash: 'a' })).toBe(false);
  expect(takes(resetPassword, { stage: '2', hash: 'a' })).toBe(true);
});
