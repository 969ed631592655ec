import { checkDomainAvailability } from '../../client/api/domains.js';
import { GigahostError } from '../../client/errors.js';
import type { Zone } from '../../client/api/dns.js';
import { dayOf } from '../../inventory/domains.js';
import { InputError } from '../../inventory/input-error.js';
import type { ToolContext } from '../tool.js';

/**
 * What there is of a domain that is to come into the account: its zone here, if any, and whether anybody has it.
 * @throws {InputError} when it is here already, on its way, or out of reach.
 */
export async function beforeArrival(
  { client, inventory, signal }: Pick<ToolContext, 'client' | 'inventory' | 'signal'>,
  domain: string,
): Promise<{ readonly zone: Zone | undefined; readonly available: boolean | null }> {
  if (!inventory.zones.holds({ name: domain }))
    throw new InputError(`${domain} would be out of reach here: the operator allows other zones (--only-zones).`);
  const [{ available }, zones] = await Promise.all([
    client.call(checkDomainAvailability, { params: { domain } }, { signal }),
    inventory.zones.list({ signal }),
  ]);
  const zone = zones.find(({ name }) => name === domain);
  if (zone?.isRegistered)
    throw new InputError(`${domain} is registered in this account already, until ${dayOf(zone)}.`);
  if (zone && zone.status !== null)
    throw new InputError(`${domain} is on its way into this account already: its status is ${zone.status}.`);
  return { zone, available };
}

/**
 * Sends a purchase once. Where its answer was lost, what is in the account settles it: a zone that is registered or on
 * its way, and was not before.
 * @throws the error itself when it is another, or no such zone is seen.
 */
export async function settledByZone(
  send: () => Promise<unknown>,
  inventory: ToolContext['inventory'],
  domain: string,
): Promise<Zone | undefined> {
  const look = async () => (await inventory.zones.list()).find(({ name }) => name === domain);
  try {
    await send();
  } catch (error) {
    if (!(error instanceof GigahostError) || error.facts.changed === 'nothing') throw error;
    const zone = await look().catch(() => Promise.reject(error));
    if (!zone?.isRegistered && (zone?.status ?? null) === null) throw error;
    return zone;
  }
  return look();
}
