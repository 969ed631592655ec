import * as z from 'zod';
import type { ServerDetail } from '../../client/servers.js';
import { stateOf } from '../../inventory/state.js';
import { facts, relative, tableText } from '../text.js';

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

const MOST_ATTACKS = 5;
const MOST_ACTIVITY = 5;

export function viewServer(server: ServerDetail, power: { on: boolean | null; measuredAt: string | null }): ServerView {
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
    addresses: server.addresses.map(row => ({
      address: row.address,
      role: row.role,
      ptr: row.ptr,
      nullrouted: row.nullrouted,
    })),
    subnets: server.subnets.map(row => ({ subnet: row.cidr, nameserver: row.nameserver })),
    datacenter: server.datacenter,
    region: server.region,
    created_at: server.createdAt,
    order: order && {
      product: order.product,
      number: order.number,
      billing: order.billing,
      status: order.status,
      next_billing: order.hourly?.nextInvoice ?? order.nextBilling,
      price: priceOf(order),
    },
    traffic: {
      used: server.traffic.used,
      in: server.trafficIn,
      out: server.trafficOut,
      unit: server.traffic.unit,
      cap: server.traffic.cap,
      p95_mbps: server.bandwidth.p95Mbps,
    },
    attacks: server.attacks.slice(0, MOST_ATTACKS),
    attacks_total: server.attacks.length,
    activity: server.activity.slice(0, MOST_ACTIVITY),
    console_open_until: server.consoleUntil,
  };
}

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

function priceOf({ hourly, total, cycle }: NonNullable<ServerDetail['order']>): string | null {
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
  return total && [`${total} NOK`, cycle && `(cycle: ${cycle})`].filter(Boolean).join(' ');
}

export function sayServer(view: ServerView): string {
  const { order, traffic } = view;
  const used =
    traffic.used === null
      ? null
      : `${traffic.used} ${traffic.unit ?? ''}${traffic.cap ? ` of ${traffic.cap}` : ''} (in ${traffic.in ?? '?'}, out ${traffic.out ?? '?'})`;
  const power =
    view.powered_on === null
      ? null
      : `${view.powered_on ? 'on' : 'off'}${view.power_measured_at ? `, measured ${relative(view.power_measured_at)}` : ''}`;
  const sections = [
    facts([
      ['name', view.name],
      ['id', view.id],
      ['label', view.label === view.name ? null : view.label],
      ['type', view.type],
      ['state', view.state],
      ['power', power],
      ['doing now', view.doing.join('; ')],
      ['operating system', view.os ?? 'none installed'],
      ['cores', view.cores],
      ['memory', view.ram_gb && `${view.ram_gb} GB`],
      ['processors', view.cpus.join('; ')],
      ['disks', view.disks.join('; ')],
      ['network cards', view.nics.join('; ')],
      [
        'subnets',
        view.subnets
          .map(row => `${row.subnet}${row.nameserver ? ` (reverse DNS at ${row.nameserver})` : ''}`)
          .join('; '),
      ],
      ['location', [view.datacenter, view.region].filter(Boolean).join(', ')],
      ['created', view.created_at],
      [
        'order',
        order &&
          [
            order.product,
            order.number,
            order.billing,
            order.status,
            order.price,
            order.next_billing && `next invoice ${order.next_billing}`,
          ]
            .filter(Boolean)
            .join(', '),
      ],
      ['traffic used', used],
      ['95th percentile', traffic.p95_mbps && `${traffic.p95_mbps} Mbit/s`],
      ['console open until', view.console_open_until],
    ]),
    tableText(
      ['address', 'role', 'reverse DNS', 'nullrouted'],
      view.addresses.map(row => [row.address, row.role, row.ptr, row.nullrouted]),
    ),
    view.attacks_total > 0 &&
      `Attacks (${view.attacks.length} of ${view.attacks_total}):\n${view.attacks.map(row => facts(Object.entries(row)).replaceAll('\n', ', ')).join('\n')}`,
    view.activity.length > 0 &&
      `Latest activity:\n${tableText(
        ['at', 'entry'],
        view.activity.map(row => [row.at, row.entry]),
      )}`,
    'More: list_snapshots, get_traffic_graph, list_upgrades, list_isos.',
  ];
  return sections.filter(Boolean).join('\n\n');
}
