import { fit } from '../words/fit.js';
import { json, type Resource } from './resource.js';

export const accountResource: Resource = {
  name: 'account',
  title: 'Account',
  description: 'The customer account: owner, contact details, users, SSH keys, orders and notification settings.',
  uri: 'gigahost://account',
  toolset: 'billing',
  mimeType: 'application/json',
  freshSeconds: 60,
  read: async ({ inventory, signal }) => json(fit(await inventory.account({ signal }))),
};
