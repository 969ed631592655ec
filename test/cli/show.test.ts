import { expect, test } from 'vitest';
import { changeText } from '../../src/cli/setup/show.js';

const OURS = '{ "command": "node" }';
const shown = (held: string) => changeText('mcp.json', { before: `${held}\n`, after: `${held}\n${OURS}\n` });

test.for([
  ['"API_KEY": "s3cret-9600"'],
  ["API_KEY = 's3cret-9600'"],
  ['GITHUB_PAT = """s3cret-9600"""'],
  ['"API_KEY": s3cret-9600,'],
  ['"PIN_PWD": 39009600'],
  ['"SESSION_COOKIE": "a=s3cret-9600"'],
  ['"DB_CREDENTIALS": "s3cret-9600"'],
  ['"DATABASE_URL": "postgres://kari:s3cret-9600@db.example.no/x"'],
  ['"args": ["--api-key", "s3cret-9600", "--port", "80"]'],
  ['"args": ["--token=s3cret-9600"]'],
  ['args = ["-y", "server", \'--password=s3cret-9600\']'],
  ['      "--token",\n      "s3cret-9600",'],
  ['"headers": ["X-Api-Key: s3cret-9600"]'],
  ['"args": ["--header", "Authorization: Bearer s3cret-9600"]'],
  ['"GITHUB": "ghp_s3cret9600s3cret9600s3cret9600s3cret"'],
] as const)('%s is not shown whole', ([held]) => {
  const text = shown(held);
  expect(text).not.toMatch(/s3cret|39009600/);
  expect(text).toContain('…');
});

test.for([
  ['"command": "/usr/local/lib/node_modules/gigahost-mcp/dist/main.js"'],
  ['"args": ["--toolsets", "servers,dns", "--sandbox"]'],
  ['"keybindings": { "up": "k" }'],
  ['"GIGAHOST_API_KEY_FILE": "/home/kari/key"'],
] as const)('%s is shown', ([held]) => expect(shown(held)).toContain(held));
