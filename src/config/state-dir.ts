import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import envPaths from 'env-paths';

/** Where this user's programs keep what outlives them. */
export function userStateDir(env: NodeJS.ProcessEnv): string {
  if (process.platform !== 'linux') return envPaths('gigahost-mcp', { suffix: '' }).data;
  return join(env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'gigahost-mcp');
}

/** Where a person looks for what was saved for them. */
export function userFilesDir(stateDir: string): string {
  const downloads = join(homedir(), 'Downloads');
  return existsSync(downloads) ? downloads : join(stateDir, 'files');
}
