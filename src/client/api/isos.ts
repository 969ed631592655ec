import * as z from 'zod';
import { defineEndpoint, fromData, nothing, PathId } from '../endpoint.js';
import { count, flag, id, list, text } from '../wire.js';

const IsoWire = z
  .looseObject({ iso_id: id, iso_name: text, iso_size: count, iso_state: text, iso_mounted: flag })
  .transform(w => ({
    id: w.iso_id,
    name: w.iso_name ?? w.iso_id,
    sizeBytes: w.iso_size,
    state: w.iso_state ?? 'unknown',
    mounted: w.iso_mounted,
  }));
export type Iso = z.output<typeof IsoWire>;

const ServerId = z.object({ id: PathId });
const refusals = {
  400: 'Gigahost refuses ISO images on hourly servers.',
  403: 'Gigahost refuses ISO images on hourly servers.',
  405: 'Gigahost does not offer ISO images for this kind of server.',
};

/** Rows bare, or wrapped as `{ isos: [...] }` (wire note 9.5). */
export const listServerIsos = defineEndpoint({
  id: 'listServerIsos',
  does: 'list the ISO images',
  method: 'GET',
  path: '/servers/{id}/isos',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: ServerId,
  refusals,
  decode: fromData(
    z.preprocess(
      data => (typeof data === 'object' && data !== null && 'isos' in data ? data.isos : data),
      list(IsoWire),
    ),
  ),
});

export const mountIso = defineEndpoint({
  id: 'mountIso',
  does: 'mount the ISO image',
  method: 'POST',
  path: '/servers/{id}/isos',
  effect: 'disrupt',
  repeatable: false,
  secrets: [],
  params: ServerId,
  body: z.object({ iso_id: PathId }),
  refusals,
  decode: nothing,
});
