import { expect, test } from 'vitest';
import { agrees, connect, declines } from '../support/connect.js';
import { zoneOf, ZONE } from './support/dns.js';
import { changesOf, expectRefusals } from './support/upstream.js';

const UNSIGNED = 'kaffe-abonnement.no';
const SIGNED = 'fjordkaffe.no';

test('DNSSEC is switched on after a yes, and the DS record is told', async () => {
  await using mcp = await connect({ person: agrees });
  const { structured, text } = await mcp.call('set_dnssec', { zone: UNSIGNED, enabled: true });
  const { dnssec } = zoneOf(mcp, UNSIGNED);
  const ds = `${dnssec?.keyTag} 13 2 ${dnssec?.digest}`;
  expect(structured).toMatchObject({ status: 'done', enabled: true, ds_records: ds });
  expect(text).toMatch(new RegExp(`^DNSSEC of ${UNSIGNED} is on, as read back\\.\n\nDS: ${ds}`));
  expect(mcp.questions[0]?.message).toMatch(/makes keys, signs the zone and sends the DS record to the registry/);
  expect(mcp.sandbox.calls('PUT').map(({ body }) => body)).toEqual([{ enable: 1 }]);
});

test('switching it off warns of what resolvers remember, and a no leaves it on', async () => {
  await using mcp = await connect({ person: declines });
  await mcp.call('set_dnssec', { zone: SIGNED, enabled: false });
  expect(mcp.questions[0]?.message).toMatch(
    /Until resolvers have forgotten the old DS record, some may not find the domain\.\n- Switching it on again makes new keys\./,
  );
  expect(zoneOf(mcp, SIGNED).dnssec).not.toBeNull();
  await using other = await connect({ sandbox: mcp.sandbox, person: agrees });
  expect((await other.call('set_dnssec', { zone: SIGNED, enabled: false })).structured).toMatchObject({
    enabled: false,
    ds_records: null,
  });
  expect(zoneOf(mcp, SIGNED).dnssec).toBeNull();
});

test('what is so already is not switched, as that could make new keys', async () => {
  await using mcp = await connect({ person: agrees });
  await expectRefusals(mcp, 'set_dnssec', [
    [{ zone: SIGNED, enabled: true }, /DNSSEC of fjordkaffe\.no is on already\. DS: \d+ 13 2 6E1F/],
    [{ zone: UNSIGNED, enabled: false }, /DNSSEC of kaffe-abonnement\.no is off already\./],
    [{ zone: ZONE, enabled: true }, /is not registered through Gigahost, which signs only domains that are/],
  ]);
});

test('a domain that is served elsewhere is said to need its DS records from there', async () => {
  await using mcp = await connect({ person: declines });
  zoneOf(mcp, UNSIGNED).nameservers = ['ns1.dns.example', 'ns2.dns.example'];
  await mcp.call('set_dnssec', { zone: UNSIGNED, enabled: true });
  expect(mcp.questions[0]?.message).toMatch(
    /served elsewhere: Gigahost only notes it, and its DS records have to be given/,
  );
});

test('what Gigahost says in place of the DS record of a domain served elsewhere is not passed off as one', async () => {
  await using mcp = await connect({ person: agrees });
  zoneOf(mcp, UNSIGNED).nameservers = ['ns1.dns.example', 'ns2.dns.example'];
  const { structured, text } = await mcp.call('set_dnssec', { zone: UNSIGNED, enabled: true });
  expect(structured).toMatchObject({ enabled: true, ds_records: null });
  expect(text).toMatch(/is on, as read back\.\n\nIt is served elsewhere: .* set_ds_records hands them in/);
  expect(text).not.toContain('DS: ');
  const again = await mcp.call('set_dnssec', { zone: UNSIGNED, enabled: true });
  expect(again.text).toMatch(/is on already\. It is served elsewhere: .* set_ds_records hands them in/);
});

test('a refusal is told, and a failure that switched all the same is not repeated', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'status', status: 403 } });
  const refused = await mcp.call('set_dnssec', { zone: UNSIGNED, enabled: true });
  expect([refused.isError, refused.text]).toEqual([
    true,
    expect.stringMatching(
      /Could not switch DNSSEC: .*Nothing changed\. Gigahost signs only domains that are registered/,
    ),
  ]);
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'status', status: 500, acts: true } });
  expect((await mcp.call('set_dnssec', { zone: UNSIGNED, enabled: true })).structured).toMatchObject({ enabled: true });
  expect(changesOf(mcp.sandbox)).toHaveLength(2);
});
