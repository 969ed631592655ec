import * as z from 'zod';
import { ACCESS_LEVELS } from '../../inventory/users.js';

export const UserRef = z.string().trim().min(1).max(253).describe('Name, e-mail address or id');
export const ApiKeyRef = z.string().trim().min(1).max(100).describe('Label, prefix or id');
export const Access = z.enum(ACCESS_LEVELS).describe('server: only servers given to them');

const MOST_SERVERS = 50;
/** References to servers. Bounds are checked by refinement: printed for each list, they would cost more than they tell. */
export const ServerRefs = z
  .array(z.string())
  .refine(
    servers =>
      servers.length > 0 &&
      servers.length <= MOST_SERVERS &&
      servers.every(server => server.trim() !== '' && server.length <= 253),
    `must be 1 to ${MOST_SERVERS} servers, each by id, name, label, hostname or address`,
  );
