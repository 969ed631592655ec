import type { Gigahost, Row } from './open.js';

export const zones = async (gigahost: Gigahost): Promise<Row[]> => (await gigahost.get<Row[]>('/dns/zones')).data;

/** The row of the zone with that name; an empty one when there is none. */
export const zoneOf = async (gigahost: Gigahost, name: string): Promise<Row> =>
  (await zones(gigahost)).find(row => row.zone_name === name) ?? {};

/** The rows of records in a zone, given by id. */
export const recordRows = async (gigahost: Gigahost, zoneId: string): Promise<Row[]> =>
  (await gigahost.get<Row[]>(`/dns/zones/${zoneId}/records`)).data;
