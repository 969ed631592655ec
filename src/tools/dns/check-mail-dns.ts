import * as z from 'zod';
import { checkMail, hostIn, mailHostsOf, type MailHost } from '../../inventory/dns/mail-check.js';
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
    const hosts: MailHost[] = [];
    for (const name of mailHostsOf(records)) hosts.push(await mailHost(context, name));
    const findings = checkMail(zone, records, hosts);
    const rows = findings.map(({ check, status, found, todo }) => [check, status, found, todo]);
    const worst = (['problem', 'warning'] as const).find(status => findings.some(one => one.status === status));
    return {
      zone: zone.name,
      verdict: worst ?? ('ok' as const),
      ...page(['check', 'status', 'found', 'what_to_do'], rows, { key: ['mail', zone.id] }),
    };
  },

  say: output => [
    `Mail of ${output.zone}: ${VERDICT[output.verdict]}.`,
    ...tableWords(output, 'findings'),
    output.verdict !== 'ok' && 'set_dns_records changes records; show the person what would change first.',
  ],
});

const VERDICT = {
  ok: 'all that can be told from this account is right',
  warning: 'it works, and something could be better',
  problem: 'something is wrong',
} as const;

/** From the account's own zone where the host lies in one that is served here; else from the DNS. */
async function mailHost({ inventory, lookup, signal }: ToolContext, name: string): Promise<MailHost> {
  const zone = await inventory.zones.around(name, { signal }).catch(unless(InputError));
  const own =
    zone && !zone.isExternal ? hostIn(name, zone, await inventory.zones.records(zone, { signal })) : undefined;
  const addresses = own?.addresses ?? [...((await lookup(name)) ?? [])];
  return {
    name,
    alias: own?.alias ?? null,
    addresses: await Promise.all(addresses.map(async address => ({ address, ...(await reverseOf(address)) }))),
  };

  async function reverseOf(address: string): Promise<Omit<MailHost['addresses'][number], 'address'>> {
    const { servers } = await inventory.list({ signal });
    const owner = servers.find(server => server.addresses.some(row => normalAddress(row.address) === address));
    if (!owner) return { ptr: null, isOwn: false, confirmed: null };
    const detail = await inventory.detail(owner, { signal }).catch(unless(GigahostError));
    const ptr = detail?.addresses.find(row => normalAddress(row.address) === address)?.ptr ?? null;
    const forward = ptr === null ? undefined : await lookup(ptr);
    return { ptr, isOwn: true, confirmed: forward?.some(found => normalAddress(found) === address) ?? null };
  }
}

/** Undefined in place of an error of one kind. */
const unless =
  (kind: new (...args: never[]) => Error) =>
  (error: unknown): undefined => {
    if (!(error instanceof kind)) throw error;
  };
