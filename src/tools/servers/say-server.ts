import type { ServerView } from '../../inventory/server-view.js';
import type { Said } from '../../words/blocks.js';
import { relative } from '../../words/text.js';

/** "Disks (20 of 24)", or the bare title where nothing is left out. */
const counted = (title: string, shown: readonly unknown[], total: number): string =>
  shown.length === total ? title : `${title} (${shown.length} of ${total})`;

/** One server in words: facts a line each, then addresses, attacks and latest activity. */
export function sayServer(view: ServerView): Said {
  const { order, traffic } = view;
  const amount = (value: number) => `${value} ${traffic.unit ?? '(unit unknown)'}`;
  const directions = [
    traffic.in !== null && `in ${amount(traffic.in)}`,
    traffic.out !== null && `out ${amount(traffic.out)}`,
  ]
    .filter(Boolean)
    .join(', ');
  const used =
    traffic.used === null
      ? null
      : `${amount(traffic.used)}${traffic.cap ? ` of ${amount(traffic.cap)}` : ''}${directions && ` (${directions})`}`;
  const power =
    view.powered_on === null
      ? 'not told by Gigahost right now'
      : `${view.powered_on ? 'on' : 'off'}${view.power_measured_at ? `, measured ${relative(view.power_measured_at)} (${view.power_measured_at})` : ''}`;
  return [
    {
      facts: [
        ['name', view.name],
        ['id', view.id],
        ['label', view.label === view.name ? null : view.label],
        ['type', view.type],
        ['state', view.state],
        ['power', power],
        [counted('doing now', view.doing, view.doing_total), view.doing.join('; ')],
        ['operating system', view.os ?? 'none shown'],
        ['cores', view.cores],
        ['memory', view.ram_gb && `${view.ram_gb} GB`],
        [counted('processors', view.cpus, view.cpus_total), view.cpus.join('; ')],
        [counted('disks', view.disks, view.disks_total), view.disks.join('; ')],
        [counted('network cards', view.nics, view.nics_total), view.nics.join('; ')],
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
      ],
    },
    view.looked_for !== null &&
      (view.addresses_total + view.subnets_total === 0
        ? `It has no address and no subnet with "${view.looked_for}".`
        : `Only addresses and subnets with "${view.looked_for}" are shown.`),
    view.addresses_total > 0 && {
      title: counted('Addresses', view.addresses, view.addresses_total),
      columns: ['address', 'role', 'reverse DNS', 'nullrouted'],
      rows: view.addresses.map(row => [row.address, row.role, row.ptr, row.nullrouted]),
    },
    view.subnets_total > 0 && {
      title: counted('Subnets', view.subnets, view.subnets_total),
      columns: ['subnet', 'reverse DNS at'],
      rows: view.subnets.map(row => [row.subnet, row.nameserver]),
    },
    (view.addresses.length < view.addresses_total || view.subnets.length < view.subnets_total) &&
      'For the others, call get_server with addresses set to a part of an address, subnet or reverse DNS name.',
    view.attacks_total > 0 && {
      title: counted('Attacks', view.attacks, view.attacks_total),
      columns: ['address', 'type', 'started at', 'ended at', 'peak Mbit/s', 'peak packets/s', 'id'],
      rows: view.attacks.map(row => [
        row.address,
        row.type,
        row.started_at,
        row.ended_at,
        row.peak_mbps,
        row.peak_pps,
        row.id,
      ]),
    },
    view.activity_total > 0 && {
      title: counted('Latest activity', view.activity, view.activity_total),
      columns: ['at', 'entry'],
      rows: view.activity.map(row => [row.at, row.entry]),
    },
    'More: list_snapshots, get_traffic_graph, list_upgrades, list_isos.',
  ];
}
