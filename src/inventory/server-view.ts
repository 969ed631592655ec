import * as z from 'zod';
import { GigahostError } from '../client/errors.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import { type Server, type ServerDetail } from '../client/api/servers.js';
import { getServerPowerState } from '../client/api/power.js';
import { contains, normalAddress, normalSubnet } from './addresses.js';
import type { Inventory } from './index.js';
import { stateOf } from './state.js';

const text = z.string().nullable();
const number = z.number().nullable();
const total = z.number();

/** One server as a person would want it told. Null where Gigahost does not say. A list may be the beginning of a longer
 * one, which its total tells. */
export const ServerView = z.looseObject({
  id: z.string(),
  name: z.string(),
  label: text,
  type: text,
  state: z.string(),
  powered_on: z.boolean().nullable(),
  power_measured_at: text,
  doing: z.array(z.string()).describe('What is going on right now'),
  doing_total: total,
  os: text,
  cores: number,
  ram_gb: number,
  cpus: z.array(z.string()),
  cpus_total: total,
  disks: z.array(z.string()),
  disks_total: total,
  nics: z.array(z.string()),
  nics_total: total,
  looked_for: text.describe('What the addresses and subnets were to contain; null for all of them'),
  addresses: z.array(z.looseObject({ address: z.string(), role: text, ptr: text, nullrouted: z.boolean() })),
  addresses_total: total,
  subnets: z.array(z.looseObject({ subnet: z.string(), nameserver: text })),
  subnets_total: total,
  datacenter: text,
  region: text,
  created_at: text,
  order: z
    .looseObject({ product: text, number: text, billing: text, status: text, next_billing: text, price: text })
    .nullable(),
  traffic: z.looseObject({ used: number, in: number, out: number, unit: text, cap: number, p95_mbps: number }),
  attacks: z.array(
    z.looseObject({
      id: text,
      address: text,
      type: text,
      started_at: text,
      ended_at: text,
      peak_mbps: number,
      peak_pps: number,
    }),
  ),
  attacks_total: total,
  activity: z.array(z.looseObject({ at: text, entry: text })),
  activity_total: total,
  console_open_until: text,
});
export type ServerView = z.output<typeof ServerView>;

const MOST_ADDRESSES = 40;
const MOST_SUBNETS = 20;
const MOST_PARTS = 24;
const MOST_DOING = 10;
const MOST_ATTACKS = 5;
const MOST_ACTIVITY = 5;
/** The longest unit Gigahost could mean. */
const LONGEST_UNIT = 10;

/** What of a server to read. */
export interface Reading extends CallOptions {
  /** Part of an address, subnet or PTR: only those are shown that contain it. */
  readonly addresses?: string | undefined;
}

/** The full record of one server with its power state; the latter is unknown where Gigahost does not tell. */
export async function readServer(
  client: Client,
  inventory: Inventory,
  server: Pick<Server, 'id'>,
  { addresses, ...options }: Reading,
): Promise<ServerView> {
  const params = { id: server.id };
  const [detail, power] = await Promise.all([
    inventory.detail(server, options),
    client.call(getServerPowerState, { params }, options).catch(unknownIfNotTold),
  ]);
  return viewServer(detail, power, addresses);
}

/** The rest of the record is worth having without it. */
function unknownIfNotTold(error: unknown): Power {
  if (error instanceof GigahostError) return { on: null, measuredAt: null };
  throw error;
}

type Order = NonNullable<ServerDetail['order']>;

interface Power {
  readonly on: boolean | null;
  readonly measuredAt: string | null;
}

function viewServer(server: ServerDetail, power: Power, lookedFor: string | undefined): ServerView {
  const { order } = server;
  const now = doing(server);
  const cpus = server.cpus.flatMap(cpu => (cpu.name ? [cpu.mhz ? `${cpu.name} ${cpu.mhz} MHz` : cpu.name] : []));
  const { addresses, subnets } = lookedFor === undefined ? server : holding(server, lookedFor);
  return {
    id: server.id,
    name: server.name,
    label: server.label,
    type: [server.type, server.virtualization].filter(Boolean).join(', ') || null,
    state: stateOf(server),
    powered_on: power.on,
    power_measured_at: power.measuredAt,
    doing: now.slice(0, MOST_DOING),
    doing_total: now.length,
    os: server.os?.name ?? null,
    cores: server.cores,
    ram_gb: server.ramGb,
    cpus: cpus.slice(0, MOST_PARTS),
    cpus_total: cpus.length,
    disks: server.disks
      .slice(0, MOST_PARTS)
      .map(disk =>
        [disk.sizeGb && `${disk.sizeGb} GB`, disk.type, disk.model, disk.state && `(${disk.state})`]
          .filter(Boolean)
          .join(' '),
      ),
    disks_total: server.disks.length,
    nics: server.nics
      .slice(0, MOST_PARTS)
      .map(nic => [nic.speedMbps && `${nic.speedMbps} Mbit/s`, nic.mac].filter(Boolean).join(' ')),
    nics_total: server.nics.length,
    looked_for: lookedFor ?? null,
    addresses: addresses.slice(0, MOST_ADDRESSES).map(row => ({
      address: row.address,
      role: row.role,
      ptr: row.ptr,
      nullrouted: row.nullrouted,
    })),
    addresses_total: addresses.length,
    subnets: subnets.slice(0, MOST_SUBNETS).map(row => ({ subnet: row.cidr, nameserver: row.nameserver })),
    subnets_total: subnets.length,
    datacenter: server.datacenter,
    region: server.region,
    created_at: server.createdAt,
    order: order && viewOrder(order),
    traffic: {
      used: server.traffic.used,
      in: server.trafficIn,
      out: server.trafficOut,
      unit: server.traffic.unit?.slice(0, LONGEST_UNIT) ?? null,
      cap: server.traffic.cap,
      p95_mbps: server.p95Mbps,
    },
    attacks: newestFirst(server.attacks, row => row.startedAt)
      .slice(0, MOST_ATTACKS)
      .map(row => ({
        id: row.id,
        address: row.address,
        type: row.type,
        started_at: row.startedAt,
        ended_at: row.endedAt,
        peak_mbps: row.peakMbps,
        peak_pps: row.peakPps,
      })),
    attacks_total: server.attacks.length,
    activity: newestFirst(server.activity, row => row.at).slice(0, MOST_ACTIVITY),
    activity_total: server.activity.length,
    console_open_until: server.consoleUntil,
  };
}

