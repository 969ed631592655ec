import * as z from 'zod';
import { getBgp } from '../../client/api/bgp.js';
import { cancelServer as cancel } from '../../client/api/servers.js';
import { listSnapshots } from '../../client/api/snapshots.js';
import type { ServerDetail } from '../../client/api/servers.js';
import { GigahostError } from '../../client/errors.js';
import { InputError } from '../../inventory/input-error.js';
import { some } from '../../inventory/some.js';
import { describeServer, stateOf } from '../../inventory/state.js';
import { ServerName, ServerRef } from '../params.js';
import { poll } from '../poll.js';
import { defineChange, type ToolContext } from '../tool.js';

const WAIT_SECONDS = 20;

export const cancelServer = defineChange({
  name: 'cancel_server',
  title: 'Cancel a server',
  effect: 'destroy',
  settledBy: 'list_servers',
  toolset: 'deploy',
  covers: ['cancelServer'],
  description: 'End a server and its billing for good, with its disks, snapshots and addresses.',
  input: z.strictObject({
    server: ServerRef,
    when: z.enum(['now', 'end_of_term']).optional().describe('Default: hourly now, prepaid at the end of its term'),
  }),
  output: z.looseObject({
    server: ServerName,
    server_id: z.string(),
    when: z.enum(['now', 'end_of_term']),
    gone: z.boolean().describe('Whether it has left the account already'),
    state: z.string().nullable().describe('As read back; null where that failed'),
    remark: z.string().nullable(),
  }),

  async plan(context, args) {
    const { client, inventory, signal } = context;
    const found = await inventory.detail(await inventory.server(args.server, { signal }), { signal });
    const hourly = found.order?.billing === 'hourly';
    const when = args.when ?? (hourly ? 'now' : 'end_of_term');
    if (found.cancelled) throw new InputError(`${describeServer(found)} is cancelled already.`);
    if (hourly && when === 'end_of_term')
      throw new InputError(`${found.name} is billed by the hour and has no term: it ends now, or goes on.`);
    const [snapshots, sessions] = await Promise.all([
      client.call(listSnapshots, { params: { id: found.id } }, { signal }),
      sessionsOf(context, found),
    ]);
    return {
      what: `Cancel ${describeServer(found)} ${when === 'now' ? 'now' : 'at the end of its term'}`,
      consequences: [
        'Everything on its disks is erased, and no call brings it back.',
        snapshots.length > 0
          ? `Its ${snapshots.length} snapshot${snapshots.length === 1 ? '' : 's'} go with it: ${some(
              snapshots.map(({ name }) => `"${name}"`),
              { most: 5 },
            )}.`
          : 'It has no snapshot.',
        ...addressLines(found),
        ...(sessions > 0
          ? [`${sessions} BGP session${sessions === 1 ? '' : 's'} of it end${sessions === 1 ? 's' : ''}.`]
          : []),
        billingLine(found, when),
      ],
      server: found,
      name: found.name,
      state: { id: found.id, name: found.name, state: stateOf(found), when, snapshots: snapshots.map(({ id }) => id) },
      subject: { server: found, when },
    };
  },

  async apply(context, { subject: { server, when } }) {
    const { client, inventory, progress, signal } = context;
    const body = when === 'now' ? { early_termination: 1 as const } : {};
    let remark: string | null = null;
    await client.call(cancel, { params: { id: server.id }, body }).catch(async (error: unknown) => {
      // A second cancel is refused, and one whose answer was lost may have been heard (wire note 6.1). That it is not
      // there proves nothing: a live server can be missing for a minute.
      const settles =
        error instanceof GigahostError && (error.facts.status === 400 || error.facts.changed !== 'nothing');
      const now = settles ? await inventory.detail(server).catch(() => undefined) : undefined;
      if (!now?.cancelled) throw error;
      remark = 'Gigahost did not confirm it; the server is cancelled all the same.';
    });
    let seen: Seen | undefined;
    await poll({ seconds: when === 'now' ? WAIT_SECONDS : 0, signal }, async elapsed => {
      seen = await lookFor(context, server);
      await progress(`${server.name}: ${seen.gone ? 'gone' : seen.state} after ${elapsed} s`, elapsed, WAIT_SECONDS);
      return seen.gone;
    });
    return {
      server: server.name,
      server_id: server.id,
      when,
      gone: seen?.gone ?? false,
      state: seen?.state ?? null,
      remark,
    };
  },

  say: ({ server, server_id, when, gone, state, remark }) =>
    [
      gone
        ? `${server} (${server_id}) is cancelled and gone.`
        : `${server} (${server_id}) is cancelled${when === 'now' ? '' : ' at the end of its term'}; ${state ? `its state is: ${state}` : 'how it is could not be read'}.`,
      !gone && when === 'now' && 'It leaves the list within a minute or so: list_servers shows it.',
      remark,
      'DNS records that point to its addresses stay until they are deleted.',
    ]
      .filter(Boolean)
      .join(' '),
});

interface Seen {
  readonly gone: boolean;
  readonly state: string;
}

async function lookFor({ inventory }: Pick<ToolContext, 'inventory'>, server: ServerDetail): Promise<Seen> {
  try {
    return { gone: false, state: stateOf(await inventory.detail(server)) };
  } catch (error) {
    if (error instanceof GigahostError && error.kind === 'not_found') return { gone: true, state: 'gone' };
    throw error;
  }
}

/** Whether a credential may see BGP does not matter here. */
async function sessionsOf({ client, signal }: ToolContext, { id }: ServerDetail): Promise<number> {
  const bgp = await client.call(getBgp, {}, { signal }).catch((error: unknown) => {
    if (error instanceof GigahostError) return undefined;
    throw error;
  });
  return bgp?.sessions.filter(({ server_id }) => server_id === id).length ?? 0;
}

function addressLines({ addresses }: ServerDetail): string[] {
  const routed = addresses.filter(({ routedTo, family }) => routedTo !== null && family === 'ipv4');
  return [
    `Its addresses are given up: ${some(addresses.map(({ address }) => address)) || 'none'}.`,
    ...(routed.length > 0
      ? [`${some(routed.map(({ address }) => address))} can be kept: move_ip_address takes it to another server first.`]
      : []),
  ];
}

function billingLine({ order }: ServerDetail, when: 'now' | 'end_of_term'): string {
  if (order?.hourly) {
    const { accrued, currency, nextInvoice } = order.hourly;
    return `Billing by the hour ends with it; ${accrued ? `${accrued} ${currency ?? 'NOK'} so far this month` : 'what it cost this month'} (without VAT) is invoiced${nextInvoice ? ` on ${nextInvoice}` : ''}.`;
  }
  const until = order?.nextBilling ? `paid until ${order.nextBilling}` : 'paid for a term';
  return when === 'now'
    ? `It is ${until} and ends now all the same; that the rest is paid back is not said anywhere.`
    : `It is ${until} and is not billed after that. Gigahost does not document that it runs until then: it may end at once.`;
}
