import { GigahostError, type ErrorFacts, type ErrorKind } from '../client/errors.js';
import { InputError } from '../inventory/input-error.js';
import { field } from './text.js';

const OUTCOME: Record<ErrorFacts['changed'], string> = {
  nothing: 'Nothing changed.',
  yes: 'Gigahost accepted the change.',
  unknown: 'It is not known whether it took effect.',
};

/** What to do next about each kind of failure. */
const NEXT: Record<ErrorKind, (facts: ErrorFacts) => string> = {
  no_credentials: () =>
    'Set GIGAHOST_API_KEY (a key is made in the Gigahost panel), or GIGAHOST_USERNAME and GIGAHOST_PASSWORD, in the configuration of this MCP server and restart it. To try everything without an account, start it with --sandbox.',
  login_refused: facts =>
    facts.hint ?? 'Check GIGAHOST_USERNAME and GIGAHOST_PASSWORD. It is not tried again until they change.',
  unauthorized: () =>
    'The credential is not valid (any more). The user has to set a new API key, or check the name and password. Do not retry.',
  forbidden: facts =>
    facts.hint ??
    'The credential may not do this: an API key may lack the category, be read-only or be limited to other ids, and some operations are closed to API keys. The user can change the key in the Gigahost panel, or use a name and password. Do not retry.',
  not_found: facts =>
    facts.hint ??
    'It does not exist or this credential may not see it. Gigahost can also hide a live server for up to a minute: list again then before concluding that it is gone.',
  rejected: facts => facts.hint ?? 'Change the arguments accordingly; the same call would be refused again.',
  rate_limited: facts =>
    `Gigahost asks to wait${facts.retryAfterSeconds ? ` ${facts.retryAfterSeconds} seconds` : ' a little'}; call again after that.`,
  unavailable: () => 'Gigahost cannot be reached or has a problem right now. Try again later.',
  outcome_unknown: () =>
    'Do not repeat it. Read the state first (get_server, get_power_state, list_snapshots) and decide from what it shows.',
  unexpected_response: facts =>
    facts.changed === 'yes'
      ? 'Read the state to see the result; do not repeat it.'
      : 'This may be a change in Gigahost’s API; please report it.',
};

/**
 * Any error as what was attempted, whether anything changed, and what to do next. Undefined for a bug of ours.
 * `accepted`: a change had already been accepted when this went wrong, so only reading the new state back failed.
 */
export function explainError(error: unknown, accepted = false): string | undefined {
  if (error instanceof InputError) return error.message;
  if (!(error instanceof GigahostError)) return undefined;
  const { facts, kind } = error;
  const details = Object.entries(facts.details ?? {}).map(([key, value]) => `${key} ${field(value)}`);
  const reason = [facts.reason && `"${field(facts.reason, 300)}"`, facts.status && `status ${facts.status}`, ...details]
    .filter(Boolean)
    .join(', ');
  if (accepted && facts.changed === 'nothing') {
    return `Gigahost accepted the change, but the new state could not be read back: could not ${facts.operation}${reason ? `: ${reason}` : ''}. Do not repeat the change; read the state later.`;
  }
  return `Could not ${facts.operation}${reason ? `: ${reason}` : ''}. ${OUTCOME[facts.changed]} ${NEXT[kind](facts)}`;
}

/** Whether an error says that there is no such thing, rather than that it could not be looked for. */
export const isAbsence = (error: unknown): boolean =>
  error instanceof InputError || (error instanceof GigahostError && error.kind === 'not_found');

/** Whether there is no account to look into at all: nothing is set to sign in with. */
export const isWithoutAccount = (error: unknown): boolean =>
  error instanceof GigahostError && error.kind === 'no_credentials';
