import { readFile } from 'node:fs/promises';
import type { Entry } from './client.js';
import { isTable, type Table } from './format.js';

/** What an entry starts, however much of it stands there; undefined for one that starts nothing on this machine. */
export function entryOf(value: unknown): Entry | undefined {
  if (!isTable(value) || typeof value['command'] !== 'string') return undefined;
  const { command, args, env } = value;
  return {
    command,
    args: Array.isArray(args) ? args.map(String) : [],
    env: isTable(env) ? Object.fromEntries(Object.entries(env).map(([name, held]) => [name, String(held)])) : {},
  };
}

/** Whether an entry starts this server: from a package runner, a folder of that name, or a checkout of any name. */
export async function isOurs(value: unknown): Promise<boolean> {
  const entry = entryOf(value);
  if (!entry) return false;
  const words = [entry.command, ...entry.args];
  if (words.some(word => /(^|[\\/])gigahost-mcp(@[^\\/]*|\.cmd|\.exe|[\\/]dist[\\/]main\.js)?$/.test(word)))
    return true;
  for (const word of words) if (/[\\/]dist[\\/]main\.js$/.test(word) && (await isOurPackage(word))) return true;
  return false;
}

async function isOurPackage(main: string): Promise<boolean> {
  try {
    const text = await readFile(main.replace(/dist([\\/])main\.js$/, 'package.json'), 'utf8');
    return (JSON.parse(text) as Table)['name'] === 'gigahost-mcp';
  } catch {
    // A checkout that is gone, or a file that is no package's: it starts nothing of ours.
    return false;
  }
}

/** What an entry starts, for a person. */
export function startsWhat(value: unknown): string {
  const entry = entryOf(value);
  if (entry) return [entry.command, ...entry.args].join(' ');
  const url = isTable(value) ? (value['url'] ?? value['serverUrl'] ?? value['httpUrl']) : undefined;
  return typeof url === 'string' ? url : JSON.stringify(value);
}
