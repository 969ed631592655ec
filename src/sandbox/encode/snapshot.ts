import { quotedSeconds, type WireRecord } from '../wire.js';
import type { Snapshot } from '../world/records.js';

export const snapshotRow = (snapshot: Snapshot): WireRecord => ({
  snap_id: snapshot.id,
  srv_id: snapshot.serverId,
  snap_name: snapshot.name,
  snap_display_name: snapshot.displayName,
  snap_time: quotedSeconds(snapshot.createdAt),
  snap_state: snapshot.state,
});
