import * as z from 'zod';
import { GigahostError } from '../client/errors.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import { getServerPowerState, type Server, type ServerDetail } from '../client/servers.js';
import type { Inventory } from './index.js';
import { stateOf } from './state.js';

const text = z.string().nullable();
const number = z.number().nullable();

/** One server as a person would want it told. Null where Gigahost does not say. */
export const ServerView = z.looseObject({
  id: z.string(),
  name: z.string(),
  label: text,
  type: text,
  state: z.string(),
  powered_on: z.boolean().nullable(),
  power_measured_at: text,
  doing: z.array(z.string()).describe('What is going on right now'),
  os: text,
  cores: number,
  ram_gb: number,
  cpus: z.array(z.string()),
  disks: z.array(z.string()),
  nics: z.array(z.string()),
  addresses: z.array(z.looseObject({ address: z.string(), role: text, ptr: text, nullrouted: z.boolean() })),
  addresses_total: number,
  subnets: z.array(z.looseObject({ subnet: z.string(), nameserver: text })),
  datacenter: text,
  region: text,
  created_at: text,
  order: z
    .looseObject({ product: text, number: text, billing: text, status: text, next_billing: text, price: text })
    .nullable(),
  traffic: z.looseObject({ used: number, in: number, out: number, unit: text, cap: number, p95_mbps: number }),
  attacks: z.array(z.record(z.string(), z.string())),
  attacks_total: z.number(),
  activity: z.array(z.looseObject({ at: text, entry: text })),
  console_open_until: text,
});
export type ServerView = z.output<typeof ServerView>;

const MOST_ADDRESSES = 40;
const MOST_ATTACKS = 5;
const MOST_ACTIVITY = 5;

/** The full record of one server with its power state; the latter is unknown where Gigahost does not tell. */
export async function readServer(
  client: Client,
  inventory: Inventory,
  server: Pick<Server, 'id'>,
  options: CallOptions,
): Promise<ServerView> {
  const params = { id: server.id };
  const [detail, power] = await Promise.all([
    inventory.detail(server, options),
    client.call(getServerPowerState, { params }, options).catch(unknownIfNotTold),
  ]);
  return viewServer(detail, power);
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

function viewServer(server: ServerDetail, power: Power): ServerView {
  const { order } = server;
  return {
    id: server.id,
    name: server.name,
    label: server.label,
    type: [server.type, server.virtualization].filter(Boolean).join(', ') || null,
    state: stateOf(server),
    powered_on: power.on,
    power_measured_at: power.measuredAt,
    doing: doing(server),
    os: server.os?.name ?? null,
    cores: server.cores,
    ram_gb: server.ramGb,
    cpus: server.cpus.flatMap(cpu => (cpu.name ? [cpu.mhz ? `${cpu.name} ${cpu.mhz} MHz` : cpu.name] : [])),
    disks: server.disks.map(disk =>
      [disk.sizeGb && `${disk.sizeGb} GB`, disk.type, disk.model, disk.state && `(${disk.state})`]
        .filter(Boolean)
        .join(' '),
    ),
    nics: server.nics.map(nic => [nic.speedMbps && `${nic.speedMbps} Mbit/s`, nic.mac].filter(Boolean).join(' ')),
    addresses: server.addresses.slice(0, MOST_ADDRESSES).map(row => ({
      address: row.address,
      role: row.role,
      ptr: row.ptr,
      nullrouted: row.nullrouted,
    })),
    addresses_total: server.addresses.length,
    subnets: server.subnets.slice(0, MOST_ADDRESSES).map(row => ({ subnet: row.cidr, nameserver: row.nameserver })),
    datacenter: server.datacenter,
    region: server.region,
    created_at: server.createdAt,
    order: order && viewOrder(order),
    traffic: {
      used: server.traffic.used,
      in: server.trafficIn,
      out: server.trafficOut,
      unit: server.traffic.unit,
      cap: server.traffic.cap,
      p95_mbps: server.bandwidth.p95Mbps,
    },
    attacks: newestFirst(server.attacks, row => row['attack_start']).slice(0, MOST_ATTACKS),
    attacks_total: server.attacks.length,
    activity: newestFirst(server.activity, row => row.at).slice(0, MOST_ACTIVITY),
    console_open_until: server.consoleUntil,
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
  const processes = server.processes.map(row => Object.values(row).join(' '));
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
