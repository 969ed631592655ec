// A bot in the least lines: it carries out one tool through a gigahost-mcp over HTTP, and shows whatever is asked to the
// person at the terminal, as a chat bot would show it with buttons. Needs: npm install @modelcontextprotocol/client
//
//   GIGAHOST_MCP_TOKEN=ghm_… node examples/bot.mjs http://127.0.0.1:3000/mcp reboot_server server=web01
import { createInterface } from 'node:readline';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const [address, name, ...words] = process.argv.slice(2);
if (!address || !name) {
  console.error('usage: node bot.mjs ADDRESS TOOL [argument=value …]');
  process.exit(2);
}
const args = Object.fromEntries(words.map(word => [word.split('=', 1)[0], word.slice(word.indexOf('=') + 1)]));
const token = process.env.GIGAHOST_MCP_TOKEN;

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
/** What the person types; undefined when they are gone. */
async function hear(question) {
  process.stdout.write(`${question} `);
  return (await lines.next()).value;
}

/** One question of the server: a form, or a page to open. No answer is no yes. */
async function answer({ params }) {
  console.log(`\n${params.message}`);
  if (params.mode === 'url') {
    console.log(params.url);
    return { action: (await hear('Press Enter when you are done.')) === undefined ? 'cancel' : 'accept' };
  }
  const content = {};
  for (const [field, { type, title }] of Object.entries(params.requestedSchema.properties)) {
    const typed = await hear(type === 'boolean' ? `${title}? (yes/no)` : `${title}:`);
    if (typed === undefined) return { action: 'cancel' };
    if (type === 'boolean' && typed.trim().toLowerCase() !== 'yes') return { action: 'decline' };
    content[field] = type === 'boolean' ? true : typed.trim();
  }
  return { action: 'accept', content };
}

const client = new Client(
  { name: 'example-bot', version: '1.0.0' },
  { capabilities: { elicitation: { form: {}, url: {} } }, versionNegotiation: { mode: { pin: '2026-07-28' } } },
);
const headers = token ? { Authorization: `Bearer ${token}` } : {};
await client.connect(new StreamableHTTPClientTransport(new URL(address), { requestInit: { headers } }));

// A question ends the call; nothing is held open while the person thinks. The answer is the same call again.
let more = {};
let result;
for (;;) {
  result = await client.callTool({ name, arguments: args, ...more }, { allowInputRequired: true });
  if (result.resultType !== 'input_required') break;
  const inputResponses = {};
  for (const [key, request] of Object.entries(result.inputRequests ?? {})) inputResponses[key] = await answer(request);
  more = { inputResponses, ...(result.requestState !== undefined && { requestState: result.requestState }) };
}
for (const block of result.content) if (block.type === 'text') console.log(`\n${block.text}`);
await client.close();
process.exit(result.isError ? 1 : 0);
