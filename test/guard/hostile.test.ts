import type { Client } from '@modelcontextprotocol/client';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { TOOLS } from '../../src/tools/index.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { connect, declines, type ToolAnswer } from '../support/connect.js';
import { HOSTILE_ARGUMENTS, HOSTILE_TEXTS, nameAccount, nameServer } from '../support/hostile.js';

const FORBIDDEN =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]|\p{Cs}/u;
const LINKING = /!\[|\]\(|[a-z][a-z0-9+.-]*:\/\/(?!127\.0\.0\.1:)/i;

function nameEverything(sandbox: Sandbox, text: string): void {
  const { world } = sandbox;
  for (const server of world.servers) nameServer(server, text);
  for (const system of world.operatingSystems) system.name = text;
  for (const invoice of world.invoices) invoice.number = text;
  nameAccount(world, text);
  world.account.email = text;
}

function expectTame(said: string, where: string): void {
  expect(said, where).not.toMatch(FORBIDDEN);
  expect(said, where).not.toMatch(LINKING);
}
const expectTameAnswer = (answer: ToolAnswer, where: string): void => {
  expectTame(answer.text, where);
  expect(JSON.stringify(answer.structured), where).not.toMatch(FORBIDDEN);
  expect(encode(answer.text + JSON.stringify(answer.structured)).length, where).toBeLessThan(6000);
};

test.for(HOSTILE_TEXTS.map((text, at) => [at, text] as const))(
  'an account in which everything is called by hostile text no. %i is shown as data',
  async ([, text]) => {
    await using mcp = await connect({ person: declines });
    nameEverything(mcp.sandbox, text);
    for (const [tool, args] of [
      ['list_servers', {}],
      ['get_server', { server: '18101' }],
      ['get_server', { server: '18105' }],
      ['get_server', { server: 'nothing-of-that-name' }],
      ['list_snapshots', { server: '18101' }],
      ['list_operating_systems', {}],
      ['list_isos', { server: '18103' }],
      ['list_upgrades', { server: '18103' }],
      ['get_account', {}],
      ['list_invoices', {}],
      ['set_reverse_dns', { address: '192.0.2.10', target: 'www.example.no' }],
      ['delete_snapshot', { server: '18101', snapshot: '3101' }],
      ['reinstall_server', { server: '18101', os: '118' }],
      ['reboot_server', { server: '18101' }],
      ['list_changes', {}],
    ] as const)
      expectTameAnswer(await mcp.call(tool, args), tool);
    for (const { message, properties } of mcp.questions) {
      expectTame(message, 'question');
      expect(
        message.split('\n').every((line, at) => at === 0 || line.startsWith('- ')),
        message,
      ).toBe(true);
      expect(JSON.stringify(properties)).not.toMatch(FORBIDDEN);
    }
    const client = mcp.client as Pick<Client, 'listResources' | 'readResource'>;
    const { resources } = await client.listResources();
    expect(resources.map(({ name, title }) => `${name}${title}`).join()).not.toMatch(FORBIDDEN);
    for (const uri of ['gigahost://servers', 'gigahost://servers/18101', 'gigahost://account', 'gigahost://changes'])
      expect(JSON.stringify(await client.readResource({ uri }))).not.toMatch(FORBIDDEN);
    mcp.sandbox.misbehave({
      path: /servers$/,
      fault: { kind: 'reply', status: 400, body: { meta: { status: 400, message: text } } },
    });
    expectTameAnswer(await mcp.call('list_servers'), 'error');
    expect(mcp.stderr()).not.toContain('\u001b');
  },
);

test('whatever is passed where a name, an id or an address belongs, no request leaves its path', async () => {
  await using sandbox = await startSandbox();
  await using mcp = await connect({ sandbox, person: declines });
  const right: Record<string, unknown> = {
    server: 'web01',
    name: 'x',
    target: 'a.example.no',
    address: '192.0.2.10',
    os: 'debian-13',
    snapshot: '3101',
    iso: '311',
    package: '7957',
    routing: 'l3',
    allowed_addresses: ['192.0.2.1'],
    zone: 'fjordkaffe.example',
    source: 'tilbud',
    enabled: true,
    records: [{ name: 'db01', type: 'A', values: ['192.0.2.20'] }],
  };
  const paths =
    /^\/(servers(\/[1-9]\d*(\/(name|ipmi|powerstate|reboot|power\/o(n|ff)|port_bits|port_upkts|reverse|ipv4|snapshots?|isos|upgrade|reinstall))?)?|reinstall\/distro(\/[1-9]\d*)?|account|my\/account|billing|my\/invoices|dns\/zones(\/33\d\d(\/(records|redirect|ds-records))?)?)$/;
  for (const tool of TOOLS) {
    for (const argument of Object.keys(tool.input.shape)) {
      for (const value of HOSTILE_ARGUMENTS) {
        const others = Object.fromEntries(
          Object.keys(tool.input.shape).flatMap(key => (key in right ? [[key, right[key]]] : [])),
        );
        const answer = await mcp.call(tool.name, { ...others, [argument]: value });
        expectTameAnswer(answer, `${tool.name} ${argument}`);
        expect(answer.text, `${tool.name} ${argument}`).not.toMatch(/fault in gigahost-mcp/);
      }
    }
  }
  for (const { method, path, query } of sandbox.requests) {
    expect(path, `${method} ${path}`).toMatch(paths);
    expect(query).toBe('');
  }
  expect(sandbox.world.servers.map(({ id }) => id)).toHaveLength(7);
  expect(sandbox.calls('DELETE')).toEqual([]);
}, 120_000);

test('keys of an object’s own kind are no arguments', async () => {
  await using mcp = await connect();
  const args = JSON.parse('{"server":"web01","__proto__":{"x":1},"constructor":1}') as Record<string, unknown>;
  const answer = await mcp.call('get_server', args);
  expect(answer.isError).toBe(true);
  expect(answer.text).toMatch(/unknown argument/);
  expect(mcp.sandbox.requests).toEqual([]);
});
