import { notFound, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import type { Registration, Zone } from '../world/dns-records.js';

/** A route below /dns/zones/:zone_id: looks the zone up first and answers 404 when there is none. */
export function zoneRoute(
  method: string,
  tail: string,
  handle: (zone: Zone, call: Call) => Reply | Promise<Reply>,
  newer = true,
): Route {
  return {
    method,
    path: `/dns/zones/:zone_id${tail}`,
    access: 'dns',
    newer,
    handle(call) {
      const zone = call.world.dns.zones.find(({ id }) => id === call.param('zone_id'));
      return zone ? handle(zone, call) : notFound();
    },
  };
}

export type RegisteredZone = Zone & { registration: Registration };

const isRegistered = (zone: Zone): zone is RegisteredZone => zone.registration !== null;

/** A zone route for domains registered here. How others are refused is known of the e-mail address and DNSSEC only. */
export const registeredRoute = (
  method: string,
  tail: string,
  handle: (zone: RegisteredZone, call: Call) => Reply,
  refusal = 'This operation is only available for registered domains.',
): Route => zoneRoute(method, tail, (zone, call) => (isRegistered(zone) ? handle(zone, call) : refused(403, refusal)));

/** A zone route that writes, which takes a moment. Another write arriving meanwhile is refused whatever it is. */
export const zoneWrite = (
  method: string,
  tail: string,
  handle: (zone: Zone, call: Call) => Reply,
  newer = true,
): Route =>
  zoneRoute(
    method,
    tail,
    async (zone, call) => {
      const { dns, settings } = call.world;
      const reply = await dns.write(zone, settings.dnsWriteMs, () => handle(zone, call));
      return reply ?? refused(500, 'Unable to delete record: Unknown server error');
    },
    newer,
  );
