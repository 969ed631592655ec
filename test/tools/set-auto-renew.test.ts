import { expect, test } from 'vitest';
import { agrees, declines } from '../support/connect.js';
import { connectDomains, registrationOf } from './support/domains.js';
import { changesOf, expectRefusals } from './support/upstream.js';

test('switching it off says on which day the domain lapses, wants its name typed, and can be undone', async () => {
  await using mcp = await connectDomains({ person: agrees });
  const { text, structured } = await mcp.call('set_auto_renew', { domain: 'fjordkaffe.no', enabled: false });
  const [question] = mcp.questions;
  expect(question?.message).toMatch(
    /^Switch automatic renewal of fjordkaffe\.no off\.\n- The domain lapses on (\d{4}-\d\d-\d\d): .*anybody can register it.*\n- Nothing changes before that day\.\n- undo_change can take it back\.$/,
  );
  expect(question?.properties).toEqual({ name: { type: 'string', title: 'Type fjordkaffe.no to confirm' } });
  expect(structured).toMatchObject({ status: 'done', domain: 'fjordkaffe.no', auto_renew: false });
  expect(text).toMatch(/^fjordkaffe\.no is no longer renewed by itself, and lapses on \d{4}-/);
  expect(registrationOf(mcp, 'fjordkaffe.no').autoRenew).toBe(false);

  const undone = await mcp.call('undo_change', {});
  expect(undone.structured).toMatchObject({ auto_renew: true, undone: structured['change_id'] });
  expect(mcp.questions[1]?.message).toContain('billed for another year');
  expect(registrationOf(mcp, 'fjordkaffe.no').autoRenew).toBe(true);
});

test('switching it on is a purchase to come: a person who declines is not billed, and a limit on spending holds', async () => {
  await using mcp = await connectDomains({ person: declines });
  const { structured } = await mcp.call('set_auto_renew', { domain: 'kaffe-abonnement.no', enabled: true });
  expect(structured).toEqual({ status: 'declined' });
  expect(mcp.questions[0]?.properties).toHaveProperty('name');
  await using limited = await connectDomains({ person: agrees, args: ['--max-spend', '500 NOK'] });
  const refused = await limited.call('set_auto_renew', { domain: 'kaffe-abonnement.no', enabled: true });
  expect(refused.text).toMatch(/does not say what this costs, and the operator has set a limit/);
  expect([...changesOf(mcp.sandbox), ...changesOf(limited.sandbox)]).toEqual([]);
});

test('what is so already, and what is no domain of the account, is said', async () => {
  await using mcp = await connectDomains({ person: agrees });
  await expectRefusals(mcp, 'set_auto_renew', [
    [{ domain: 'fjordkaffe.no', enabled: true }, /renewal of fjordkaffe\.no is on already\. It expires on \d{4}-/],
    [{ domain: 'fjordkaffe.example', enabled: true }, /not registered through Gigahost: it is only a DNS zone here/],
    [{ domain: 'kaffe.no', enabled: true }, /There is no DNS zone called "kaffe\.no"/],
  ]);
});

test('a lost answer is reported as unknown, with the read that settles it', async () => {
  await using mcp = await connectDomains({ person: agrees });
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'drop', when: 'after' } });
  const { text } = await mcp.call('set_auto_renew', { domain: 'fjordkaffe.no', enabled: false });
  expect(text).toMatch(/it is not known whether that happened.*Do not repeat it: get_domain shows whether it did/);
});
