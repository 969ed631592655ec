import { createHash } from 'node:crypto';
import { isApiKey } from '../../client/credentials.js';
import { isRefusal, type Authenticator } from './identity.js';

export const KEY_HEADER = 'x-gigahost-api-key';

/** Each request brings the Gigahost API key it is for; nothing of one key is ever seen with another. */
export const withHeaderKey = (inner: Authenticator): Authenticator => ({
  ...inner,
  recognize: headers => inner.identify(headers),
  async identify(headers) {
    const found = await inner.identify(headers);
    if (isRefusal(found)) return found;
    const key = headers[KEY_HEADER];
    if (typeof key !== 'string' || key === '')
      return {
        // Not 401: that has clients look for another token.
        status: 400,
        message: 'This server uses the Gigahost account of whoever calls: send the API key in X-Gigahost-Api-Key.',
      };
    if (!isApiKey(key))
      return {
        status: 400,
        // Not repeated: what is no key may still be a secret.
        message:
          'X-Gigahost-Api-Key does not hold a Gigahost API key (flux_live_ and 64 hex digits), and nothing else.',
      };
    const mark = createHash('sha256').update(key).digest('hex').slice(0, 12);
    const name = `${found.principal.name}#${mark}`;
    return {
      ...found,
      key: `${found.key}#${mark}`,
      caller: found.key,
      principal: { ...found.principal, name, credentials: { apiKey: { value: key } } },
    };
  },
});
