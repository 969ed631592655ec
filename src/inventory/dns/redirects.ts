import { listRedirects, type Redirect } from '../../client/api/redirects.js';
import type { Zone } from '../../client/api/dns.js';
import type { Client } from '../../client/index.js';
import type { CallOptions } from '../../client/request.js';
import { InputError } from '../input-error.js';

/** The redirects of a zone. @throws {InputError} for one that is served elsewhere, where Gigahost offers none. */
export async function redirectsOf(client: Client, zone: Zone, options?: CallOptions): Promise<readonly Redirect[]> {
  if (zone.isExternal)
    throw new InputError(
      `${zone.name} is served by nameservers outside Gigahost, which offers redirects only for zones it serves itself.`,
    );
  return client.call(listRedirects, { params: { zone_id: zone.id } }, options);
}

/** A URL as it is compared: "https://www.example.no" and with a final slash are the same. */
export const sameUrl = (a: string | null, b: string | null): boolean => plainUrl(a) === plainUrl(b);

function plainUrl(value: string | null): string | null {
  try {
    return value === null ? null : new URL(value).href;
  } catch {
    return value;
  }
}
