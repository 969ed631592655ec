import { expect, test } from 'vitest';
import { agrees, declines } from '../support/connect.js';
import { connectDomains, registrationOf } from './support/domains.js';
import { changesOf, expectBadArguments } from './support/upstream.js';

const domain = 'fjordkaffe.no';
const email = 'domener@fjordkaffe.example';

test('the address is set once a person agrees, who learns what it is good for', async () => {
  await using mcp = await connectDomains({ person: agrees });
  const { text, structured } = await mcp.call('set_registrant_email', { domain, email });
  expect(mcp.questions[0]?.message).toMatch(
    /^Set the registrant’s e-mail address of fjordkaffe\.no\.\n- .*whoever reads it can take the domain over\.\n- The public can see it\./,
  );
  expect(mcp.questions[0]?.properties).toHaveProperty('confirm');
  expect(structured).toMatchObject({ status: 'done', domain, protected: false });
  expect(text).toMatch(/^The registrant’s e-mail address of fjordkaffe\.no is set\. get_domain/);
  expect(registrationOf(mcp, domain).registrant.email).toBe(email);
});

test('behind a forwarding address, that one is published', async () => {
  await using mcp = await connectDomains({ person: agrees });
  const { structured } = await mcp.call('set_registrant_email', { domain, email, protect: true });
  expect(structured).toMatchObject({ protected: true });
  expect(registrationOf(mcp, domain).registrant.email).toMatch(/@whoisbeskyttelse\.no$/);
});

test('nothing is set without a yes, or to what is no address', async () => {
  await using mcp = await connectDomains({ person: declines });
  await expectBadArguments(mcp, 'set_registrant_email', [
    [{ domain, email: 'nobody' }, /email is not an e-mail address/],
  ]);
  await mcp.call('set_registrant_email', { domain, email });
  expect(changesOf(mcp.sandbox)).toEqual([]);
});
