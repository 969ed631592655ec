import { GigahostError, type ErrorFacts, type ErrorKind } from '../client/errors.js';
import { InputError } from '../inventory/input-error.js';
import { DeliveryError } from '../guard/delivery-error.js';
import { StoreError } from '../store/index.js';
import { field } from './text.js';

const LONGEST_MESSAGE = 3000;

/** A change that an error came out of. */
export interface Change {
  /** What Gigahost is known to have done before: after a yes, only reading the new state back failed. */
  readonly changed: ErrorFacts['changed'];
  /** The tool that shows whether it happened. */
  readonly settledBy: string;
}

/** What was attempted and whether it happened, as far as that is known. */
const WHAT: Record<ErrorFacts['changed'], (operation: string, why: string) => string> = {
  nothing: (operation, why) => `Could not ${operation}${why && `: ${why}`}. Nothing changed.`,
  yes: (operation, why) =>
    `Gigahost accepted the request to ${operation}, but its answer cannot be understood${why && ` (${why})`}.`,
  unknown: (operation, why) =>
    `Gigahost was asked to ${operation}, and it is not known whether that happened${why && ` (${why})`}.`,
};

/** What to do next about each kind of failure; `look` is the tool that shows how things are. */
const NEXT: Record<ErrorKind, (facts: ErrorFacts, look: string) => string> = {
  no_credentials: () =>
    'The user signs in once, in a terminal: gigahost-mcp login (with npx: npx gigahost-mcp login); no restart is needed. Or set GIGAHOST_API_KEY (a key is made in the Gigahost panel), or GIGAHOST_USERNAME and GIGAHOST_PASSWORD, in the configuration of this MCP server and restart it. To try everything without an account, start it with --sandbox.',
  login_refused: facts =>
    facts.hint ?? 'Check GIGAHOST_USERNAME and GIGAHOST_PASSWORD. It is not tried again until they change.',
  unauthorized: facts =>
    facts.hint ??
    'The credential is not valid (any more). The user has to set a new API key, or check the name and password. Do not retry.',
  forbidden: facts =>
    facts.hint ??
    'The credential may not do this: an API key may lack the category, be read-only or be limited to other ids, and some operations are closed to API keys. The user can change the key in the Gigahost panel, or use a name and password. Do not retry.',
  not_found: facts =>
    facts.hint ??
    'It does not exist or this credential may not see it. Gigahost can also hide a live server for up to a minute: list again then before concluding that it is gone.',
  rejected: facts =>
    facts.hint ??
    'The same call is refused as long as that is so: change the arguments, or wait if something else is under way.',
  rate_limited: facts =>
    `Gigahost asks to wait${facts.retryAfterSeconds ? ` ${facts.retryAfterSeconds} seconds` : ' a little'}; call again after that.`,
  unavailable: facts =>
    facts.lasts
      ? 'The user has to change the settings of the proxy (HTTPS_PROXY, NO_PROXY) where this MCP server runs, and restart it. Do not retry.'
      : 'Gigahost cannot be reached or has a problem right now. Try again later.',
  outcome_unknown: (_, look) => `Do not repeat it: ${look} shows whether it did.`,
  unexpected_response: (facts, look) =>
    facts.changed === 'yes'
      ? `Do not repeat it: ${look} shows the result.`
      : 'This may be a change in Gigahost’s API; please report it.',
};

/** Any error as what was attempted, whether anything changed, and what to do next. Undefined for a bug of ours. */
export function explainError(error: unknown, change?: Change): string | undefined {
  if (error instanceof InputError)
    return `${field(error.message, LONGEST_MESSAGE)}${change?.changed === 'nothing' ? ' Nothing changed.' : ''}`;
  if (error instanceof DeliveryError && !change)
    return `What was read could not be handed over: ${field(error.message, 300)}. Nothing changed.`;
  if (error instanceof DeliveryError)
    return `Gigahost made the change, but what it gave out for it (a password, an API key, or console credentials) could not be handed over and is lost: ${field(error.message, 300)}. The user can set a new password in the Gigahost panel; a console session can simply be opened again; rotate_api_key gives an API key a new secret. Do not repeat anything else.`;
  if (!(error instanceof GigahostError)) return undefined;
  const { facts, kind } = error;
  const details = Object.entries(facts.details ?? {}).map(([key, value]) => `${key} ${field(value)}`);
  const why = [facts.reason && `"${field(facts.reason, 300)}"`, facts.status && `status ${facts.status}`, ...details]
    .filter(Boolean)
    .join(', ');
  const { changed = 'nothing', settledBy = 'get_server' } = change ?? {};
  if (changed === 'yes' && facts.changed === 'nothing')
    return `Gigahost accepted the change, but the new state could not be read back: could not ${facts.operation}${why && `: ${why}`}. Do not repeat the change: ${settledBy} shows the result later.`;
  const taken = kind === 'rejected' && facts.changed === 'yes';
  const what = taken
    ? `Gigahost took on the request to ${facts.operation}, with a remark: ${why}.`
    : WHAT[facts.changed](facts.operation, why);
  return `${what} ${NEXT[kind](facts, settledBy)}`;
}

/** Whether an error says that there is no such thing, rather than that it could not be looked for. */
export const isAbsence = (error: unknown): boolean =>
  (error instanceof InputError && !(error instanceof StoreError)) ||
  (error instanceof GigahostError && error.kind === 'not_found');

/** Whether there is no account to look into at all: nothing is set to sign in with. */
export const isWithoutAccount = (error: unknown): boolean =>
  error instanceof GigahostError && error.kind === 'no_credentials';
