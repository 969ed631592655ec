import * as z from 'zod';
import { getAccount as read, getLegacyAccount } from '../../client/account.js';
import { GigahostError } from '../../client/errors.js';
import { facts, tableText } from '../text.js';
import { defineRead } from '../tool.js';

const text = z.string().nullable();

export const getAccount = defineRead({
  name: 'get_account',
  title: 'Show the account',
  effect: 'read',
  toolset: 'account',
  description: 'Show the customer account: owner, contact details, users, SSH keys, orders and notification settings.',
  input: z.strictObject({}),
  output: z.looseObject({
    id: text,
    name: text,
    company_number: text,
    address: text,
    phone: text,
    email: text,
    billing_email: text,
    users: z.array(z.looseObject({ name: text, login: text, access: text, two_factor: z.boolean().nullable() })),
    ssh_keys: z.array(z.looseObject({ id: text, name: text, added_at: text })),
    passkeys: z.array(z.looseObject({ name: text, last_used_at: text })),
    orders: z.array(z.looseObject({ number: text, status: text, cycle: text, products: z.array(z.string()) })),
    orders_total: z.number(),
    notifications: z.record(z.string(), z.boolean().nullable()),
    limited: z.boolean().describe('True when this credential may only read the profile'),
  }),

  async read({ client, signal }) {
    const account = await client.call(read, {}, { signal }).catch(async (error: unknown) => {
      if (!(error instanceof GigahostError) || error.kind !== 'forbidden') throw error;
      return client.call(getLegacyAccount, {}, { signal }).catch(() => Promise.reject(error));
    });
    const full = 'sshKeys' in account ? account : undefined;
    return {
      id: account.id,
      name: account.name,
      company_number: account.companyNumber,
      address: account.address,
      phone: account.phone,
      email: account.email,
      billing_email: account.billingEmail,
      users: account.users.map(user => ({
        name: user.name,
        login: user.login,
        access: user.access,
        two_factor: user.twoFactor,
      })),
      ssh_keys: full?.sshKeys.map(key => ({ id: key.id, name: key.name, added_at: key.addedAt })) ?? [],
      passkeys: full?.passkeys.map(key => ({ name: key.name, last_used_at: key.lastUsedAt })) ?? [],
      orders: full?.orders.slice(0, 20) ?? [],
      orders_total: full?.orders.length ?? 0,
      notifications: { ...full?.notifications },
      limited: full === undefined,
    };
  },

  say: account =>
    [
      facts([
        ['customer', account.id],
        ['name', account.name],
        ['company number', account.company_number],
        ['address', account.address],
        ['phone', account.phone],
        ['e-mail', account.email],
        ['billing e-mail', account.billing_email],
        [
          'notifications',
          Object.entries(account.notifications)
            .flatMap(([name, on]) => (on ? [name] : []))
            .join(', '),
        ],
      ]),
      account.users.length > 0 &&
        `Users:\n${tableText(
          ['name', 'login', 'access', 'two-factor'],
          account.users.map(user => [user.name, user.login, user.access, user.two_factor]),
        )}`,
      account.ssh_keys.length > 0 &&
        `SSH keys:\n${tableText(
          ['name', 'id', 'added'],
          account.ssh_keys.map(key => [key.name, key.id, key.added_at]),
        )}`,
      account.orders.length > 0 &&
        `Orders (${account.orders.length} of ${account.orders_total}):\n${tableText(
          ['number', 'status', 'cycle', 'products'],
          account.orders.map(order => [order.number, order.status, order.cycle, order.products.join('; ')]),
        )}`,
      account.limited &&
        'This credential may read the profile only; SSH keys, orders and settings are not visible to it.',
    ]
      .filter(Boolean)
      .join('\n\n'),
});
