import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { Route } from '../../client/route.js';
import type { KnownPrincipal } from '../../config/principals.js';
import { scopeOf } from '../../guard/roles.js';
import type { Log } from '../../log.js';
import { bearerOf, type Authenticator } from './identity.js';
import { createIssuer, IssuerUnavailable, namesOf } from './oauth-issuer.js';
import { protectedResource } from './oauth-resource.js';
import { granteesFrom, roleIn, scopesOf } from './oauth-roles.js';
import type { Refusal } from './refusal.js';

/** Signatures by a key that this server cannot have: with a shared secret whoever checks could also sign. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Of access tokens; many issuers say only that it is a JWT, or nothing. A token made for something else is none. */
const TYPES = ['at+jwt', 'application/at+jwt', 'jwt', 'application/jwt'];
const CLOCK_SKEW_SECONDS = 15;
const RETRY_AFTER_SECONDS = 5;

export interface OAuthOptions {
  /** Without a slash at its end. */
  readonly issuer: string;
  /** How it is reached. */
  readonly route: Route;
  /** Undefined for the address of /mcp. */
  readonly audience: string | undefined;
  /** The claim that holds roles, beside the scopes. */
  readonly roles: string | undefined;
}

/** Lets in whoever has an access token of the issuer that is for this server and names a role. */
export function oauthAuthenticator(
  { issuer: address, route, audience, roles }: OAuthOptions,
  known: readonly KnownPrincipal[],
  own: URL,
  log: Log,
): Authenticator {
  const resource = protectedResource(own);
  const issuer = createIssuer(address, route, why =>
    log.warn(`The authorization server ${address} cannot be asked: ${why}`),
  );
  const granteeOf = granteesFrom(known);
  const expected = {
    issuer: namesOf(address),
    audience: audience ?? resource.address,
    algorithms: ALGORITHMS,
    clockTolerance: CLOCK_SKEW_SECONDS,
    requiredClaims: ['exp', 'sub'],
  };

  async function check(token: string): Promise<{ readonly claims: JWTPayload } | Refusal> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, issuer.key, expected);
      const { typ } = protectedHeader;
      if (typ === undefined || TYPES.includes(typ.toLowerCase())) return { claims: payload };
      return resource.refuse(401, 'This is not an access token.', { error: 'invalid_token' });
    } catch (error) {
      if (error instanceof errors.JOSEError)
        return resource.refuse(401, wordsOf(error, expected.audience), { error: 'invalid_token' });
      if (!(error instanceof IssuerUnavailable)) log.error('A token could not be checked', error);
      return {
        status: 503,
        headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
        message: `The authorization server ${address} cannot be asked now, so no token can be checked. Nothing was done; try again in a moment.`,
      };
    }
  }

  return {
    isOpen: path => resource.isMetadata(path),
    async answerOpen(request, response) {
      resource.answerMetadata(request, response, await issuer.name().catch(() => address));
    },
    async identify(headers) {
      const token = bearerOf(headers);
      if (token === undefined)
        return resource.refuse(401, `A token is needed: Authorization: Bearer <access token of ${address}>.`);
      const checked = await check(token);
      if (!('claims' in checked)) return checked;
      const { claims } = checked;
      const { sub: subject, exp: expiresAt, client_id, azp } = claims;
      if (typeof subject !== 'string' || subject === '' || expiresAt === undefined)
        return resource.refuse(401, 'The token does not say whose it is.', { error: 'invalid_token' });
      const grantee = granteeOf(subject, roleIn(claims, roles));
      if (!grantee)
        return resource.refuse(403, 'The token names no role here; there are viewer, operator and admin.', {
          error: 'insufficient_scope',
          scope: scopeOf('viewer'),
        });
      const { principal, most } = grantee;
      return {
        principal,
        // What is kept for somebody in one role is not theirs in another.
        key: JSON.stringify([address, subject, principal.role]),
        stepUpTo: most,
        auth: {
          // Whoever reads this needs none.
          token: '',
          clientId: [client_id, azp].find(id => typeof id === 'string') ?? subject,
          scopes: scopesOf(claims),
          expiresAt,
          resourceMetadataUrl: resource.metadataUrl,
        },
      };
    },
  };
}

/** What is wrong with a token. Nothing of it is repeated. */
function wordsOf(error: errors.JOSEError, audience: string): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return `The token is for another server: its audience must be ${audience}.`;
    if (error.claim === 'iss') return 'The token is of another issuer.';
    if (error.claim === 'nbf') return 'The token is not valid yet.';
    return `The token has no ${error.claim} that could be used.`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported)
    return 'Tokens that are signed like this one are not accepted.';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'The token is not signed with a key of its issuer.';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature of the token is wrong.';
  return 'This is not a token of the issuer.';
}
