import type { Server } from '../client/api/servers.js';
import { InputError } from './input-error.js';
import { some } from './some.js';
import { describeServer } from './state.js';

const HIDDEN =
  'Gigahost sometimes leaves a live server out for up to a minute: before concluding that it is gone, try again then.';
const PARTIAL = 'Gigahost sent only part of the list; further servers answer to their id.';

export const ambiguous = (reference: string, found: readonly Server[]): InputError =>
  new InputError(
    `"${reference}" matches ${found.length} servers: ${some(found.map(describeServer), { between: '; ' })}. Use an id or an address.`,
  );

export const notVisible = (server: Server): InputError =>
  new InputError(`${describeServer(server)} was there a short while ago and is not visible now. ${HIDDEN}`);

/** With what would be right: the servers that are called something like it, else all of them. */
export function noSuchServer(
  reference: string,
  { servers, similar, complete }: Record<'servers' | 'similar', readonly Server[]> & { readonly complete: boolean },
): InputError {
  const no = `No server is called "${reference}"`;
  if (servers.length === 0)
    return new InputError(
      `${no}: none is visible to this credential. An API key may be limited to other servers. ${HIDDEN}`,
    );
  const choice =
    similar.length > 0
      ? `Did you mean ${some(similar.map(describeServer), { between: '; ' })}? A change takes the whole name, an id or an address.`
      : `There are: ${some(servers.map(({ name }) => name))}.`;
  return new InputError(`${no}. ${choice} ${complete ? '' : `${PARTIAL} `}${HIDDEN}`);
}

/** With the addresses, or for IPv6 the subnets, that would be right. */
export function noSuchAddress(
  value: string,
  choices: readonly string[],
  { complete, missing }: { readonly complete: boolean; readonly missing: readonly string[] },
): InputError {
  const six = value.includes(':');
  const notes = [
    six
      ? `Reverse DNS of IPv6 is delegated for a whole subnet. The subnets are: ${some(choices) || 'none'}.`
      : `The addresses are: ${some(choices)}.`,
    missing.length > 0 && `Not visible right now: ${some(missing)}. ${HIDDEN}`,
    !complete && PARTIAL,
  ];
  return new InputError(
    `${value} is not ${six ? 'in a subnet' : 'an address'} of this account. ${notes.filter(Boolean).join(' ')}`,
  );
}

/** A number that is one server's name may be the id of another, which Gigahost leaves out just now. */
export const notThatId = (id: string, called: Server): InputError =>
  new InputError(
    `No server with the id ${id} is visible; another one is called so: ${describeServer(called)}. Name that one by its own id or address.`,
  );
