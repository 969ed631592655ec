import { quotedFlag, type WireRecord } from '../wire.js';
import type { Iso } from '../world/records.js';
import type { ServerRecord } from '../world/server-record.js';
import type { World } from '../world/world.js';

/** An ISO image as one machine sees it. */
export const isoRow = (world: World, server: ServerRecord, iso: Iso): WireRecord => ({
  iso_id: iso.id,
  cust_id: world.account.id,
  iso_url: iso.url,
  iso_name: iso.name,
  iso_hash: iso.hash,
  iso_size: String(iso.sizeBytes),
  iso_state: iso.state,
  iso_mounted: quotedFlag(server.isoId === iso.id),
});
