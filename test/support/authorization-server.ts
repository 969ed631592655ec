import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import type { OAuthClientInformationMixed, OAuthClientProvider, OAuthTokens } from '@modelcontextprotocol/client';

export interface AuthorizationServer extends AsyncDisposable {
  readonly url: string;
  /** Scopes that the person who signs in next may have, of those a client asks for. */
  allowed: readonly string[];
  /** Who signs in next. */
  person: string;
  /** Scopes of each authorization request, oldest first. */
  readonly requested: string[];
}

const SCOPES = ['gigahost:viewer', 'gigahost:operator', 'gigahost:admin'];

/** A real authorization server. Whoever comes is signed in at once, and agrees to what they are allowed. */
export async function startAuthorizationServer(): Promise<AuthorizationServer> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state = { allowed: ['gigahost:viewer'] as readonly string[], person: 'kari' };
  const requested: string[] = [];

  const provider = new Provider(url, {
    cookies: { keys: ['of a test'] },
    scopes: ['openid', ...SCOPES],
    features: {
      devInteractions: { enabled: false },
      registration: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => ({
          scope: SCOPES.join(' '),
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 600,
        }),
      },
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  });
  const callback = provider.callback();

  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response);
    void (async () => {
      const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
      if (prompt.name === 'login') {
        requested.push(params['scope'] as string);
        return provider.interactionFinished(request, response, { login: { accountId: state.person } });
      }
      const clientId = String(params['client_id']);
      const grant =
        (grantId === undefined ? undefined : await provider.Grant.find(grantId)) ??
        new provider.Grant({ accountId: session?.accountId ?? state.person, clientId });
      grant.addOIDCScope(SCOPES.join(' '));
      const missing = (prompt.details['missingResourceScopes'] ?? {}) as Record<string, string[]>;
      for (const [resource, scopes] of Object.entries(missing)) {
        const granted = scopes.filter(scope => state.allowed.includes(scope));
        grant.addResourceScope(resource, granted.join(' '));
        grant.rejectResourceScope(resource, scopes.filter(scope => !granted.includes(scope)).join(' '));
      }
      return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
    })().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });

  return {
    url,
    requested,
    get allowed() {
      return state.allowed;
    },
    set allowed(value) {
      state.allowed = value;
    },
    get person() {
      return state.person;
    },
    set person(value) {
      state.person = value;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export interface Browser extends OAuthClientProvider {
  /** What the browser was sent back with; throws where it was not sent anywhere. */
  comeBack(): URLSearchParams;
  readonly held: { tokens?: OAuthTokens; client?: OAuthClientInformationMixed };
}

const HOME = 'http://127.0.0.1:1/callback';

/** An OAuth client with a browser that follows where it is sent, with its cookies forgotten in between. */
export function browser(): Browser {
  const held: Browser['held'] = {};
  let back: URLSearchParams | undefined;
  let verifier = '';
  let discovered: Awaited<ReturnType<NonNullable<OAuthClientProvider['discoveryState']>>>;
  return {
    held,
    redirectUrl: HOME,
    clientMetadata: {
      client_name: 'test',
      redirect_uris: [HOME],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    },
    clientInformation: () => held.client,
    saveClientInformation: client => void (held.client = client),
    tokens: () => held.tokens,
    saveTokens: tokens => void (held.tokens = tokens),
    saveCodeVerifier: made => void (verifier = made),
    codeVerifier: () => verifier,
    discoveryState: () => discovered,
    saveDiscoveryState: state => void (discovered = state),
    async redirectToAuthorization(url) {
      back = await follow(url);
    },
    comeBack() {
      if (!back) throw new Error('nobody sent the browser anywhere');
      const found = back;
      back = undefined;
      return found;
    },
  };
}

async function follow(start: URL): Promise<URLSearchParams> {
  const cookies = new Map<string, string>();
  let at = start;
  for (let hop = 0; hop < 20; hop += 1) {
    if (at.href.startsWith(HOME)) return at.searchParams;
    const answer = await fetch(at, {
      redirect: 'manual',
      headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`${at.href} leads nowhere: ${answer.status} ${await answer.text()}`);
    at = new URL(location, at);
  }
  throw new Error(`${start.href} leads in circles`);
}
