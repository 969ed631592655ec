import type { Effect } from '../../client/effect.js';
import type { KnownPrincipal } from '../../config/principals.js';
import { isRefusal, type Authenticator } from './identity.js';

/** What waits for a second person whoever asks holds beside what waits of each; once anything does, all see what waits. */
export function withFourEyes(
  inner: Authenticator,
  everybodys: readonly Effect[],
  known: readonly KnownPrincipal[],
): Authenticator {
  const approvals = everybodys.length > 0 || known.some(({ principal }) => principal.fourEyes.length > 0);
  if (!approvals) return inner;
  return {
    ...inner,
    async identify(headers) {
      const found = await inner.identify(headers);
      if (isRefusal(found)) return found;
      const fourEyes = [...new Set([...everybodys, ...found.principal.fourEyes])];
      return { ...found, principal: { ...found.principal, fourEyes, approvals } };
    },
  };
}
