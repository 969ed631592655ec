import type { Entry } from './client.js';
import { pathsOf } from './folders.js';

/** This process, as far as it tells how to start the server again. */
export interface Running {
  readonly platform: NodeJS.Platform;
  /** Absolute path of Node. */
  readonly node: string;
  /** Absolute path of the file that Node was started with, links followed. */
  readonly main: string;
  readonly version: string;
}

/** Where `npx`, `pnpm dlx` and `bunx` keep what they run once. */
const FLEETING = /[\\/](_npx|dlx|dlx-[^\\/]+|bunx-[^\\/]+)[\\/]/;

/**
 * The command that starts this server from anywhere: a program with a window has neither the PATH nor the folder of the
 * person. What came by npx is fetched by it again, in the same version.
 */
export function startCommand({ platform, node, main, version }: Running): Entry {
  if (!FLEETING.test(main)) return { command: node, args: [main], env: {} };
  const wanted = ['-y', `gigahost-mcp@${version}`];
  // Windows starts no script but by its shell. What is installed there is on the PATH of every program.
  if (platform === 'win32') return { command: 'cmd', args: ['/c', 'npx', ...wanted], env: {} };
  const { dirname, join } = pathsOf({ platform });
  return {
    command: join(dirname(node), 'npx'),
    args: wanted,
    env: { PATH: [...new Set([dirname(node), '/usr/local/bin', '/usr/bin', '/bin'])].join(':') },
  };
}

/** Links to Node that stay when a package manager puts a newer one in the place they lead to. */
const STEADY: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['/opt/homebrew/bin/node', '/usr/local/bin/node'],
  linux: ['/usr/bin/node', '/usr/local/bin/node', '/home/linuxbrew/.linuxbrew/bin/node'],
};

/** A path of this Node that an upgrade leaves in place, or the one it was started by. `leadsTo` follows links. */
export const steadyNode = (
  platform: NodeJS.Platform,
  node: string,
  leadsTo: (path: string) => string | undefined,
): string => STEADY[platform]?.find(link => leadsTo(link) === (leadsTo(node) ?? node)) ?? node;
