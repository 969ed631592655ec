import { secretsFolder } from '../guard/secrets/folder.js';
import { EXIT } from './exit.js';
import { createTerminal } from './terminal.js';

/** Removes the secrets that were handed over as files, and says how many; returns the exit code. */
export async function clearSecrets(stateDir: string): Promise<number> {
  const terminal = createTerminal();
  const folder = secretsFolder(stateDir);
  try {
    const removed = await folder.remove();
    terminal.say(`${removed} ${removed === 1 ? 'file' : 'files'} with secrets removed from ${folder.path}.`);
    return EXIT.ok;
  } catch (error) {
    terminal.complain(`${folder.path} could not be cleared (${(error as NodeJS.ErrnoException).code}).`);
    return EXIT.toolError;
  }
}
