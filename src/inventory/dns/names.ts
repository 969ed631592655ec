import type { Zone } from '../../client/api/dns.js';
import { InputError } from '../input-error.js';
import { plainDomain } from '../zones.js';

type Named = Pick<Zone, 'name'>;

/** The whole host name of a record: "www" → "www.example.no". */
export const fullName = (name: string, zone: Named): string => (name === '@' ? zone.name : `${name}.${zone.name}`);

/**
 * A record's name as Gigahost keeps it: relative to the zone, lower case, "@" for the zone itself. Takes "www",
 * "www.example.no", "www.example.no." and "@".
 * @throws {InputError} when it is no name, or lies in another zone.
 */
export function recordName(value: string, zone: Named): string {
  const given = value.trim();
  const plain = plainDomain(given);
  if (plain === '@' || plain === '' || plain === zone.name) return '@';
  const inside = plain.endsWith(`.${zone.name}`);
  if (!inside && given.endsWith('.')) throw new InputError(`${given} does not lie in the zone ${zone.name}.`);
  const name = inside ? plain.slice(0, -zone.name.length - 1) : plain;
  const labels = name.split('.');
  const right = labels.every(
    (label, index) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label) || (label === '*' && index === 0),
  );
  if (right && fullName(name, zone).length <= 253) return name;
  throw new InputError(
    `"${value}" is not a record name. It is relative to the zone (www, _dmarc, *.dev), or @ for ${zone.name} itself.`,
  );
}

/**
 * The host a record points to, in full and without the final dot.
 * @throws {InputError} for an address, and for a name that could be meant inside or outside the zone.
 */
export function targetName(value: string, zone: Named): string {
  const given = value.trim();
  if (given === '@') return zone.name;
  const plain = plainDomain(given);
  if (!plain.includes('.') && !given.endsWith('.'))
    throw new InputError(
      `"${value}" is not a full host name. If it lies in this zone, write ${plain}.${zone.name}. A final dot is not needed.`,
    );
  if (plain.endsWith(`.${zone.name}.${zone.name}`))
    throw new InputError(`"${value}" has the zone twice: write ${plain.slice(0, -zone.name.length - 1)}.`);
  return plain;
}
