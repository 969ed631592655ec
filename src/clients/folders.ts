import { posix, win32 } from 'node:path';
import type { Machine } from './client.js';

export interface Paths {
  readonly join: (...parts: string[]) => string;
  readonly dirname: (path: string) => string;
  readonly basename: (path: string) => string;
}

/** How paths are written there, whatever this process runs on. */
export const pathsOf = ({ platform }: Pick<Machine, 'platform'>): Paths => (platform === 'win32' ? win32 : posix);

/** Where programs with a window keep the configuration of a person. */
export function configFolder({ platform, env, home }: Machine): string {
  if (platform === 'win32') return env['APPDATA'] || win32.join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support');
  return env['XDG_CONFIG_HOME'] || posix.join(home, '.config');
}

/** On Windows, what belongs to this machine alone. */
export const localFolder = ({ env, home }: Machine): string =>
  env['LOCALAPPDATA'] || win32.join(home, 'AppData', 'Local');
