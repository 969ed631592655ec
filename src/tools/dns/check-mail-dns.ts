import * as z from 'zod';
import { checkMail, hostIn, mailHostsOf, type MailAddress, type MailHost } from '../../inventory/dns/mail-check.js';
import { normalAddress } from '../../inventory/addresses.js';
import { GigahostError } from '../../client/errors.js';
import { InputError } from '../../inventory/input-error.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { ZoneRef } from '../params.js';
import { defineRead, type ToolContext } from '../tool.js';

export const checkMailDns = defineRead({
  name: 'check_mail_dns',
  title: 'Check mail DNS',
  effect: 'read',
  toolset: 'dns',
  description: 'Check MX, SPF, DKIM, DMARC and reverse DNS of a domain, with what to change.',
  input: z.strictObject({ zone: ZoneRef }),
  output: z.looseObject({
    zone: z.string(),
    verdict: z.enum(['ok', 'warning', 'problem']),
    ...TableOutput,
  }),

  async read(context, { zone: reference }) {
    const { inventory, signal } = context;
    const zone = await inventory.zones.find(reference, { signal });
    const records = await inventory.zones.records(zone, { signal });
    // A key for the DNS alone may not see servers.
    const servers = (await inventory.list({ signal }).catch(unless(GigahostError)))?.servers;
    const hosts: MailHost[] = [];
    for (const name of mailHostsOf(records)) hosts.push(await mailHost(context, name, servers));
    const findings = checkMail(zone, records, hosts);
    const rows = findings.map(({ check, status, found, todo }) => [check, status, found, todo]);
    const worst = (['problem', 'warning'] as const).find(status => findings.some(one => one.status === status));
    return {
      zone: zone.name,
      verdict: worst ?? ('ok' as const),
      ...page(['check', 'status', 'found', 'what_to_do'], rows, { key: ['mail', zone.id], longest: WHOLE }),
    };
  },

  say: output => [
    `Mail of ${output.zone}: ${VERDICT[output.verdict]}.`,
    ...tableWords(output, 'findings', undefined, WHOLE),
    output.verdict !== 'ok' && 'set_dns_records changes records; show the person what would change first.',
  ],
});

/** A record to be set is of use only whole. */
const WHOLE = 800;

const VERDICT = {
  ok: 'all that can be told from this account is right',
  warning: 'it works, and something could be better',
  problem: 'something is wrong',
} as const;

type Servers = Awaited<ReturnType<ToolContext['inventory']['list']>>['servers'] | undefined;

/** From the account's own zone where the host lies in one that is served here; else from the DNS. */
async function mailHost(context: ToolContext, name: string, servers: Servers): Promise<MailHost> {
  const { inventory, lookup, signal } = context;
  const zone = await inventory.zones.around(name, { signal }).catch(unless(InputError));
  const own =
    zone && !zone.isExternal ? hostIn(name, zone, await inventory.zones.records(zone, { signal })) : undefined;
  // Beyond plain addresses (ALIAS, wildcards, a part that is served elsewhere) the DNS itself tells.
  const known = own && (own.alias || own.addresses.length > 0) ? own.addresses : undefined;
  const found = known ?? (await lookup(name));
  const addresses = found?.map(address => mailAddress(context, normalAddress(address) ?? address, servers));
  return { name, alias: own?.alias ?? null, addresses: addresses ? await Promise.all(addresses) : null };
}

async function mailAddress(
  { inventory, lookup, signal }: ToolContext,
  address: string,
  servers: Servers,
): Promise<MailAddress> {
  const isIt = (row: { readonly address: string }): boolean => normalAddress(row.address) === address;
  const owner = servers?.find(server => server.addresses.some(isIt));
  if (!owner) return { address, isOwn: servers === undefined ? null : false, ptr: null, confirmed: null };
  const detail = await inventory.detail(owner, { signal }).catch(unless(GigahostError));
  if (!detail) return { address, isOwn: null, ptr: null, confirmed: null };
  const ptr = detail.addresses.find(isIt)?.ptr ?? null;
  const forward = ptr === null ? undefined : await lookup(ptr);
  const confirmed = forward?.some(candidate => normalAddress(candidate) === address) ?? null;
  return { address, isOwn: true, ptr, confirmed };
}

/** Undefined in place of an error of one kind. */
const unless =
  (kind: new (...args: never[]) => Error) =>
  (error: unknown): undefined => {
    if (!(error instanceof kind)) throw error;
  };
