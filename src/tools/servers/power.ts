import type { Client } from '../../client/index.js';
import { type Server } from '../../client/api/servers.js';
import { getServerPowerState } from '../../client/api/power.js';
import * as z from 'zod';
import { stateOf } from '../../inventory/state.js';
import { ServerName } from '../params.js';

/** What a power change answers with: the state as read back right after it. */
export const PowerOutput = z.looseObject({
  server: ServerName,
  powered_on: z.boolean().nullable().describe('As read back right after the request'),
  measured_at: z.string().nullable(),
});

/** Reads the power state back after a change. */
export async function readBackPower(
  client: Client,
  server: Pick<Server, 'id' | 'name'>,
): Promise<z.output<typeof PowerOutput>> {
  const power = await client.call(getServerPowerState, { params: { id: server.id } });
  return { server: server.name, powered_on: power.on, measured_at: power.measuredAt };
}

/** The facts about a server that a plan to interrupt it rests on. */
export const interruptible = (server: Server) => ({
  id: server.id,
  name: server.name,
  state: stateOf(server),
  address: server.primaryAddress,
});

/** The parts of a plan that say no more than which machine is meant. */
export const about = <S extends Server>(server: S) => ({
  server,
  name: server.name,
  state: interruptible(server),
  subject: server,
});

/** What else an interruption would cut short. */
export const underway = (server: Server): string[] =>
  [
    server.installing && 'An installation is running and would be cut short.',
    server.snapshotting && 'A snapshot is being taken and may be damaged.',
    server.upgrading && 'An upgrade is running and would be cut short.',
  ].flatMap(line => (line ? [line] : []));

/** Wire notes 6.2 and 6.4. */
export const REFUSED_WHEN_HOURLY =
  'Gigahost has been seen to refuse this through its API on servers billed by the hour; nothing changes then.';

export const powerWords = (on: boolean | null): string =>
  on === null ? 'Gigahost does not say what its power state is.' : `The power state read back is ${on ? 'on' : 'off'}.`;
