import { randomHex, randomPassword } from '../random.js';
import type { ServerRecord } from './server-record.js';

/** What the ids of a server's parts are counted from. */
export const serialOf = (serverId: string): number => Number(serverId) - 18_100;

export const macOf = (serial: number): string =>
  `bc:24:11:${serial
    .toString(16)
    .padStart(6, '0')
    .replace(/..(?=.)/g, '$&:')}`;

/** A record with everything that is the same for all machines at first. */
export function blank(id: string, name: string, createdAt: number) {
  return {
    id,
    name,
    label: `srv${id}.gigahost.no`,
    regionId: '1',
    createdAt,
    isNew: false,
    poweredOn: true,
    rebootingUntil: null,
    rescue: false,
    rescuePassword: null,
    suspended: false,
    setup: null,
    install: null,
    isoId: null,
    upgrade: null,
    cancellation: null,
    orderedAddresses: [],
    subnets: [],
    hardware: null,
    rack: null,
    console: null,
    attacks: [],
    activity: [{ id: String(80_000 + serialOf(id)), text: 'Server created.', at: createdAt }],
    secrets: {
      vncPassword: randomPassword(8),
      vncToken: randomHex(32),
      vncPort: 5900 + (serialOf(id) % 100),
      serverKey: randomHex(40),
    },
  } satisfies Partial<ServerRecord>;
}
