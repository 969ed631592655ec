import { expect, test } from 'vitest';
import { startCommand, steadyNode } from '../../src/clients/index.js';

const running = { platform: 'linux', node: '/usr/bin/node', version: '1.2.3' } as const;

test('from a checkout or an installation the server is started by absolute paths, blanks and all', () => {
  expect(startCommand({ ...running, main: '/home/kari/my code/gigahost-mcp/dist/main.js' })).toEqual({
    command: '/usr/bin/node',
    args: ['/home/kari/my code/gigahost-mcp/dist/main.js'],
    env: {},
  });
  const [node, main] = [String.raw`C:\Program Files\nodejs\node.exe`, String.raw`C:\npm\gigahost-mcp\dist\main.js`];
  expect(startCommand({ ...running, platform: 'win32', node, main })).toEqual({ command: node, args: [main], env: {} });
});

test.for([
  '/home/kari/.npm/_npx/1a2b/node_modules/gigahost-mcp/dist/main.js',
  '/home/kari/.cache/pnpm/dlx/1a2b/node_modules/gigahost-mcp/dist/main.js',
  '/tmp/bunx-1000-gigahost-mcp@latest/node_modules/gigahost-mcp/dist/main.js',
])('what was fetched to run once (%s) is fetched again, in the same version, by an npx that finds its Node', main => {
  const node = '/home/kari/.nvm/versions/node/v22.1.0/bin/node';
  expect(startCommand({ ...running, node, main })).toEqual({
    command: '/home/kari/.nvm/versions/node/v22.1.0/bin/npx',
    args: ['-y', 'gigahost-mcp@1.2.3'],
    env: { PATH: '/home/kari/.nvm/versions/node/v22.1.0/bin:/usr/local/bin:/usr/bin:/bin' },
  });
});

test('on Windows npx is a script, which only a shell starts', () => {
  const main = String.raw`C:\Users\kari\AppData\Local\npm-cache\_npx\1a2b\node_modules\gigahost-mcp\dist\main.js`;
  expect(startCommand({ ...running, platform: 'win32', node: String.raw`C:\n\node.exe`, main })).toEqual({
    command: 'cmd',
    args: ['/c', 'npx', '-y', 'gigahost-mcp@1.2.3'],
    env: {},
  });
});

test('a Node that an upgrade would take away is started by the link that stays', () => {
  const cellar = '/opt/homebrew/Cellar/node/25.1.0/bin/node';
  const links: Record<string, string> = { '/opt/homebrew/bin/node': cellar, '/usr/local/bin/node': '/other' };
  expect(steadyNode('darwin', cellar, path => links[path])).toBe('/opt/homebrew/bin/node');
  expect(steadyNode('darwin', '/Users/k/.nvm/v22/bin/node', path => links[path])).toBe('/Users/k/.nvm/v22/bin/node');
  expect(steadyNode('win32', 'C:\\n\\node.exe', () => undefined)).toBe('C:\\n\\node.exe');
});
