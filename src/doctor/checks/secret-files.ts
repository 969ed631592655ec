import { readFile, stat } from 'node:fs/promises';
import { CREDENTIALS } from '../../config/credentials.js';
import type { Check, Finding } from '../check.js';
import type { Situation } from '../situation.js';

/** Where containers are handed secrets, readable by all that runs in them. */
const OF_CONTAINERS = '/run/secrets/';

export const secretFiles: Check = {
  id: 'secretFiles',
  patienceMs: 5000,
  async look(situation) {
    const { api, env, say } = situation;
    if (!api) return [say('skipped', 'sandbox')];
    const keys = Object.keys(CREDENTIALS) as (keyof typeof CREDENTIALS)[];
    const named = keys.flatMap(key => {
      const source = api.credentials[key];
      const { env: variable, fileKey } = CREDENTIALS[key];
      // The file is not named: it may be the secret itself, put there by mistake.
      const name = env[`${variable}_FILE`] ? `${variable}_FILE` : fileKey;
      return source && 'file' in source ? [{ name, file: source.file }] : [];
    });
    const faults = (await Promise.all(named.map(each => faultOf(each, situation)))).flat();
    return faults.length > 0 ? faults : [say('ok', 'secretFiles', named.map(({ name }) => name).join(', '))];
  },
};

async function faultOf(
  { name, file }: { readonly name: string; readonly file: string },
  { machine, say, scrubber }: Situation,
): Promise<readonly Finding[]> {
  try {
    const { mode } = await stat(file);
    const text = await readFile(file, 'utf8');
    if (text.trim() === '') return [say('problem', 'secretEmpty', name)];
    scrubber.add(text.trim());
    const isOpen = machine.platform !== 'win32' && (mode & 0o077) !== 0 && !file.startsWith(OF_CONTAINERS);
    return isOpen ? [say('warning', 'secretOpen', name, modeOf(mode))] : [];
  } catch (error) {
    return [say('problem', 'secretUnreadable', name, (error as NodeJS.ErrnoException).code ?? '')];
  }
}

const modeOf = (mode: number): string => (mode & 0o777).toString(8).padStart(4, '0');
