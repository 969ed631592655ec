import { seededRandom } from '../random.js';
import type { WireRecord } from '../wire.js';
import type { ServerRecord } from '../world/server-record.js';
import type { World } from '../world/world.js';

const ICON_COORDINATES = 400;
let icon: string | undefined;

/** Where a machine stands. Its name disagrees with srv_location, as upstream's does. */
export function datacenter(world: World, { kind, regionId }: ServerRecord): WireRecord {
  const region = world.shop.regions.find(({ id }) => id === regionId);
  const { id = '0', name = '' } = region?.datacenter ?? {};
  return {
    dc_id: id,
    region_id: regionId,
    dc_name: name,
    dc_type: kind === 'vps' ? 'virtual' : 'rack',
    dc_netbox_site_id: Number(id),
    dc_router_dc_id: '0',
    region_name: region?.name ?? '',
    region_location: `${region?.name ?? ''}, Norway`,
    region_country: 'NO',
    region_icon: regionIcon(),
  };
}

/** A Norwegian flag with a long fjord in it, to be as bulky as the real icons. */
export const regionIcon = (): string => (icon ??= drawIcon());

function drawIcon(): string {
  const random = seededRandom('fjord');
  const coastline = Array.from({ length: ICON_COORDINATES }, () => (random() * 22).toFixed(2)).join(' ');
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 16"><path fill="#ba0c2f" d="M0 0h22v16H0z"/>' +
    '<path fill="#fff" d="M6 0h4v16H6zM0 6h22v4H0z"/><path fill="#00205b" d="M7 0h2v16H7zM0 7h22v2H0z"/>' +
    `<polyline fill="none" points="${coastline}"/></svg>`;
  return Buffer.from(svg).toString('base64');
}
