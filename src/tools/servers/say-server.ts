import type { ServerView } from '../../inventory/server-view.js';
import type { Said } from '../../words/blocks.js';
import { relative } from '../../words/text.js';

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
        ['doing now', view.doing.join('; ')],
        ['operating system', view.os ?? 'none shown'],
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
      ],
    },
    view.addresses.length > 0 && {
      ...(view.addresses.length !== view.addresses_total && {
        title: `Addresses (${view.addresses.length} of ${view.addresses_total})`,
      }),
      columns: ['address', 'role', 'reverse DNS', 'nullrouted'],
      rows: view.addresses.map(row => [row.address, row.role, row.ptr, row.nullrouted]),
    },
    view.attacks_total > 0 &&
      [
        `Attacks (${view.attacks.length} of ${view.attacks_total}):`,
        ...view.attacks.map(row =>
          Object.entries(row)
            .map(([name, value]) => `${name}: ${value}`)
            .join(', '),
        ),
      ].join('\n'),
    view.activity.length > 0 && {
      title: 'Latest activity',
      columns: ['at', 'entry'],
      rows: view.activity.map(row => [row.at, row.entry]),
    },
    'More: list_snapshots, get_traffic_graph, list_upgrades, list_isos.',
  ];
}
