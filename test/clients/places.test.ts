import { expect, test } from 'vitest';
import type { Env } from '../../src/clients/client.js';
import { CLIENTS } from '../../src/clients/table.js';

/** Where each client has its configuration, the likeliest place first. */
const filesOn = (platform: NodeJS.Platform, home: string, env: Env = {}): Record<string, string[]> =>
  Object.fromEntries(
    CLIENTS.map(client => [client.id, client.places({ platform, env, home }).map(({ file }) => file)]),
  );

test('on Linux', () => {
  expect(filesOn('linux', '/home/kari')).toEqual({
    'claude-desktop': ['/home/kari/.config/Claude/claude_desktop_config.json'],
    'claude-code': ['/home/kari/.claude.json'],
    vscode: ['/home/kari/.config/Code/User/mcp.json'],
    'vscode-insiders': ['/home/kari/.config/Code - Insiders/User/mcp.json'],
    vscodium: ['/home/kari/.config/VSCodium/User/mcp.json'],
    cursor: ['/home/kari/.cursor/mcp.json'],
    windsurf: ['/home/kari/.codeium/windsurf/mcp_config.json'],
    zed: ['/home/kari/.config/zed/settings.json'],
    codex: ['/home/kari/.codex/config.toml'],
    gemini: ['/home/kari/.gemini/settings.json'],
  });
});

test('on macOS', () => {
  const support = '/Users/kari/Library/Application Support';
  expect(filesOn('darwin', '/Users/kari', { XDG_CONFIG_HOME: '/elsewhere' })).toEqual({
    'claude-desktop': [`${support}/Claude/claude_desktop_config.json`],
    'claude-code': ['/Users/kari/.claude.json'],
    vscode: [`${support}/Code/User/mcp.json`],
    'vscode-insiders': [`${support}/Code - Insiders/User/mcp.json`],
    vscodium: [`${support}/VSCodium/User/mcp.json`],
    cursor: ['/Users/kari/.cursor/mcp.json'],
    windsurf: ['/Users/kari/.codeium/windsurf/mcp_config.json'],
    zed: ['/Users/kari/.config/zed/settings.json'],
    codex: ['/Users/kari/.codex/config.toml'],
    gemini: ['/Users/kari/.gemini/settings.json'],
  });
});

test('on Windows, where Claude Desktop comes as a package or without one', () => {
  const home = String.raw`C:\Users\Kari Ås`;
  const at = (...parts: string[]) => [home, ...parts].join('\\');
  expect(filesOn('win32', home)).toEqual({
    'claude-desktop': [
      at('AppData', 'Local', 'Claude-Data', 'claude_*', 'claude_desktop_config.json'),
      at('AppData', 'Local', 'Packages', 'Claude_*', 'LocalCache', 'Roaming', 'Claude', 'claude_desktop_config.json'),
      at('AppData', 'Roaming', 'Claude', 'claude_desktop_config.json'),
    ],
    'claude-code': [at('.claude.json')],
    vscode: [at('AppData', 'Roaming', 'Code', 'User', 'mcp.json')],
    'vscode-insiders': [at('AppData', 'Roaming', 'Code - Insiders', 'User', 'mcp.json')],
    vscodium: [at('AppData', 'Roaming', 'VSCodium', 'User', 'mcp.json')],
    cursor: [at('.cursor', 'mcp.json')],
    windsurf: [at('.codeium', 'windsurf', 'mcp_config.json')],
    zed: [at('AppData', 'Roaming', 'Zed', 'settings.json')],
    codex: [at('.codex', 'config.toml')],
    gemini: [at('.gemini', 'settings.json')],
  });
});

test.for<[NodeJS.Platform, Env, string, string]>([
  ['linux', { XDG_CONFIG_HOME: '/x' }, 'zed', '/x/zed/settings.json'],
  ['linux', { XDG_CONFIG_HOME: '/x' }, 'claude-desktop', '/x/Claude/claude_desktop_config.json'],
  ['linux', { XDG_CONFIG_HOME: '' }, 'vscode', '/h/.config/Code/User/mcp.json'],
  ['linux', { CLAUDE_CONFIG_DIR: '/claude' }, 'claude-code', '/claude/.claude.json'],
  ['linux', { CODEX_HOME: '/cx' }, 'codex', '/cx/config.toml'],
  ['linux', { GEMINI_CLI_HOME: '/g' }, 'gemini', '/g/.gemini/settings.json'],
  ['darwin', { VSCODE_PORTABLE: '/p' }, 'vscode', '/p/user-data/User/mcp.json'],
  ['linux', { VSCODE_APPDATA: '/v' }, 'vscode-insiders', '/v/Code - Insiders/User/mcp.json'],
  ['win32', { APPDATA: String.raw`D:\R` }, 'zed', String.raw`D:\R\Zed\settings.json`],
])('on %s, %j moves %s', ([platform, env, id, file]) => {
  expect(filesOn(platform, '/h', env)[id]?.at(-1)).toBe(file);
});

test('on Windows, LOCALAPPDATA says where packages keep their files', () => {
  const [, packaged] = filesOn('win32', 'C:\\h', { LOCALAPPDATA: 'E:\\L' })['claude-desktop'] ?? [];
  expect(packaged).toMatch(/^E:\\L\\Packages\\Claude_\*\\/);
});
