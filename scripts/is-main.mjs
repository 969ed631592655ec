import { existsSync, realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** Whether a module is the one that Node was started with, also where it was named over a link or in another case. */
export function isMain({ url }) {
  const [, started = ''] = process.argv;
  return existsSync(started) && pathToFileURL(realpathSync.native(started)).href === url;
}
