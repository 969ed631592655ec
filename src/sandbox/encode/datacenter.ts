import { seededRandom } from '../random.js';
import type { WireRecord } from '../wire.js';
import type { ServerRecord } from '../world/server-record.js';

const ICON_COORDINATES = 400;
let icon: string | undefined;

/** Where a machine stands. Its name disagrees with srv_location, as upstream's does. */
export function datacenter({ kind }: ServerRecord): WireRecord {
  return {
    dc_id: '4',
    region_id: '1',
    dc_name: 'DC4',
    dc_type: kind === 'vps' ? 'virtual' : 'rack',
    dc_netbox_site_id: 4,
    dc_router_dc_id: '0',
    region_name: 'Sandefjord',
    region_location: 'Sandefjord, Norway',
    region_country: 'NO',
    region_icon: (icon ??= regionIcon()),
  };
}

/** A Norwegian flag with a long fjord in it, to be as bulky as the real icons. */
function regionIcon(): string {
  const random = seededRandom('fjord');
  const coastline = Array.from({ length: ICON_COORDINATES }, () => (random() * 22).toFixed(2)).join(' ');
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 16"><path fill="#ba0c2f" d="M0 0h22v16H0z"/>' +
    '<path fill="#fff" d="M6 0h4v16H6zM0 6h22v4H0z"/><path fill="#00205b" d="M7 0h2v16H7zM0 7h22v2H0z"/>' +
    `<polyline fill="none" points="${coastline}"/></svg>`;
  return Buffer.from(svg).toString('base64');
}