/** The addresses and subnets with that in their text or reverse DNS, and the subnets around that address. */
function holding({ addresses, subnets }: ServerDetail, lookedFor: string): Pick<ServerDetail, 'addresses' | 'subnets'> {
  const wanted = (normalAddress(lookedFor) ?? lookedFor.trim()).toLowerCase();
  const hold = (...texts: readonly (string | null | undefined)[]) =>
    texts.some(candidate => candidate?.toLowerCase().includes(wanted));
  return {
    addresses: addresses.filter(row => hold(row.address, normalAddress(row.address), row.ptr)),
    subnets: subnets.filter(
      row => hold(row.cidr, normalSubnet(row.cidr), row.nameserver) || contains(row.cidr, wanted),
    ),
  };
}

/** Gigahost’s order of these is stated nowhere. Rows without a time come last. */
const newestFirst = <Row>(rows: readonly Row[], timeOf: (row: Row) => string | null | undefined): Row[] =>
  rows.toSorted((a, b) => (timeOf(b) ?? '').localeCompare(timeOf(a) ?? ''));

function doing(server: ServerDetail): string[] {
  const now = [
    server.installing &&
      `installing an operating system${server.install?.startedAt ? ` since ${server.install.startedAt}` : ''}`,
    server.isNew && !server.installing && 'being built',
    server.snapshotting && 'taking a snapshot',
    server.upgrading && 'being upgraded',
    server.inRescue && 'running the rescue system',
    server.isoMounted && 'an ISO image is mounted',
    server.suspended && 'suspended',
  ];
  const processes = server.processes.map(({ name, state, progress, startedAt }) => {
    const how = [state, progress && `progress ${progress}`, startedAt && `since ${startedAt}`]
      .filter(Boolean)
      .join(', ');
    return `${name ?? 'something Gigahost gives no name'}${how && ` (${how})`}`;
  });
  return [...now.flatMap(line => (line ? [line] : [])), ...processes];
}

/** Null for old hardware, of whose order Gigahost shows hardly anything (wire note 3.10). */
function viewOrder(order: Order) {
  const view = {
    product: order.product,
    number: order.number,
    billing: order.billing,
    status: order.status,
    next_billing: order.hourly?.nextInvoice ?? order.nextBilling,
    price: priceOf(order),
  };
  return Object.values(view).some(value => value !== null) ? view : null;
}

function priceOf({ hourly, total, cycle }: Order): string | null {
  if (hourly) {
    const currency = hourly.currency ?? 'NOK';
    return [
      `${hourly.rate ?? '?'} ${currency} an hour`,
      hourly.monthlyCap && `at most ${hourly.monthlyCap} ${currency} a month`,
      hourly.accrued && `${hourly.accrued} ${currency} so far`,
    ]
      .filter(Boolean)
      .join(', ');
  }
  return total && [`${total} NOK`, cycle && everyCycle(cycle)].filter(Boolean).join(' ');
}

/** A number of months; words are passed on. */
function everyCycle(cycle: string): string {
  if (!/^\d+$/.test(cycle)) return cycle;
  return cycle === '1' ? 'a month' : `every ${cycle} months`;
}

/** What a list of servers shows of each. */
export const SERVER_COLUMNS = ['name', 'id', 'type', 'state', 'address', 'os', 'cores', 'ram_gb', 'region'];

export const serverRow = (server: Server) => [
  server.name,
  server.id,
  server.type,
  stateOf(server),
  server.primaryAddress,
  server.os?.name.replace(/ 64-bit$/, '') ?? null,
  server.cores,
  server.ramGb,
  server.region,
];
