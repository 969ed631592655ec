import type { Client } from '../client/index.js';
import { listDistributions, listOperatingSystems, type OperatingSystem } from '../client/api/reinstall.js';
import type { Server } from '../client/api/servers.js';
import { InputError } from './input-error.js';
import { some } from './some.js';

/** An operating system with the name of its distribution and a slug a person may say: "debian-13". */
export interface System extends OperatingSystem {
  readonly distribution: string;
  readonly slug: string;
}

const KEEP_MS = 5 * 60_000;

/** Every system on offer. One request per distribution, so it is kept for five minutes (wire note 8.5). */
export function createSystems(client: Client) {
  let kept: { readonly at: number; readonly systems: Promise<readonly System[]> } | undefined;

  async function load(): Promise<readonly System[]> {
    const distributions = (await client.call(listDistributions, {})).filter(distribution => distribution.active);
    const lists = await Promise.all(
      distributions.map(async distribution => {
        const systems = await client.call(listOperatingSystems, { params: { id: distribution.id } });
        return systems.map(system => ({ ...system, distribution: distribution.name, slug: slugOf(system.name) }));
      }),
    );
    return lists.flat();
  }

  return {
    all(): Promise<readonly System[]> {
      if (!kept || Date.now() - kept.at > KEEP_MS) {
        const systems = load();
        kept = { at: Date.now(), systems };
        systems.catch(() => (kept = undefined));
      }
      return kept.systems;
    },

    /** By id, name, slug or codename, never by a part of it. @throws {InputError} when none or several are called that. */
    async resolve(reference: string): Promise<System> {
      const systems = await this.all();
      const wanted = slugOf(reference);
      const tests: ((system: System) => boolean)[] = [
        system => system.id === reference.trim(),
        system =>
          wanted !== '' &&
          (system.slug === wanted || slugOf(`${system.release ?? ''} ${system.codename ?? ''}`) === wanted),
      ];
      for (const test of tests) {
        const found = systems.filter(test);
        if (found.length === 1) return found[0] as System;
        if (found.length > 1) {
          throw new InputError(
            `"${reference}" matches several systems: ${names(found)}. Use one of these names or ids.`,
          );
        }
      }
      const begun = systems.filter(system => system.slug.startsWith(wanted));
      if (wanted && begun.length > 0)
        throw new InputError(
          `No operating system is called "${reference}". Did you mean ${names(begun)}? Use the whole name or the id.`,
        );
      const close = systems.filter(system => system.slug.includes(wanted.split('-')[0] ?? wanted));
      throw new InputError(
        `No operating system is called "${reference}". On offer: ${names(close.length > 0 ? close : systems)}.`,
      );
    },
  };
}
export type Systems = ReturnType<typeof createSystems>;

/** Why a system cannot go onto a server, or undefined when it fits. */
export function misfit(system: System, server: Pick<Server, 'type' | 'ramGb' | 'name'>): string | undefined {
  if (system.dedicatedOnly && server.type === 'vps') return `${system.name} is for dedicated servers only`;
  if (server.ramGb !== null && system.minRamGb > server.ramGb)
    return `${system.name} needs ${system.minRamGb} GB of memory and ${server.name} has ${server.ramGb} GB`;
  return undefined;
}

/** "Debian 13 64-bit" → "debian-13", "Ubuntu 24.04 LTS" → "ubuntu-24.04". */
function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/\b64[- ]?bit\b|\blts\b|\bx86_64\b|\bamd64\b/g, ' ')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

const names = (systems: readonly System[]): string => some(systems.map(system => `${system.slug} (id ${system.id})`));

/** What a list of systems shows of each; the first column is what a person may call it. */
export const SYSTEM_COLUMNS = ['os', 'id', 'name', 'distribution', 'codename', 'min_ram_gb', 'dedicated_only'];

export const systemRow = (system: System) => [
  system.slug,
  system.id,
  system.name,
  system.distribution,
  system.codename,
  system.minRamGb || null,
  system.dedicatedOnly,
];
