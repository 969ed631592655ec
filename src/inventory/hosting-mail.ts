import type { Client } from '../client/index.js';
import { listEmailForwarders, listEmails } from '../client/api/webhosting-email.js';
import { getEmailCatchAll, getEmailDkim, listAutoresponders } from '../client/api/webhosting-mail-settings.js';
import type { CallOptions } from '../client/request.js';
import type { Hosting } from './hostings.js';
import { partly } from './partly.js';
import { flagIn, numberIn, oneIn, rowsIn, textIn, textsIn, type Row } from './undocumented.js';

export interface Mailbox {
  /** The whole address, where the reply says it. */
  readonly address: string | null;
  /** 0 means unlimited. */
  readonly quota_mb: number | null;
  /** As Gigahost gives it. */
  readonly used: string | null;
  readonly suspended: boolean | null;
}

/** "post" as "post@example.no": some replies give the part before the @ alone. */
function addressIn(row: Row, { domain }: Hosting): string | null {
  const found = textIn(row, 'email', 'address', 'mailbox', 'user', 'account', 'username', 'name');
  return found === null || found.includes('@') || domain === null ? found : `${found}@${domain}`;
}

export const mailboxesIn = (data: unknown, hosting: Hosting): readonly Mailbox[] | null =>
  rowsIn(data, 'emails', 'mailboxes', 'accounts')
    ?.map(row => ({
      address: addressIn(row, hosting),
      quota_mb: numberIn(row, 'quota', 'quota_mb', 'limit'),
      used: textIn(row, 'used', 'usage', 'used_mb', 'disk_used', 'size'),
      suspended: flagIn(row, 'suspended', 'disabled', 'locked'),
    }))
    .toSorted((a, b) => (a.address ?? '').localeCompare(b.address ?? '')) ?? null;

/** The mailboxes alone; null where the reply has a form unknown here. */
export const readMailboxes = async (client: Client, hosting: Hosting, options?: CallOptions) =>
  mailboxesIn(await client.call(listEmails, { params: { id: hosting.id } }, options), hosting);

/** All about the mail of an account, as far as it could be read. */
export function readMail(client: Client, hosting: Hosting, options: CallOptions) {
  const params = { id: hosting.id };
  return partly({
    mailboxes: readMailboxes(client, hosting, options),
    forwarders: client.call(listEmailForwarders, { params }, options).then(data => forwardersIn(data, hosting)),
    autoresponders: client.call(listAutoresponders, { params }, options).then(data => autorespondersIn(data, hosting)),
    catch_all: client.call(getEmailCatchAll, { params }, options).then(catchAllIn),
    dkim: client.call(getEmailDkim, { params }, options).then(dkimIn),
  });
}

const forwardersIn = (data: unknown, hosting: Hosting) =>
  rowsIn(data, 'forwarders')?.map(row => ({
    address: addressIn(row, hosting),
    to: textsIn(row, 'destinations', 'destination', 'to', 'target', 'value').join(', ') || null,
  })) ?? null;

const autorespondersIn = (data: unknown, hosting: Hosting) =>
  rowsIn(data, 'autoresponders', 'vacations')?.map(row => ({
    address: addressIn(row, hosting),
    subject: textIn(row, 'subject'),
  })) ?? null;

/** The word for what is done, with the address where all is sent to one. */
function catchAllIn(data: unknown): string | null {
  if (typeof data === 'string') return data || null;
  const row = oneIn(data, 'catch_all', 'catchall', 'email_catch_all');
  const action = textIn(row, 'catch', 'action', 'type', 'mode');
  const value = textIn(row, 'value', 'address', 'email', 'target');
  return [action, value].filter(Boolean).join(' ') || null;
}

function dkimIn(data: unknown): { on: boolean; record: string | null } | null {
  const outer = oneIn(data);
  const row = oneIn(data, 'dkim');
  const on = flagIn(row, 'enabled', 'enable', 'active', 'status', 'state') ?? flagIn(outer, 'dkim');
  return on === null ? null : { on, record: textIn(row, 'record_name', 'record', 'name', 'host') };
}
