import { GigahostError } from '../../client/errors.js';
import type { Secret } from '../../client/secret.js';
import type { ServerDetail } from '../../client/api/servers.js';
import type { Inventory } from '../../inventory/index.js';
import { stateOf } from '../../inventory/state.js';
import type { System } from '../../inventory/systems.js';
import { poll } from '../poll.js';
import type { ToolContext } from '../tool.js';

/** An installation that has not begun by then is not going to be seen beginning. */
const MUST_BEGIN_WITHIN_SECONDS = 60;

/**
 * Watches a server that is being reinstalled, for at most that long. `now` is undefined while nothing could be read
 * back; `finished` is true only when the installation was seen to end. A look that fails is forgiven.
 * @throws what `onPassword` threw: a password that could not be handed over.
 */
export async function followInstall(
  { inventory, progress, signal }: Pick<ToolContext, 'inventory' | 'progress' | 'signal'>,
  before: ServerDetail,
  system: System,
  seconds: number,
  onPassword: (password: Secret | null | undefined) => Promise<void>,
): Promise<{ now: ServerDetail | undefined; finished: boolean }> {
  let now: ServerDetail | undefined;
  let finished = false;
  let begun = false;
  let undelivered: { readonly error: unknown } | undefined;
  await poll({ seconds, signal }, async elapsed => {
    const current = (now = await inventory.detail(before));
    await onPassword(current.install?.rootPassword).catch((error: unknown) => (undelivered = { error }));
    if (undelivered) return true;
    const busy = current.installing || current.isNew || current.os === null;
    begun ||= busy || (current.os?.id === system.id && before.os?.id !== system.id);
    finished = begun && !busy;
    await progress(
      `${before.name}: ${finished ? stateOf(current) : busy ? 'installing' : 'about to install'} after ${elapsed} s`,
      elapsed,
      seconds,
    );
    return finished || (!begun && elapsed > MUST_BEGIN_WITHIN_SECONDS);
  });
  if (undelivered) throw undelivered.error;
  return { now, finished };
}

/**
 * Settles a reinstall whose answer was lost by looking: a server that is installing now and was not before has begun.
 * The password the answer held is then read from the record, where it stands only while the installation runs.
 * @throws the error itself when it is another, or the server is not seen installing.
 */
export async function startedAllTheSame(
  error: unknown,
  inventory: Inventory,
  before: ServerDetail,
): Promise<{ readonly rootPassword: Secret | null }> {
  if (!(error instanceof GigahostError) || error.facts.changed === 'nothing' || before.installing) throw error;
  const now = await inventory.detail(before).catch(() => Promise.reject(error));
  if (!now.installing) throw error;
  return { rootPassword: now.install?.rootPassword ?? null };
}
