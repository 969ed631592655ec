import { readdir, stat } from 'node:fs/promises';
import type { Client, Env, Machine, Place } from './client.js';
import { pathsOf } from './folders.js';
import { CLIENTS } from './table.js';

export interface FoundClient {
  readonly client: Client;
  /** Its configuration file, which need not be there yet. */
  readonly file: string;
  readonly installed: boolean;
}

/** Every client we know, where its configuration is on this machine, and whether it is installed here. */
export const findClients = (platform: NodeJS.Platform, env: Env, home: string): Promise<readonly FoundClient[]> =>
  Promise.all(CLIENTS.map(client => find(client, { platform, env, home })));

async function find(client: Client, machine: Machine): Promise<FoundClient> {
  const places = client.places(machine);
  for (const place of places)
    for (const { folder, file } of await spelledOut(place, machine))
      if ((await isThere(folder)) || (await isThere(file))) return { client, file, installed: true };
  return { client, file: places.at(-1)?.file ?? '', installed: false };
}

/** The places that a `*` stands for. */
export async function spelledOut(place: Place, machine: Machine): Promise<readonly Place[]> {
  const at = place.folder.indexOf('*');
  if (at < 0) return [place];
  const { dirname, basename } = pathsOf(machine);
  const parent = dirname(place.folder.slice(0, at + 1));
  const start = basename(place.folder.slice(0, at + 1)).slice(0, -1);
  const names = await readdir(parent).catch(() => []);
  return names
    .filter(name => name.startsWith(start))
    .sort()
    .map(name => {
      const spell = (path: string) => path.replace(`${start}*`, () => name);
      return { folder: spell(place.folder), file: spell(place.file) };
    });
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
