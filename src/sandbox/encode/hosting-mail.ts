import { quotedFlag, type WireRecord } from '../wire.js';
import { dkimRecord, dkimText } from '../world/hosting-dns.js';
import type { Autoresponder, Forwarder, HostingAccount, Mailbox, SpamFilter } from '../world/hosting-records.js';
import { megabytes } from './hosting.js';

export const addressOf = ({ domain }: HostingAccount, user: string): string => `${user}@${domain}`;

export const mailboxRow = (account: HostingAccount, mailbox: Mailbox): WireRecord => ({
  email: addressOf(account, mailbox.user),
  user: mailbox.user,
  quota: String(mailbox.quotaMb),
  used: megabytes(mailbox.usedBytes),
  suspended: '0',
});

export const forwarderRow = (account: HostingAccount, { user, destinations }: Forwarder): WireRecord => ({
  user,
  email: addressOf(account, user),
  destinations,
});

export const autoresponderRow = (account: HostingAccount, { user, subject }: Autoresponder): WireRecord => ({
  user,
  email: addressOf(account, user),
  subject,
});

export const autoresponderDetail = (account: HostingAccount, autoresponder: Autoresponder): WireRecord => ({
  ...autoresponderRow(account, autoresponder),
  text: autoresponder.text,
  cc: autoresponder.copyToSender ? 'ON' : 'OFF',
  reply_once_time: autoresponder.replyOnce,
});

export const dkimState = ({ domain, dkim }: HostingAccount): WireRecord => ({
  enabled: quotedFlag(dkim.enabled),
  record_name: dkim.enabled ? `${dkimRecord(dkim).name}.${domain}` : '',
  record_type: 'TXT',
  record_value: dkim.enabled ? dkimText(dkim) : '',
});

export const spamFilterSettings = (filter: SpamFilter): WireRecord => ({
  where: filter.where,
  required_hits: filter.requiredHits.toFixed(1),
  high_score_block: filter.highScoreBlock ? 'yes' : 'no',
  high_score: String(filter.highScore),
  rewrite_subject: quotedFlag(filter.rewriteSubject),
  subject_tag: filter.subjectTag,
  blacklist_from: filter.blacklist,
  whitelist_from: filter.whitelist,
});
