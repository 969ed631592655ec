import * as z from 'zod';
import { reinstallServer as reinstall } from '../../client/api/reinstall.js';
import type { Secret } from '../../client/secret.js';
import { listSnapshots } from '../../client/api/snapshots.js';
import { findSshKey } from '../../inventory/account.js';
import { InputError } from '../../inventory/input-error.js';
import { describeServer, stateOf } from '../../inventory/state.js';
import { misfit } from '../../inventory/systems.js';
import { HostName, ServerName, ServerRef, WaitSeconds } from '../params.js';
import { defineChange } from '../tool.js';
import { followInstall, startedAllTheSame } from './follow-install.js';
import { interruptible } from './power.js';
import { hostNameOf, lossesOf, newestOf } from './reinstall-plan.js';

const isTimeZone = (name: string): boolean =>
  Intl.supportedValuesOf('timeZone').includes(name) || ['UTC', 'Etc/UTC'].includes(name);

export const reinstallServer = defineChange({
  name: 'reinstall_server',
  title: 'Reinstall a server',
  effect: 'destroy',
  settledBy: 'get_server',
  toolset: 'servers',
  covers: ['reinstallServer'],
  description:
    'Wipe the disks of a server and install an operating system. Everything on it is lost; id and addresses stay. Consider create_snapshot first.',

  input: z.strictObject({
    server: ServerRef,
    os: z.string().trim().min(1).max(100).describe('id, name or slug such as debian-13'),
    hostname: HostName.optional().describe('Default: the server’s name'),
    language: z
      .string()
      .regex(/^[a-z]{2,3}_[A-Z]{2}$/, 'is not a locale such as en_US')
      .default('en_US')
      .describe('Locale'),
    keyboard: z
      .string()
      .regex(/^[a-z]{2,3}$/, 'is not a layout such as no or us')
      .default('no')
      .describe('Layout'),
    timezone: z
      .string()
      .max(60)
      .refine(isTimeZone, 'is not a time zone such as Europe/Oslo')
      .default('Europe/Oslo')
      .describe('IANA name'),
    ssh_key: z.string().trim().min(1).max(100).optional().describe('Key of the account to install, by name or id'),
    wait_seconds: WaitSeconds,
  }),

  output: z.looseObject({
    server: ServerName,
    os: z.string(),
    hostname: z.string(),
    finished: z.boolean().describe('Whether the installation was over when waiting ended'),
    state: z.string().nullable().describe('As read back last; null where that failed'),
    address: z.string().nullable(),
    ssh_key: z.string().nullable(),
    root_password_in: z.string().nullable().describe('Where the user finds the root password'),
  }),

  async plan({ client, inventory, secrets, signal }, args) {
    const found = await inventory.detail(await inventory.server(args.server, { signal }), { signal });
    const [system, snapshots, key] = await Promise.all([
      inventory.systems.resolve(args.os),
      client.call(listSnapshots, { params: { id: found.id } }, { signal }),
      args.ssh_key === undefined ? null : findSshKey(client, args.ssh_key, { signal }),
    ]);
    const problem = misfit(system, found);
    if (problem)
      throw new InputError(`${problem}. list_operating_systems with server="${found.name}" shows what fits.`);
    await secrets.ready();
    const newest = newestOf(snapshots);
    const hostname = args.hostname ?? hostNameOf(found);
    return {
      what: `Reinstall ${describeServer(found)} with ${system.name}`,
      consequences: [
        ...lossesOf(found, newest),
        `The root password changes${key ? `; the SSH key ${key.words} is installed` : ' and SSH keys are not carried over'}. Id and addresses stay, and billing goes on.`,
        `It is set up as ${hostname}, with language ${args.language}, keyboard ${args.keyboard} and time zone ${args.timezone}.`,
      ],
      server: found,
      name: found.name,
      state: {
        ...interruptible(found),
        os: found.os?.id,
        system: system.id,
        disks: found.disks,
        snapshot: newest?.id,
        key: key?.id,
      },
      subject: { server: found, system, hostname, key },
    };
  },

  async apply(context, { subject: { server, system, hostname, key } }, args) {
    const { language, keyboard, timezone, wait_seconds = context.patienceSeconds } = args;
    const body = { os_id: system.id, language, keyboard, timezone, hostname, ...(key && { key_id: key.id }) };
    let root_password_in: string | null = null;
    const started = await context.client
      .call(reinstall, { params: { id: server.id }, body })
      .catch((error: unknown) => startedAllTheSame(error, context.inventory, server));
    await deliver(started.rootPassword);
    const { now, finished } = await followInstall(context, server, system, wait_seconds, deliver);
    return {
      server: server.name,
      os: (finished && now?.os?.name) || system.name,
      hostname,
      finished,
      state: now ? stateOf(now) : null,
      address: (now ?? server).primaryAddress,
      ssh_key: key?.words ?? null,
      root_password_in,
    };

    /** The first password counts: Gigahost blanks it later (wire note 8.4). */
    async function deliver(password: Secret | null | undefined): Promise<void> {
      if (!password || root_password_in) return;
      const title = `Root password of ${describeServer(server)} after reinstalling with ${system.name}`;
      root_password_in = await context.secrets.deliver(title, { user: 'root', password });
    }
  },

  say: ({ server, os, hostname, finished, state, address, ssh_key, root_password_in }) =>
    [
      finished
        ? `${server} is reinstalled: it runs ${os} as ${hostname}${address ? ` at ${address}` : ''}, and its state is: ${state ?? 'unknown'}. The first SSH login may take another minute to work.`
        : `Gigahost accepted the installation of ${os} on ${server}. ${state ? `It was not over when waiting ended; the state is: ${state}` : 'How far it is could not be read'}. get_server shows when it is running. Do not start it again: that would begin anew with another password.`,
      root_password_in
        ? `The root password is in ${root_password_in}.`
        : `Gigahost did not return a root password${ssh_key ? '' : '; the user can reset it in the Gigahost panel'}.`,
      ssh_key && `The SSH key ${ssh_key} was sent along.`,
    ]
      .filter(Boolean)
      .join(' '),
});
