// What the package says of itself wherever it is listed: to npm, in a bundle, in the registry, on a button.
import { readFile } from 'node:fs/promises';
import { load } from './build.mjs';

const root = new URL('../', import.meta.url);

export const PACKAGE = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
/** For people, in lists. It is not Gigahost's own. */
export const TITLE = 'Gigahost (unofficial)';
/** What assistants file it under. */
export const SHORT_NAME = 'gigahost';

const { EVERY_SETTING } = await load('src/config/settings.ts');
const { CREDENTIALS } = await load('src/config/credentials.ts');
export { CREDENTIALS };
export const SETTINGS = Object.fromEntries(EVERY_SETTING);

/** `does` of a setting or a credential as a sentence of plain text, with what holds otherwise. */
export function sentence({ does, otherwise }) {
  const text = `${does}${otherwise === undefined ? '' : `; otherwise ${otherwise}`}`.replaceAll('`', '');
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
