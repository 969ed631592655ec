import { readAccount } from '../inventory/account.js';
import { json, type Resource } from './resource.js';

export const accountResource: Resource = {
  name: 'account',
  title: 'Account',
  description: 'The customer account: owner, contact details, users, SSH keys, orders and notification settings.',
  uri: 'gigahost://account',
  mimeType: 'application/json',
  freshSeconds: 60,
  read: async ({ client, signal }) => json(await readAccount(client, { signal })),
};
