import type { Tool } from '../tool.js';
import { addSshKey } from './add-ssh-key.js';
import { createApiKey } from './create-api-key.js';
import { deleteSshKey } from './delete-ssh-key.js';
import { deleteUser } from './delete-user.js';
import { inviteUser } from './invite-user.js';
import { listActivity } from './list-activity.js';
import { listAgreements } from './list-agreements.js';
import { listApiKeys } from './list-api-keys.js';
import { listClients } from './list-clients.js';
import { listSshKeys } from './list-ssh-keys.js';
import { listUsers } from './list-users.js';
import { revokeApiKey } from './revoke-api-key.js';
import { rotateApiKey } from './rotate-api-key.js';
import { setNotifications } from './set-notifications.js';
import { setUserAccess } from './set-user-access.js';

/** In reading order. */
export const ACCOUNT_TOOLS: readonly Tool[] = [
  listUsers,
  inviteUser,
  setUserAccess,
  deleteUser,
  listSshKeys,
  addSshKey,
  deleteSshKey,
  listApiKeys,
  createApiKey,
  rotateApiKey,
  revokeApiKey,
  setNotifications,
  listActivity,
  listClients,
  listAgreements,
];
