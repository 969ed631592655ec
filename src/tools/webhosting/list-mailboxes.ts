import * as z from 'zod';
import { findHosting, hostingName } from '../../inventory/hostings.js';
import { readMail } from '../../inventory/hosting-mail.js';
import { unread } from '../../inventory/partly.js';
import { brief, part } from '../../words/fit.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { Cursor, HostingName, HostingRef } from '../params.js';
import { defineRead } from '../tool.js';

const MOST = 30;

export const listMailboxes = defineRead({
  name: 'list_mailboxes',
  title: 'List mailboxes',
  effect: 'read',
  toolset: 'webhosting',
  partly: ['listEmails', 'listEmailForwarders', 'listAutoresponders', 'getEmailCatchAll', 'getEmailDkim'],
  description:
    'List the mailboxes of a web hosting account with quota and use, and its forwarders, autoresponders, catch-all and DKIM.',
  input: z.strictObject({ hosting: HostingRef, cursor: Cursor }),
  output: z.looseObject({
    hosting: HostingName,
    ...TableOutput,
    forwarders: z.array(z.string()).describe('from → to'),
    forwarders_total: z.number(),
    autoresponders: z.array(z.string()),
    autoresponders_total: z.number(),
    catch_all: z.string().nullable().describe('What happens to mail for addresses that do not exist'),
    dkim: z.boolean().nullable(),
    dkim_record: z.string().nullable().describe('Name of its DNS record'),
    not_read: z.array(z.string()).describe('What could not be read, and why'),
  }),

  async read(context, { hosting, cursor }) {
    const { client, signal } = context;
    const account = await findHosting(context, hosting, { signal });
    const { found, not_read } = await readMail(client, account, { signal });
    const forwarders = (found.forwarders ?? []).map(row => `${row.address ?? '?'} → ${row.to ?? '?'}`);
    const autoresponders = (found.autoresponders ?? []).map(({ address, subject }) =>
      subject ? `${address ?? '?'}: ${subject}` : (address ?? '?'),
    );
    const beside = {
      forwarders: forwarders.slice(0, MOST).map(brief),
      forwarders_total: forwarders.length,
      autoresponders: autoresponders.slice(0, MOST).map(brief),
      autoresponders_total: autoresponders.length,
      catch_all: found.catch_all && brief(found.catch_all),
      dkim: found.dkim?.on ?? null,
      dkim_record: found.dkim?.record ?? null,
      not_read: [...not_read],
    };
    const rows = (found.mailboxes ?? []).map(box => [box.address, box.quota_mb, box.used, box.suspended]);
    return {
      hosting: hostingName(account),
      ...page(['address', 'quota_mb', 'used', 'suspended'], rows, {
        cursor,
        key: ['mailboxes', account.id],
        beside: [beside],
      }),
      ...beside,
    };
  },

  say: output => [
    ...(output.not_read.some(name => name.startsWith('mailboxes'))
      ? []
      : tableWords(output, 'mailboxes', `Mailboxes of ${output.hosting}`)),
    output.total > 0 && 'A quota of 0 is unlimited; "used" is as Gigahost gives it, in MB as far as is known.',
    {
      facts: [
        ['forwarders', part(output.forwarders, output.forwarders_total, '; ')],
        ['autoresponders', part(output.autoresponders, output.autoresponders_total, '; ')],
        ['catch-all', output.catch_all],
        ['DKIM', output.dkim === null ? null : output.dkim ? `on, ${output.dkim_record ?? 'record not told'}` : 'off'],
      ],
    },
    unread(output.not_read),
  ],
});
