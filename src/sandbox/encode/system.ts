import { quotedFlag, type WireRecord } from '../wire.js';
import type { Distribution, OperatingSystem } from '../world/records.js';
import type { ServerRecord } from '../world/server-record.js';
import type { World } from '../world/world.js';

export const distributionRow = (distribution: Distribution): WireRecord => ({
  dist_id: distribution.id,
  type_id: '1',
  dist_name: distribution.name,
  dist_value: distribution.slug,
  dist_logo: logo(distribution),
  dist_description: distribution.description,
  dist_active: quotedFlag(distribution.active),
});

export const systemRow = (distribution: Distribution, system: OperatingSystem): WireRecord => ({
  os_id: system.id,
  dist_id: distribution.id,
  os_name: system.name,
  os_release: system.release,
  os_dist: system.codeName,
  os_arch: 'amd64',
  os_custom_partition: '1',
  os_single_disk_only: quotedFlag(!system.dedicatedOnly),
  os_support_raid: '1',
  os_dedicated_only: quotedFlag(system.dedicatedOnly),
  os_minram: String(system.minRamGb),
  os_template: '',
  os_slow_install: '0',
});

/** The system on a machine; null while one is being installed or none is known. */
export function serverOs(world: World, server: ServerRecord, place: 'row' | 'detail'): WireRecord | null {
  if (server.install !== null) return null;
  const system = world.operatingSystems.find(({ id }) => id === server.osId);
  if (!system) return null;
  const distribution = world.distributions.find(({ id }) => id === system.distributionId);
  return {
    os_id: system.id,
    os_name: system.name,
    os_release: system.release,
    os_dedicated_only: place === 'row' ? quotedFlag(system.dedicatedOnly) : system.dedicatedOnly,
    os_minram: String(system.minRamGb),
    os_custom_partition: '1',
    os_single_disk_only: quotedFlag(!system.dedicatedOnly),
    ...(place === 'detail' && distribution && { os_template: '', os_base_id: '0', dist_logo: logo(distribution) }),
  };
}

const logo = ({ slug }: Distribution): string => `/images/os/${slug}.png`;
