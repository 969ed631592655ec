import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const { npm_execpath: cli } = process.env;

/**
 * Runs npm and returns what it printed. On Windows npm is a script of the shell, which Node does not start without one:
 * the npm that started this script is started again by its own file.
 */
export function npm(args, options) {
  if (cli) return run(process.execPath, [cli, ...args], options);
  if (process.platform === 'win32') throw new Error('Start this with npm run.');
  return run('npm', args, options);
}
