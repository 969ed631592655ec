import { InputError } from '../../inventory/input-error.js';
import type { Inventory } from '../../inventory/index.js';
import type { AccessLevel } from '../../inventory/users.js';

/** What an access level comes to, for the person who is asked. */
export const MEANS: Readonly<Record<AccessLevel, string>> = {
  admin: 'An admin may do everything in the account: order, delete, pay, and let in others.',
  user: 'A user may use the services of the account, without managing the account itself.',
  server: 'This level sees only the servers that are given to it.',
};

/** @throws {InputError} when this would give more than the caller has. */
export function mayGive(access: AccessLevel | undefined, inventory: Pick<Inventory, 'whole'>): void {
  if (inventory.whole || access === undefined || access === 'server') return;
  throw new InputError(
    `Only the access level server can be given here: ${access} reaches more than the operator allows (--only-servers, --only-zones).`,
  );
}
