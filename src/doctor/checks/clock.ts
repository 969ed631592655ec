import type { Check } from '../check.js';
import type { Api } from '../situation.js';

/** A two-factor code is good for 30 seconds, and servers take the one before and after it. */
const MOST_SECONDS = 60;

export const clock: Check = {
  id: 'clock',
  patienceMs: 60_000,
  async look({ api, say, words }) {
    if (!api) return [say('skipped', 'sandbox')];
    const found = await api.reached();
    if (found.kind !== 'answered') return [say('skipped', 'because', words.doctor.titles.connection)];
    const { aheadSeconds: ahead } = found;
    if (ahead === undefined) return [say('skipped', 'noDate')];
    if (Math.abs(ahead) <= MOST_SECONDS) return [say('ok', 'clock', Math.abs(ahead))];
    return (await usesTotp(api)) ? [say('problem', 'clockForCodes', ahead)] : [say('warning', 'clockOff', ahead)];
  },
};

async function usesTotp({ credentials, kept }: Api): Promise<boolean> {
  if (credentials.apiKey) return false;
  if (credentials.totpSecret) return true;
  if (credentials.username || credentials.password) return false;
  // That what is kept cannot be had is told where the state directory is looked at.
  const found = await kept().catch(() => undefined);
  return found !== undefined && 'totpSecret' in found.credentials && found.credentials.totpSecret !== undefined;
}
