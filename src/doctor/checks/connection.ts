import { field } from '../../words/text.js';
import type { Check, Finding, Say } from '../check.js';
import type { Reached } from '../reach/reach.js';

export const connection: Check = {
  id: 'connection',
  patienceMs: 60_000,
  async look({ api, say, words }) {
    if (!api) return [say('skipped', 'sandbox')];
    const { host } = new URL(api.baseUrl);
    const found = await api.reached();
    if (found.kind === 'failed' && found.step === 'proxy')
      return [say('skipped', 'because', words.doctor.titles.proxy)];
    return [judge(found, host, say)];
  },
};

function judge(found: Reached, host: string, say: Say): Finding {
  switch (found.kind) {
    case 'failed':
      return failure(found, host, say);
    case 'no answer':
      return noAnswer(found, host, say);
    case 'answered': {
      const { status, ms } = found;
      if (status === 404) return say('problem', 'noApi', host);
      if (status >= 500) return say('problem', 'apiDown', host, status);
      return status === 429 ? say('warning', 'apiBusy', host) : say('ok', 'reachable', host, ms);
    }
  }
}

function failure({ step, code, issuer }: Extract<Reached, { kind: 'failed' }>, host: string, say: Say): Finding {
  if (step === 'name') return say('problem', 'nameUnknown', host, code);
  if (step !== 'tls')
    return code === 'late' ? say('problem', 'noConnectionInTime', host) : say('problem', 'noConnection', host, code);
  if (code === 'CERT_HAS_EXPIRED') return say('problem', 'certificateExpired', host);
  if (code === 'CERT_NOT_YET_VALID') return say('problem', 'certificateNotYet', host);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return say('problem', 'certificateOfOther', host);
  return UNTRUSTED.has(code)
    ? say('problem', 'certificateUntrusted', host, field(issuer ?? '?', 60))
    : say('problem', 'tlsBroken', host, code);
}

/** What OpenSSL calls a chain that ends in nothing it knows. */
const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
]);

function noAnswer(
  { what, status = 0, says = '' }: Extract<Reached, { kind: 'no answer' }>,
  host: string,
  say: Say,
): Finding {
  switch (what) {
    case 'page':
      return say('problem', 'page', host, status, field(says, 60));
    case 'redirect':
      return say('problem', 'redirected', host, field(says, 60));
    case 'other':
      return say('problem', 'notJson', host, status);
    case 'late':
      return say('problem', 'silent', host);
    case 'broken':
      return say('problem', 'cutOff', host);
  }
}
