import * as z from 'zod';
import { reinstallServer as reinstall } from '../../client/reinstall.js';
import type { ServerDetail } from '../../client/servers.js';
import { listSnapshots, type Snapshot } from '../../client/snapshots.js';
import { InputError } from '../../inventory/input-error.js';
import { describeServer, stateOf } from '../../inventory/state.js';
import { misfit } from '../../inventory/systems.js';
import { poll } from '../poll.js';
import { HostName, ServerName, ServerRef, WaitSeconds } from '../params.js';
import { relative } from '../../words/text.js';
import { defineChange } from '../tool.js';
import { interruptible } from './power.js';

const isTimeZone = (name: string): boolean =>
  Intl.supportedValuesOf('timeZone').includes(name) || ['UTC', 'Etc/UTC'].includes(name);

export const reinstallServer = defineChange({
  name: 'reinstall_server',
  title: 'Reinstall a server',
  effect: 'destroy',
  toolset: 'servers',
  description:
    'Wipe the disks of a server and install an operating system. Everything on it is lost; id and addresses stay. Consider create_snapshot first.',

  input: z.strictObject({
    server: ServerRef,
    os: z.string().trim().min(1).max(100).describe('id, name or slug such as debian-13'),
    hostname: HostName.optional().describe('Default: the server’s name'),
    language: z
      .string()
      .regex(/^[a-z]{2,3}_[A-Z]{2}$/, 'is not a locale such as en_US')
      .default('en_US'),
    keyboard: z
      .string()
      .regex(/^[a-z]{2,3}$/, 'is not a layout such as no or us')
      .default('no'),
    timezone: z.string().max(60).refine(isTimeZone, 'is not a time zone such as Europe/Oslo').default('Europe/Oslo'),
    ssh_key_id: z
      .string()
      .regex(/^[1-9]\d*$/, 'is not a key id')
      .optional()
      .describe('SSH key of the account to install (see get_account)'),
    wait_seconds: WaitSeconds,
  }),

  output: z.looseObject({
    server: ServerName,
    os: z.string(),
    hostname: z.string(),
    state: z.string().describe('running when the installation is over'),
    address: z.string().nullable(),
    root_password_in: z.string().nullable().describe('Where the user finds the root password'),
  }),

  async plan({ client, inventory, secrets, signal }, { server, os, hostname, ssh_key_id }) {
    const found = await inventory.detail(await inventory.server(server, { signal }), { signal });
    const [system, snapshots] = await Promise.all([
      inventory.systems.resolve(os),
      client.call(listSnapshots, { params: { id: found.id } }, { signal }),
    ]);
    const problem = misfit(system, found);
    if (problem)
      throw new InputError(`${problem}. list_operating_systems with server="${found.name}" shows what fits.`);
    await secrets.ready();
    const newest = newestOf(snapshots);
    return {
      what: `Reinstall ${describeServer(found)} with ${system.name}`,
      consequences: [
        `Everything on it is erased: ${disksOf(found)}, with ${found.os?.name ?? 'whatever is installed'}.`,
        newest
          ? `The newest snapshot is "${newest.name}", taken ${newest.createdAt ? relative(newest.createdAt) : 'at an unknown time'}.`
          : 'There is no completed snapshot of it.',
        'Gigahost’s API cannot restore a snapshot; that is done in its panel or by its support.',
        `The root password changes${ssh_key_id ? '; the chosen SSH key is installed' : ' and SSH keys are not carried over'}. Id and addresses stay, and billing goes on.`,
        ...(found.installing ? ['An installation is already running; this starts over with another password.'] : []),
      ],
      name: found.name,
      state: {
        ...interruptible(found),
        os: found.os?.id,
        system: system.id,
        disks: found.disks,
        snapshot: newest?.id,
        stateNow: stateOf(found),
      },
      subject: { server: found, system, hostname: hostname ?? hostNameOf(found) },
    };
  },

  async apply(
    { client, inventory, secrets, progress, signal, patienceSeconds },
    { subject: { server, system, hostname } },
    args,
  ) {
    const { language, keyboard, timezone, ssh_key_id, wait_seconds = patienceSeconds } = args;
    const started = await client.call(reinstall, {
      params: { id: server.id },
      body: { os_id: system.id, language, keyboard, timezone, hostname, ...(ssh_key_id && { key_id: ssh_key_id }) },
    });
    let password = started.rootPassword;
    let delivered = password && (await deliver());
    let current: ServerDetail = server;
    let begun = false;
    await poll({ seconds: wait_seconds, signal }, async elapsed => {
      current = await inventory.detail(server);
      password ??= current.install?.rootPassword ?? null;
      delivered ??= password && (await deliver());
      const busy = current.installing || current.isNew || current.os === null;
      begun ||= busy;
      await progress(
        `${server.name}: ${busy ? 'installing' : stateOf(current)} after ${elapsed} s`,
        elapsed,
        args.wait_seconds,
      );
      return begun ? !busy : elapsed > 60;
    });
    return {
      server: server.name,
      os: system.name,
      hostname,
      state: stateOf(current),
      address: current.primaryAddress,
      root_password_in: delivered,
    };

    function deliver() {
      return secrets.deliver(`Root password of ${describeServer(server)} after reinstalling with ${system.name}`, {
        user: 'root',
        ...(password && { password }),
      });
    }
  },

  say: ({ server, os, state, root_password_in, address }) =>
    [
      state === 'running'
        ? `${server} now runs ${os}${address ? ` at ${address}` : ''}; the first SSH login may take another minute to work.`
        : `The installation of ${os} on ${server} was started; its state is ${state}. get_server shows when it is running. Do not start it again: that would begin anew with another password.`,
      root_password_in
        ? `The root password is in ${root_password_in}.`
        : 'Gigahost did not return a root password; if SSH keys were not installed, reset it in the Gigahost panel.',
    ].join(' '),
});

const newestOf = (snapshots: readonly Snapshot[]): Snapshot | undefined =>
  snapshots
    .filter(snapshot => snapshot.state === 'completed')
    .sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''))[0];

function disksOf({ disks }: ServerDetail): string {
  const sizes = disks
    .map(disk => [disk.sizeGb && `${disk.sizeGb} GB`, disk.type].filter(Boolean).join(' '))
    .filter(Boolean);
  return sizes.length > 0
    ? `${sizes.length} disk${sizes.length === 1 ? '' : 's'} (${sizes.join(', ')})`
    : 'all its disks';
}

/** A name the installer takes: the server's, if it is a host name. */
function hostNameOf(server: ServerDetail): string {
  const names = [server.name, server.label, server.hostname].map(name => HostName.safeParse(name ?? '').data);
  return names.find(Boolean) ?? `srv${server.id}`;
}
