import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { createEmail } from '../../client/api/webhosting-email.js';
import { GigahostError } from '../../client/errors.js';
import { Secret } from '../../client/secret.js';
import { readMailboxes } from '../../inventory/hosting-mail.js';
import { findHosting, hostingName } from '../../inventory/hostings.js';
import { InputError } from '../../inventory/input-error.js';
import { HostingName, HostingRef } from '../params.js';
import { defineChange } from '../tool.js';

const LOCAL_PART = /^[a-z0-9](?:[a-z0-9._+-]{0,62}[a-z0-9])?$/i;

export const createMailbox = defineChange({
  name: 'create_mailbox',
  title: 'Create a mailbox',
  effect: 'create',
  settledBy: 'list_mailboxes',
  toolset: 'webhosting',
  covers: ['createEmail'],
  description:
    'Create a mailbox in a web hosting account. A password is made up and goes to the user outside the conversation; never ask for one.',

  input: z.strictObject({
    hosting: HostingRef,
    address: z.string().trim().min(1).max(254).describe('Part before the @, or the whole address'),
    quota_mb: z.int().min(0).max(10_000_000).optional().describe('0 = unlimited'),
  }),

  output: z.looseObject({
    hosting: HostingName,
    address: z.string(),
    quota_mb: z.number().nullable().describe('As read back; 0 = unlimited, null = not told'),
    listed: z.boolean().describe('Whether Gigahost lists it already'),
    password_in: z.string().describe('Where the user finds the password'),
  }),

  async plan(context, { hosting, address: given }) {
    const { client, secrets, signal } = context;
    const account = await findHosting(context, hosting, { signal });
    const domain = hostingName(account);
    const [user = '', host = domain, ...more] = given.toLowerCase().split('@');
    if (more.length > 0 || !LOCAL_PART.test(user) || user.includes('..'))
      throw new InputError(`"${given}" is not an address: give the part before the @, e.g. post.`);
    if (host !== domain.toLowerCase())
      throw new InputError(`This account has the mail of ${domain}, not of ${host}. Give the part before the @ alone.`);
    const address = `${user}@${domain}`;
    const mailboxes = await readMailboxes(client, account, { signal });
    if (mailboxes?.some(box => box.address?.toLowerCase() === address.toLowerCase()))
      throw new InputError(`There is a mailbox ${address} already. list_mailboxes shows it.`);
    await secrets.ready();
    return {
      what: `Create the mailbox ${address}`,
      consequences: [],
      name: address,
      zone: domain,
      state: { id: account.id, address },
      subject: { account, user, address },
    };
  },

  async apply({ client, secrets }, { subject }, { quota_mb }) {
    const { account, user, address } = subject;
    const password = madeUp();
    const find = async () =>
      (await readMailboxes(client, account))?.find(box => box.address?.toLowerCase() === address.toLowerCase());
    const body = { email: user, password: password.reveal(), ...(quota_mb !== undefined && { quota: quota_mb }) };
    await client.call(createEmail, { params: { id: account.id }, body }).catch(async (error: unknown) => {
      // It was not there before: if it is now, it has this password.
      const settled = error instanceof GigahostError && error.facts.changed !== 'nothing';
      if (!settled || !(await find().catch(() => undefined))) throw error;
    });
    const password_in = await secrets.deliver(`Mailbox ${address}`, { address, password });
    const box = await find().catch(() => undefined);
    return {
      hosting: hostingName(account),
      address,
      quota_mb: box?.quota_mb ?? null,
      listed: box !== undefined,
      password_in,
    };
  },

  say: ({ address, quota_mb, listed, password_in }) => {
    const quota = quota_mb === null ? '' : quota_mb === 0 ? ', without a limit' : `, with ${quota_mb} MB`;
    const state = listed
      ? `There is a mailbox ${address} now${quota}.`
      : `Gigahost accepted the mailbox ${address} and does not list it yet; list_mailboxes shows when it does.`;
    return `${state} The password is in ${password_in}; the user name is the whole address.`;
  },
});

/** Letters and digits that are not taken for one another. */
const LETTERS = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 24;

/** A password with capitals, small letters and digits. */
function madeUp(): Secret {
  for (;;) {
    const password = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
    if (/[a-z]/.test(password) && /[A-Z]/.test(password) && /\d/.test(password)) return new Secret(password);
  }
}
