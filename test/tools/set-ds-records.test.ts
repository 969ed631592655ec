import { expect, test } from 'vitest';
import { agrees, type Connected } from '../support/connect.js';
import { connectDomains } from './support/domains.js';
import { expectBadArguments, expectRefusals } from './support/upstream.js';

const domain = 'kaffe-abonnement.no';
const OLD = `4711 8 1 ${'AB'.repeat(20)}`;
const NEW = `12345 13 2 ${'CD'.repeat(32)}`;

function outside({ sandbox }: Connected) {
  const zone = sandbox.world.dns.zone(domain);
  zone.nameservers = ['ns1.dns.example', 'ns2.dns.example'];
  zone.externalDs = [{ keyTag: 4711, alg: 8, digestType: 1, digest: 'ab'.repeat(20) }];
  return zone;
}

test('the set is replaced after the plan showed both, and undone', async () => {
  await using mcp = await connectDomains({ person: agrees });
  const zone = outside(mcp);
  const pasted = `${domain}. 3600 IN DS 12345 13 2 ${'cd'.repeat(16)} ${'cd'.repeat(16)}`;
  const { text, structured } = await mcp.call('set_ds_records', { domain, records: [pasted] });
  expect(mcp.questions[0]?.message.split('\n').slice(0, 3)).toEqual([
    `Replace the DS records of ${domain}.`,
    `- Before: ${OLD}`,
    `- After: ${NEW}`,
  ]);
  expect(structured).toMatchObject({ ds_records: [NEW], previous_ds_records: [OLD] });
  expect(text).toContain(`DS 1: ${NEW}`);
  expect(zone.externalDs).toEqual([{ keyTag: 12345, alg: 13, digestType: 2, digest: 'CD'.repeat(32) }]);
  await mcp.call('undo_change', {});
  expect(zone.externalDs).toMatchObject([{ keyTag: 4711 }]);
});

test('an empty set removes all, and the plan says what that means', async () => {
  await using mcp = await connectDomains({ person: agrees });
  const zone = outside(mcp);
  const { structured } = await mcp.call('set_ds_records', { domain, records: [] });
  expect(mcp.questions[0]?.message).toMatch(
    /^Remove all DS records of .*\n- Before: .*\n- After: none\.\n.*no longer protected/,
  );
  expect(structured).toMatchObject({ ds_records: [] });
  expect(zone.externalDs).toEqual([]);
});

test('it is for domains served elsewhere, and for whole records only', async () => {
  await using mcp = await connectDomains({ person: agrees });
  await expectRefusals(mcp, 'set_ds_records', [
    [{ domain, records: [NEW] }, /served by Gigahost, which sends its DS record itself: set_dnssec/],
  ]);
  outside(mcp);
  await expectRefusals(mcp, 'set_ds_records', [
    [{ domain, records: [OLD.toLowerCase()] }, /exactly these DS records already/],
  ]);
  await expectBadArguments(mcp, 'set_ds_records', [
    [{ domain, records: [`12345 13 2 ${'CD'.repeat(31)}`] }, /records\.0 is not a DS record such as/],
    [{ domain, records: [`12345 3 2 ${'CD'.repeat(32)}`] }, /is not a DS record/],
    [{ domain, records: [`65536 13 2 ${'CD'.repeat(32)}`] }, /is not a DS record/],
    [{ domain, records: Array<string>(11).fill(NEW) }, /at most 10 records/],
  ]);
});
