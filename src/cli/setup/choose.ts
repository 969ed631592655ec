import type { FoundClient } from '../../clients/index.js';
import { ConfigError } from '../../config.js';
import type { Messages } from '../../lang/index.js';
import { askSome } from './ask.js';

export interface Choosing {
  /** As given by `--client`. */
  readonly named: string | undefined;
  /** Whether there is a person to ask; without one, all that are found are meant. */
  readonly canAsk: boolean;
}

/**
 * The clients to set up: those named, or those found of which a person chooses. Undefined where they leave.
 * @throws {ConfigError} for a name we do not know.
 */
export async function chooseClients(
  all: readonly FoundClient[],
  { named, canAsk }: Choosing,
  words: Messages['setup'],
): Promise<readonly FoundClient[] | undefined> {
  const found = all.filter(({ installed }) => installed);
  if (named !== undefined && named !== 'all') return byName(all, named, words);
  if (named === 'all' || !canAsk || found.length === 0) return found;
  const chosen = await askSome(
    words.which,
    found.map(({ client, file }) => ({ value: client.id, label: client.name, hint: file })),
  );
  return chosen && found.filter(({ client }) => chosen.includes(client.id));
}

function byName(all: readonly FoundClient[], named: string, words: Messages['setup']): readonly FoundClient[] {
  const names = named.split(',').map(name => name.trim());
  return [...new Set(names)].map(name => {
    const found = all.find(({ client }) => client.id === name);
    if (!found) throw new ConfigError(words.noSuchClient(name, idsOf(all)));
    return found;
  });
}

/** What `--client` can name. */
export const idsOf = (all: readonly FoundClient[]): string => all.map(({ client }) => client.id).join(', ');
