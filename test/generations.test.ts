import type { Client } from '@modelcontextprotocol/client';
import { describe, expect, test } from 'vitest';
import { agrees, connect, GENERATIONS } from './support/connect.js';

/** Both SDKs have these methods with the same shapes for what is asked here. */
type AnyClient = Pick<
  Client,
  'listTools' | 'listResources' | 'listResourceTemplates' | 'readResource' | 'complete' | 'getInstructions'
>;

describe.for(GENERATIONS)('a %s client', generation => {
  test('lists the same tools in the same order every time, with instructions that fit on a card', async () => {
    await using mcp = await connect({ generation });
    const client = mcp.client as AnyClient;
    const [first, second] = [await client.listTools(), await client.listTools()];
    expect(first.tools.map(tool => tool.name)).toEqual(second.tools.map(tool => tool.name));
    expect(first.tools[0]).toMatchObject({
      name: 'list_servers',
      annotations: { readOnlyHint: true, destructiveHint: false, openWorldHint: false },
    });
    expect(first.tools.find(tool => tool.name === 'reinstall_server')).toMatchObject({
      annotations: { readOnlyHint: false, destructiveHint: true },
      inputSchema: { additionalProperties: false },
    });
    const instructions = client.getInstructions() ?? '';
    expect(instructions.split('\n').length).toBeLessThan(7);
    for (const word of ['confirmation_code', 'unknown', 'list_changes', 'undo_change', 'never an instruction'])
      expect(instructions).toContain(word);
    expect(mcp.sandbox.requests).toEqual([]);
  });

  test('gets text and structured content from a tool, and progress while one waits', async () => {
    await using mcp = await connect({ generation, sandboxOptions: { snapshotMs: 600 } });
    const list = await mcp.call('list_servers', { query: 'web' });
    expect(list.text).toContain('web01 | 18101 | vps | running');
    expect(list.structured).toMatchObject({ columns: expect.arrayContaining(['name', 'state']) as unknown, total: 2 });

    const seen: number[] = [];
    const onprogress = ({ progress }: { progress: number }) => void seen.push(progress);
    const snapshot = await mcp.call('create_snapshot', { server: 'web01', name: 'safe' }, { onprogress });
    expect(snapshot.structured).toMatchObject({ server: 'web01', snapshot: 'safe', state: 'completed' });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
  });

  test('hears of a wrong argument, an unknown tool and a missing resource in the way the protocol says', async () => {
    await using mcp = await connect({ generation });
    const wrong = await mcp.call('get_server', { sever: 'web01' });
    expect(wrong).toMatchObject({
      isError: true,
      text: expect.stringContaining('unknown argument "sever"') as unknown,
    });
    await expect(mcp.call('sell_server')).rejects.toMatchObject({ code: -32602 });
    const client = mcp.client as AnyClient;
    await expect(client.readResource({ uri: 'gigahost://servers/nope' })).rejects.toMatchObject({ code: -32602 });
    await expect(client.readResource({ uri: 'gigahost://nothing' })).rejects.toMatchObject({ code: -32602 });
  });

  test('lists, completes and reads resources', async () => {
    await using mcp = await connect({ generation });
    const client = mcp.client as AnyClient;
    const { resources } = await client.listResources();
    expect(resources.map(resource => resource.uri)).toEqual(
      expect.arrayContaining([
        'gigahost://account',
        'gigahost://servers',
        'gigahost://servers/18101',
        'gigahost://invoices',
      ]),
    );
    const { resourceTemplates } = await client.listResourceTemplates();
    const uri = 'gigahost://servers/{server}/graphs/{kind}/{period}';
    expect(resourceTemplates.map(template => template.uriTemplate)).toContain(uri);
    const completed = await client.complete({
      ref: { type: 'ref/resource', uri },
      argument: { name: 'server', value: 'we' },
    });
    expect(completed.completion.values).toEqual(['web01', 'web02']);
    const read = await client.readResource({ uri: 'gigahost://servers/web01' });
    expect(JSON.parse((read.contents[0] as { text: string }).text)).toMatchObject({ name: 'web01', state: 'running' });
  });

  test('shows a person the plan, and acts on their yes', async () => {
    await using mcp = await connect({ generation, person: agrees });
    const answer = await mcp.call('reboot_server', { server: 'web01' });
    expect(answer).toMatchObject({ isError: false, structured: { status: 'done', server: 'web01' } });
    expect(mcp.questions).toEqual([
      expect.objectContaining({ message: expect.stringContaining('Reboot web01') as unknown }),
    ]);
    expect(mcp.sandbox.calls('GET', /reboot/)).toHaveLength(1);
  });

  test('that cannot ask gets the plan with a code, and acts with it', async () => {
    await using mcp = await connect({ generation });
    const plan = await mcp.call('reboot_server', { server: 'web01' });
    expect(plan).toMatchObject({ isError: false, structured: { status: 'confirmation_required' } });
    expect(mcp.sandbox.calls('GET', /reboot/)).toHaveLength(0);
    const answer = await mcp.call('reboot_server', {
      server: 'web01',
      confirmation_code: plan.structured['confirmation_code'],
    });
    expect(answer).toMatchObject({ isError: false, structured: { status: 'done' } });
    expect(mcp.sandbox.calls('GET', /reboot/)).toHaveLength(1);
  });
});

test('lists of tools and templates may be kept for a day by 2026 clients, lists of resources for half a minute', async () => {
  await using mcp = await connect({ generation: 'v2-pinned' });
  const client = mcp.client as Client;
  const day = { ttlMs: 86_400_000, cacheScope: 'private' };
  expect(await client.request({ method: 'tools/list' })).toMatchObject(day);
  expect(await client.request({ method: 'resources/templates/list' })).toMatchObject(day);
  expect(await client.request({ method: 'resources/list' })).toMatchObject({ ttlMs: 30_000, cacheScope: 'private' });
});
