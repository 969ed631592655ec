import * as z from 'zod';
import { ACCESS_LEVELS } from '../../inventory/users.js';

export const UserRef = z.string().trim().min(1).max(253).describe('Name, e-mail address or id');
export const ApiKeyRef = z.string().trim().min(1).max(100).describe('Label, prefix or id');
export const Access = z.enum(ACCESS_LEVELS).describe('server: only servers given to them');

const MOST = 50;
/** Bounds are checked by refinement: printed for each list, they would cost more than they tell. */
const references = (what: string) =>
  z
    .array(z.string())
    .refine(
      list => list.length > 0 && list.length <= MOST && list.every(one => one.trim() !== '' && one.length <= 253),
      `must be 1 to ${MOST} ${what}`,
    );
export const ServerRefs = references('servers, each by id, name, label, hostname or address');
export const ZoneRefs = references('DNS zones, each by name or id');
