// Where each client that setup knows has its configuration, and what stands there.
import { load } from '../build.mjs';
import { code, table } from './table.mjs';

const { CLIENTS } = await load('src/clients/table.ts');
const { withEntry } = await load('src/clients/document.ts');
const { entryFor } = await load('src/clients/client.ts');

const MACHINES = [
  { platform: 'linux', env: {}, home: '~' },
  { platform: 'darwin', env: {}, home: '~' },
  {
    platform: 'win32',
    env: { APPDATA: '%APPDATA%', LOCALAPPDATA: '%LOCALAPPDATA%' },
    home: '%USERPROFILE%',
  },
];

const ENTRY = {
  command: 'node',
  args: ['/path/to/gigahost-mcp/dist/main.js'],
  env: { GIGAHOST_API_KEY_FILE: '/path/to/a/file/with/the/key' },
};

/** Clients by the way their entries are written. */
const ways = new Map();
for (const client of CLIENTS) ways.set(wayOf(client), [...(ways.get(wayOf(client)) ?? []), client]);

function wayOf({ format, key, extras }) {
  return JSON.stringify([format === 'toml', key, extras]);
}

function shown(clients) {
  const [client] = clients;
  const text = withEntry(client, '', 'gigahost', entryFor(client, ENTRY));
  const language = client.format === 'toml' ? 'toml' : 'json';
  return `**${clients.map(({ name }) => name).join(', ')}**\n\n\`\`\`${language}\n${text.trim()}\n\`\`\``;
}

export const clientParts = {
  files: table(
    ['client', 'in `--client`', 'Linux', 'macOS', 'Windows', 'reads it again at a'],
    CLIENTS.map(({ name, id, noticed, places }) => [
      name,
      code(id),
      ...MACHINES.map(machine =>
        places(machine)
          .map(({ file }) => code(file))
          .join(' or '),
      ),
      noticed,
    ]),
  ),
  entries: [...ways.values()].map(shown).join('\n\n'),
};
