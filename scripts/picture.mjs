// Draws docs/at-work.svg: a short session on the sandbox as a person sees it, with the words that a real client got. With
// --check, fails when they are others by now.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { chat } from './picture/chat.mjs';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const file = new URL('../docs/at-work.svg', import.meta.url);

/** What differs from one session to the next is left out, and so is what only an assistant needs. */
const told = text => text.split('\n\n')[0].replace(/ \(id \d+, taken at [^)]*\)/, '');

async function session() {
  const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-picture-'));
  const turns = [];
  const client = new Client(
    { name: 'gigahost-mcp-picture', version: '1.0.0' },
    { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode: 'auto' } },
  );
  client.setRequestHandler('elicitation/create', ({ params: { message, requestedSchema } }) => {
    const [[name, { title }]] = Object.entries(requestedSchema.properties);
    turns.push({ kind: 'question', lines: message.split('\n'), yes: title }, { kind: 'person', text: 'Yes.' });
    return { action: 'accept', content: { [name]: true } };
  });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [main, '--sandbox'],
      env: { ...process.env, GIGAHOST_STATE_DIR: folder },
      stderr: 'inherit',
    }),
  );
  async function call(name, args) {
    turns.push({ kind: 'call', name, args });
    const { content, isError } = await client.callTool({ name, arguments: args }, { timeout: 60_000 });
    if (isError) throw new Error(`${name}: ${content[0].text}`);
    turns.push({ kind: 'answer', text: told(content[0].text) });
  }
  turns.push({ kind: 'person', text: 'Reboot web01, but snapshot it first.' });
  await call('create_snapshot', { server: 'web01', name: 'before-reboot' });
  await call('reboot_server', { server: 'web01' });
  await client.close();
  await rm(folder, { recursive: true });
  return turns;
}

const drawn = chat(await session());
if (!process.argv.includes('--check')) await writeFile(file, drawn);
else if (drawn !== (await readFile(file, 'utf8').catch(() => ''))) {
  console.error('docs/at-work.svg is out of date: npm run picture');
  process.exitCode = 1;
}
