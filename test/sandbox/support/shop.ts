import { expect } from 'vitest';
import type { Answer, Asked, Gigahost, Row } from './open.js';

/** A small virtual server in Sandefjord with Debian 13, by the hour. */
export const SMALL = { pid: 7955, price_id: 4054, region_id: '1', os_id: 118 };

/** How long an install takes unless a test says otherwise. */
export const INSTALL_MS = 12_000;

export const order = (gigahost: Gigahost, body: Row, asked: Asked = {}): Promise<Answer<Row>> =>
  gigahost.call<Row>('POST', '/deploy/servers', { ...asked, body: { ...SMALL, ...body } });

/** Places an order that has to be accepted, and tells its order ids. */
export async function ordered(gigahost: Gigahost, body: Row): Promise<number[]> {
  const { status, meta, data } = await order(gigahost, body);
  expect({ status, error: meta.error }).toEqual({ status: 200, error: undefined });
  return data.order_ids as number[];
}

/** The status rows of some orders. */
export async function followed(gigahost: Gigahost, ids: readonly unknown[]): Promise<Row[]> {
  const { data } = await gigahost.get<Row>(`/deploy/status?ids=${ids.join(',')}`);
  return data.servers as Row[];
}
