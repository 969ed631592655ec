import type { Client, Machine, Place } from './client.js';
import { configFolder, localFolder, pathsOf } from './folders.js';

const STDIO = { type: 'stdio' } as const;

/** One folder of the person's configuration, and one file in it. */
const inConfig =
  (folder: readonly string[], ...file: readonly string[]) =>
  (machine: Machine): readonly Place[] => {
    const { join } = pathsOf(machine);
    const root = join(configFolder(machine), ...folder);
    return [{ folder: root, file: join(root, ...file) }];
  };

/** One folder in the home, on every system, and one file in it. */
const inHome =
  (folder: readonly string[], file: string) =>
  (machine: Machine): readonly Place[] => {
    const { join } = pathsOf(machine);
    const root = join(machine.home, ...folder);
    return [{ folder: root, file: join(root, file) }];
  };

const likeVsCode = (id: string, name: string, product: string): Client => ({
  id,
  name,
  format: 'jsonc',
  key: 'servers',
  extras: STDIO,
  noticed: 'restart',
  places: machine => {
    const { join } = pathsOf(machine);
    const { VSCODE_PORTABLE: portable, VSCODE_APPDATA: appData } = machine.env;
    const root = portable ? join(portable, 'user-data') : join(appData || configFolder(machine), product);
    return [{ folder: root, file: join(root, 'User', 'mcp.json') }];
  },
});

/**
 * The clients whose configuration we know, in the order they are offered in.
 *
 * - Claude Desktop: modelcontextprotocol.io, "Connect to local servers"; on Windows the packaged application reads the
 *   files of its package and not those of %APPDATA% (github.com/anthropics/claude-code/issues/26073), lately below
 *   `Claude-Data`; on Linux as packaged by github.com/aaddrick/claude-desktop-debian.
 * - Claude Code: code.claude.com/docs/en/mcp, user scope; the file moves along with `CLAUDE_CONFIG_DIR`
 *   (github.com/anthropics/claude-code/issues/48448). `claude mcp add-json` writes the same file.
 * - VS Code: code.visualstudio.com/docs/copilot/reference/mcp-configuration; the default profile. `VSCODE_PORTABLE` and
 *   `VSCODE_APPDATA` are those of its `userDataPath`.
 * - Cursor: cursor.com/docs/mcp.
 * - Windsurf: docs.windsurf.com/windsurf/cascade/mcp.
 * - Zed: zed.dev/docs/ai/mcp and zed.dev/docs/configuring-zed; `source` went out of an entry in November 2025
 *   (zed-industries/zed, migration m_2025_11_25).
 * - Codex: developers.openai.com/codex/mcp; `CODEX_HOME`.
 * - Gemini CLI: geminicli.com/docs/tools/mcp-server; `GEMINI_CLI_HOME` stands for the home
 *   (github.com/google-gemini/gemini-cli/issues/23622).
 */
export const CLIENTS: readonly Client[] = [
  {
    id: 'claude-desktop',
    name: 'Claude Desktop',
    format: 'json',
    key: 'mcpServers',
    extras: {},
    noticed: 'restart',
    places: machine => {
      const file = 'claude_desktop_config.json';
      const plain = inConfig(['Claude'], file)(machine);
      if (machine.platform !== 'win32') return plain;
      const { join } = pathsOf(machine);
      const packaged = [
        ['Claude-Data', 'claude_*'],
        ['Packages', 'Claude_*', 'LocalCache', 'Roaming', 'Claude'],
      ].map(parts => join(localFolder(machine), ...parts));
      return [...packaged.map(folder => ({ folder, file: join(folder, file) })), ...plain];
    },
  },
  {
    id: 'claude-code',
    name: 'Claude Code',
    format: 'json',
    key: 'mcpServers',
    extras: STDIO,
    noticed: 'new session',
    places: machine => {
      const { join } = pathsOf(machine);
      const { CLAUDE_CONFIG_DIR: own } = machine.env;
      return [{ folder: own || join(machine.home, '.claude'), file: join(own || machine.home, '.claude.json') }];
    },
  },
  likeVsCode('vscode', 'VS Code', 'Code'),
  likeVsCode('vscode-insiders', 'VS Code Insiders', 'Code - Insiders'),
  likeVsCode('vscodium', 'VSCodium', 'VSCodium'),
  {
    id: 'cursor',
    name: 'Cursor',
    format: 'jsonc',
    key: 'mcpServers',
    extras: STDIO,
    noticed: 'restart',
    places: inHome(['.cursor'], 'mcp.json'),
  },
  {
    id: 'windsurf',
    name: 'Windsurf',
    format: 'jsonc',
    key: 'mcpServers',
    extras: {},
    noticed: 'restart',
    places: inHome(['.codeium', 'windsurf'], 'mcp_config.json'),
  },
  {
    id: 'zed',
    name: 'Zed',
    format: 'jsonc',
    key: 'context_servers',
    extras: {},
    noticed: 'new session',
    places: machine => {
      if (machine.platform === 'win32') return inConfig(['Zed'], 'settings.json')(machine);
      if (machine.platform === 'darwin') return inHome(['.config', 'zed'], 'settings.json')(machine);
      return inConfig(['zed'], 'settings.json')(machine);
    },
  },
  {
    id: 'codex',
    name: 'Codex',
    format: 'toml',
    key: 'mcp_servers',
    extras: {},
    noticed: 'new session',
    places: machine => {
      const { join } = pathsOf(machine);
      const root = machine.env['CODEX_HOME'] || join(machine.home, '.codex');
      return [{ folder: root, file: join(root, 'config.toml') }];
    },
  },
  {
    id: 'gemini',
    name: 'Gemini CLI',
    format: 'jsonc',
    key: 'mcpServers',
    extras: {},
    noticed: 'new session',
    places: machine =>
      inHome(['.gemini'], 'settings.json')({ ...machine, home: machine.env['GEMINI_CLI_HOME'] || machine.home }),
  },
];
