import { CREDENTIALS } from '../../config/credentials.js';
import type { Credentials } from '../../client/credentials.js';
import { isProblem, type Problem } from '../../credentials/check.js';
import { field } from '../../words/text.js';
import type { Check, Finding } from '../check.js';
import { masked } from '../mask.js';
import { mayNothing } from '../sign-in.js';
import type { Api, Situation } from '../situation.js';

export const account: Check = {
  id: 'account',
  patienceMs: 90_000,
  async look(situation) {
    const { api, say, words } = situation;
    if (!api) return [say('skipped', 'sandbox')];
    const found = await api.signedIn();
    if (found.kind === 'not asked') return [say('skipped', 'because', words.doctor.titles.connection)];
    if (found.kind === 'none') return [say('problem', 'noCredentials', found.reason)];
    if (found.kind === 'one-time code') return [say('warning', 'oneTimeCode', CREDENTIALS.code.env)];
    const { credentials, outcome } = found;
    const from = await originOf(credentials, api, situation);
    if (isProblem(outcome)) return [refusal(credentials, outcome, from, situation)];
    const { account: whose } = outcome;
    if (mayNothing(outcome)) return [say('problem', 'mayNothing', from)];
    const user = credentials.kind === 'login' ? masked(field(credentials.username)) : undefined;
    const name = whose?.name ? masked(field(whose.name)) : undefined;
    return [say('ok', 'signedIn', from, { kind: outcome.kind, customer: whose?.id ?? undefined, name, user })];
  },
};

/** Where what signs in came from: a variable, a key of the configuration file, or where it was kept. */
async function originOf(credentials: Credentials, api: Api, { env, words }: Situation): Promise<string> {
  if (credentials.keptIn !== undefined) {
    const place = (await api.kept())?.place;
    return place?.kind === 'file' ? words.place.file(place.path) : words.place.keychain(process.platform);
  }
  const { env: variable, fileKey } = credentials.kind === 'key' ? CREDENTIALS.apiKey : CREDENTIALS.username;
  return [variable, `${variable}_FILE`].find(name => env[name]) ?? fileKey;
}

function refusal(
  credentials: Credentials,
  { problem, error: { kind, facts } }: Problem,
  from: string,
  { say, scrubber }: Situation,
): Finding {
  const reason = facts.reason ? scrubber.scrub(field(facts.reason)) : '';
  if (problem === 'none') return say('problem', 'noCredentials', reason);
  if (kind === 'rate_limited') return say('problem', 'rateLimited', facts.retryAfterSeconds);
  if (problem === 'unreachable') return say('problem', 'cannotTell', reason || `HTTP ${facts.status ?? '?'}`);
  if (credentials.kind === 'key') return say('problem', 'keyRefused', from, reason);
  if (facts.status === 403) return say('problem', 'userBarred', from, reason);
  const { totpSecret, code } = credentials;
  return say('problem', totpSecret ? 'loginWithCodesRefused' : code ? 'codeRefused' : 'loginRefused', from, reason);
}
