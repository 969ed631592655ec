import { expect, test } from 'vitest';
import { agrees, declines } from '../support/connect.js';
import { billed, COMPANY, connectDomains, PERSON, registrationOf } from './support/domains.js';
import { expectRefusals } from './support/upstream.js';

const domain = 'kaffe-abonnement.no';

test('a domain is handed over to an organisation, which is an order and adds a year', async () => {
  await using mcp = await connectDomains({ person: agrees });
  const before = registrationOf(mcp, domain).expiresAt;
  const { text, structured } = await mcp.call('set_registrant', { domain, ...COMPANY });
  expect(mcp.questions[0]?.message.split('\n')).toEqual([
    `Hand the domain ${domain} over to Kaffekunden AS.`,
    expect.stringMatching(/billed at once, and lengthens the registration by a year, every time/) as unknown,
    '- It belongs to Fjordkaffe AS now, and then to Kaffekunden AS (organisation 988888888, Torget 1, 3210 Sandefjord), who alone decides over it.',
    expect.stringMatching(/Saying yes accepts the registry’s declaration/) as unknown,
    expect.stringMatching(/^- It expires on \d{4}-\d\d-\d\d now\.$/) as unknown,
    ...(mcp.questions[0]?.message.split('\n').slice(5) ?? []),
  ]);
  expect(mcp.sandbox.calls('PUT').map(({ body }) => body)).toMatchObject([
    { registrant_type: 'organization', agree_to_terms: true, applicant_name: 'Kari Anne Berg', zip_code: '3210' },
  ]);
  expect(structured).toMatchObject({ domain, organization: 'Kaffekunden AS' });
  expect(text).toMatch(/^kaffe-abonnement\.no now belongs to Kaffekunden AS, until/);
  expect(registrationOf(mcp, domain).expiresAt).toBeGreaterThan(before);
  expect(billed(mcp)).toBe(1);
});

test('a lost answer is settled by the registrant, and the order is not repeated', async () => {
  await using mcp = await connectDomains({ person: agrees });
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'drop', when: 'after' } });
  const { structured } = await mcp.call('set_registrant', { domain, ...PERSON });
  expect(structured).toMatchObject({ status: 'done', organization: null });
  expect(registrationOf(mcp, domain).registrant).toMatchObject({ type: 'person', identity: PERSON.pid });
  expect(billed(mcp)).toBe(1);
});

test('an order that was lost on the way stays unknown', async () => {
  await using mcp = await connectDomains({ person: agrees });
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'drop', when: 'before' } });
  const { text } = await mcp.call('set_registrant', { domain, ...PERSON });
  expect(text).toMatch(/it is not known whether that happened.*Do not repeat it: get_domain shows/);
  expect(billed(mcp)).toBe(0);
});

test('a person who declines keeps the domain, and it does not go to whom it belongs', async () => {
  await using mcp = await connectDomains({ person: declines });
  await mcp.call('set_registrant', { domain, ...PERSON });
  expect(mcp.questions[0]?.message).toContain('then to a person, by their personal id at the registry');
  expect(billed(mcp)).toBe(0);
  await using other = await connectDomains({ person: agrees });
  await expectRefusals(other, 'set_registrant', [
    [{ domain, ...COMPANY, org_number: '999999999' }, /belongs to Fjordkaffe AS already\. set_registrant_email/],
    [{ domain: 'kunde.example', ...COMPANY }, /not registered through Gigahost/],
  ]);
});
