import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AuthInfo } from '@modelcontextprotocol/server';
import type { Principal } from '../../guard/principal.js';
import type { Role } from '../../guard/roles.js';
import type { Refusal } from './refusal.js';

/** Who sent a request. */
export interface Identity {
  readonly principal: Principal;
  /** Names the principal and the credentials used for them: what is kept for one key is never given out for another. */
  readonly key: string;
  /** Who is counted, whatever credentials they bring; absent where that is the key. */
  readonly caller?: string;
  /** The strongest role that they could get a token for; absent where there are no others to get. */
  readonly stepUpTo?: Role;
  /** What the protocol knows of the token; it does not hold the token. */
  readonly auth?: AuthInfo;
}

/** How a request shows who sent it. */
export interface Authenticator {
  /** Who it is, or what to answer instead. */
  identify(headers: IncomingHttpHeaders): Promise<Identity | Refusal>;
  /** The same where no account is needed; absent where there is no difference. */
  recognize?(headers: IncomingHttpHeaders): Promise<Identity | Refusal>;
  /** Whether it has something at this path that tells how to be let in. That is for everybody. */
  isOpen?(path: string): boolean;
  answerOpen?(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export const isRefusal = (found: Identity | Refusal): found is Refusal => 'status' in found;

/** The token of a bearer header; undefined where there is none. */
export const bearerOf = ({ authorization = '' }: IncomingHttpHeaders): string | undefined =>
  /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization)?.[1];
