// A short session on the embedded sandbox, driven by a real MCP client: what an assistant calls, and what it reads.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import colors from 'picocolors';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-demo-'));

const client = new Client(
  { name: 'gigahost-mcp-demo', version: '1.0.0' },
  { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode: 'auto' } },
);
// The server asks; here the demo plays the person, and types what it is asked to type.
client.setRequestHandler('elicitation/create', ({ params }) => {
  print(colors.yellow, 'The server asks the person', params.message);
  const [name, { title, type }] = Object.entries(params.requestedSchema.properties)[0];
  const value = type === 'boolean' ? true : /^Type (.*) to confirm$/.exec(title)[1];
  print(colors.cyan, title, `> ${type === 'boolean' ? 'yes' : value}`);
  return { action: 'accept', content: { [name]: value } };
});

await client.connect(
  new StdioClientTransport({
    command: process.execPath,
    args: [main, '--sandbox'],
    env: { ...process.env, GIGAHOST_STATE_DIR: folder },
    stderr: 'inherit',
  }),
);
const { tools } = await client.listTools();
console.log(colors.bold(`\ngigahost-mcp on its sandbox, spoken to by a real MCP client. ${tools.length} tools.`));

await step('Which servers do we have?', 'list_servers');
await step('How is web01?', 'get_server', { server: 'web01' });
await step('Take a snapshot of web01 before we touch it.', 'create_snapshot', {
  server: 'web01',
  name: 'before-upgrade',
});
await step('Its address should resolve to www.fjordkaffe.example.', 'set_reverse_dns', {
  address: '192.0.2.10',
  target: 'www.fjordkaffe.example',
});
await step('On second thoughts, put that back.', 'undo_change');
const { content } = await step('Show me its traffic today.', 'get_traffic_graph', { server: 'web01', period: 'day' });
const picture = content.find(({ type }) => type === 'image');
const file = join(folder, 'web01-bits-day.png');
await writeFile(file, Buffer.from(picture.data, 'base64'));
print(colors.cyan, 'Picture', `${picture.mimeType}, saved as ${file}`);
await step('Now reinstall web01 with Debian 13.', 'reinstall_server', { server: 'web01', os: 'debian-13' });
await client.close();

console.log(`
${colors.bold('To use it in an assistant')}, still on the sandbox:

  node dist/main.js setup --sandbox

For your own account: node dist/main.js login, then node dist/main.js setup. The key stays out of the assistant's files.
By hand: docs/clients.md. Settings: docs/configuration.md.`);

async function step(person, name, args = {}) {
  console.log(`\n${colors.bold(colors.green(`“${person}”`))}`);
  print(colors.cyan, 'The assistant calls', `${name} ${JSON.stringify(args)}`);
  const onprogress = ({ message }) => print(colors.dim, 'Progress', message);
  const result = await client.callTool({ name, arguments: args }, { onprogress, timeout: 120_000 });
  const text = result.content.find(({ type }) => type === 'text').text;
  if (result.isError) throw new Error(`${name}: ${text}`);
  print(colors.cyan, 'It reads', text);
  return result;
}

function print(colour, who, what) {
  const indented = what.replace(/^/gm, '  ');
  console.log(who === 'Progress' ? colour(`  ${what}`) : `${colour(`${who}:`)}\n${indented}`);
}
