import type { WireRecord } from '../wire.js';
import type { ServerRecord } from '../world/server-record.js';
import { hasPendingSnapshot, isUp } from '../world/state.js';
import type { World } from '../world/world.js';

type Spelling = (flag: boolean) => boolean | 0 | 1 | '0' | '1';

/** The flags of a machine. List and detail spell them with different functions, one for each group. */
export function serverFlags(
  world: World,
  server: ServerRecord,
  { status, feature, setting }: { status: Spelling; feature: Spelling; setting: Spelling },
): WireRecord {
  return {
    srv_status: isUp(server),
    srv_status_install: status(server.install !== null),
    srv_status_rescue: status(server.rescue),
    srv_status_snapshot: status(hasPendingSnapshot(world, server)),
    srv_status_mount: status(server.isoId !== null),
    srv_status_upgrade: setting(server.upgrade !== null),
    srv_new: status(server.isNew),
    srv_suspended: status(server.suspended),
    srv_feature_reinstall: feature(true),
    srv_feature_mgmt: feature(true),
    srv_feature_preconf: setting(false),
    // False even where snapshots work, as recorded on 2026-10-05.
    srv_feature_snapshot: setting(false),
    srv_feature_firewall: setting(true),
    srv_custom_partition: setting(true),
    srv_colocation: setting(false),
    srv_deleted: setting(false),
  };
}
