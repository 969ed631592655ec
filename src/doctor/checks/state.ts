import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { CredentialsError } from '../../credentials/index.js';
import type { Check, Finding } from '../check.js';
import type { Situation } from '../situation.js';

export const state: Check = {
  id: 'state',
  patienceMs: 30_000,
  async look(situation) {
    const { config, say } = situation;
    const folder = await folderFault(situation);
    const faults = [
      ...(folder ? [folder] : []),
      ...(folder?.code === 'stateUnusable' ? [] : await keptFault(situation)),
      ...(config.journal === null || folder?.code === 'stateUnusable' ? [] : await journalFault(config.journal, say)),
    ];
    return faults.length > 0 ? faults : [say('ok', 'state', config.stateDir, journalNamed(config))];
  },
};

/** By its name alone where it lies in the state directory. */
const journalNamed = ({ journal, stateDir }: Situation['config']): string | undefined =>
  journal === null ? undefined : dirname(journal) === stateDir ? basename(journal) : journal;

async function folderFault({ config: { stateDir }, machine, say }: Situation): Promise<Finding | undefined> {
  const code = await whyUnwritable(stateDir, 'folder');
  if (code !== undefined) return say('problem', 'stateUnusable', stateDir, code);
  const found = await stat(stateDir).catch(() => undefined);
  if (!found || machine.platform === 'win32') return undefined;
  const self = process.getuid?.();
  if (self !== undefined && found.uid !== self) return say('problem', 'stateForeign', stateDir, found.uid);
  if ((found.mode & 0o077) === 0) return undefined;
  return say('problem', 'stateOpen', stateDir, (found.mode & 0o777).toString(8).padStart(4, '0'));
}

async function keptFault({ api, say }: Situation): Promise<readonly Finding[]> {
  try {
    await api?.kept();
    return [];
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    return [say('problem', 'keptUnusable', error.message)];
  }
}

async function journalFault(file: string, say: Situation['say']): Promise<readonly Finding[]> {
  const code = await whyUnwritable(file, 'file');
  return code === undefined ? [] : [say('problem', 'journalUnwritable', file, code)];
}

/** Node's code for why something cannot be written, or be made where it is not there yet. Nothing is tried. */
async function whyUnwritable(path: string, kind: 'file' | 'folder'): Promise<string | undefined> {
  try {
    const found = await stat(path);
    if (kind === 'folder' && !found.isDirectory()) return 'ENOTDIR';
    if (kind === 'file' && found.isDirectory()) return 'EISDIR';
    await access(path, kind === 'folder' ? constants.W_OK | constants.X_OK : constants.W_OK);
    return undefined;
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || dirname(path) === path) return code;
    return whyUnwritable(dirname(path), 'folder');
  }
}
