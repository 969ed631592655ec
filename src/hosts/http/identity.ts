import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from '../../guard/principal.js';
import type { Refusal } from './refusal.js';

/** Who sent a request. */
export interface Identity {
  readonly principal: Principal;
  /** Names the principal and the credentials used for them: what is kept for one key is never given out for another. */
  readonly key: string;
}

/** How a request shows who sent it. */
export interface Authenticator {
  /** Who it is, or what to answer instead. */
  identify(headers: IncomingHttpHeaders): Promise<Identity | Refusal>;
}

export const isRefusal = (found: Identity | Refusal): found is Refusal => 'status' in found;

/** The token of a bearer header; undefined where there is none. */
export const bearerOf = ({ authorization = '' }: IncomingHttpHeaders): string | undefined =>
  /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization)?.[1];
