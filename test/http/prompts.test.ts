import { expect, test } from 'vitest';
import { principalsOf, twoAccounts } from '../support/accounts.js';
import { serve } from '../support/http.js';
import { completionOf, namesOfPrompts, textOf } from '../support/prompts.js';

test('each is offered what their role, reach and toolsets allow, and completes what is theirs', async () => {
  const principals = [
    { name: 'vera', role: 'viewer', onlyServers: ['web*'], onlyZones: ['*.no'] },
    { name: 'olav', role: 'operator', onlyServers: ['db*'], toolsets: ['servers', 'dns'] },
    { name: 'ada', role: 'admin' },
  ];
  await using server = await serve({ principals });
  for (const generation of ['v1', 'v2-pinned'] as const) {
    await using vera = await server.connect({ generation, as: 'vera' });
    await using olav = await server.connect({ generation, as: 'olav' });
    await using ada = await server.connect({ generation, as: 'ada' });
    expect(await namesOfPrompts(vera)).toEqual(['fleet-health', 'monthly-costs', 'mail-server-check']);
    expect(await namesOfPrompts(olav)).toEqual(['fleet-health', 'mail-server-check', 'zone-migration']);
    expect(await namesOfPrompts(ada)).toContain('safe-reinstall');
    // At the same time, as their clients would.
    const [hers, his, all] = await Promise.all(
      [vera, olav, ada].map(mcp => completionOf(mcp, 'fleet-health', 'servers', '')),
    );
    expect(hers).toEqual(['web01', 'web02']);
    expect(his).toEqual(['db01']);
    expect(all).toHaveLength(7);
    expect(await completionOf(vera, 'mail-server-check', 'zone', '')).toEqual(['fjordkaffe.no', 'kaffe-abonnement.no']);
    expect(await textOf(olav, 'zone-migration')).toContain('Switched off here: get_domain, set_ds_records');
    await expect(textOf(olav, 'safe-reinstall')).rejects.toMatchObject({ code: -32602 });
  }
});

test('nobody is offered a server of somebody else’s account', async () => {
  await using both = await twoAccounts();
  for (const [at, { world }] of both.accounts.entries())
    for (const server of world.servers) server.name = `${server.name}-of-${at + 1}`;
  await using server = await serve(principalsOf(both));
  await using one = await server.connect({ generation: 'v2-pinned', as: 'one' });
  await using two = await server.connect({ generation: 'v1', as: 'two' });
  const rounds = Array.from({ length: 8 }, () => [one, two]).flat();
  const offered = await Promise.all(rounds.map(mcp => completionOf(mcp, 'safe-reinstall', 'server', 'web')));
  for (const [n, names] of offered.entries()) {
    const account = (n % 2) + 1;
    expect(names).toEqual([`web01-of-${account}`, `web02-of-${account}`]);
  }
});
