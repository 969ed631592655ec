import { createTwoFilesPatch } from 'diff';
import colors from 'picocolors';
import type { Edit } from '../../clients/index.js';

const NAMES = String.raw`(?:keys?|tokens?|secrets?|passw(?:or)?ds?|pwd|pat|auth\w*|bearer|cookies?|credentials?)`;
const QUOTED = String.raw`"(?:[^"\\\n]|\\.)*"|'[^'\n]*'`;

/** What nobody should read over a shoulder, in JSON or TOML, and what comes before it, which is shown. */
const SECRETS: readonly RegExp[] = [
  // What a name says is secret: that of a setting, of a header, or of a flag, in one string or in two.
  new RegExp(String.raw`(${NAMES}["']?[ \t]*[:=][ \t]*)(?:"""[^]*?"""|'''[^]*?'''|${QUOTED})`, 'gi'),
  new RegExp(String.raw`(${NAMES}["']?[ \t]*[:=][ \t]*)[^\s…"'{}[\],][^"'{}[\],\n]*`, 'gi'),
  new RegExp(String.raw`(["']--?[\w-]*${NAMES}["']\s*,\s*[+-]?\s*)(?:${QUOTED})`, 'gi'),
  // A password in an address.
  /(:\/\/[^\s"'/@:]*:)[^\s"'/@]+(?=@)/g,
  // What its beginning says is a key.
  /(\b(?:flux_live_|gh[opsu]_|github_pat_|glpat-|sk-|xox\w-|AKIA|eyJ))[\w.-]{12,}/g,
];

const withoutSecrets = (text: string): string =>
  SECRETS.reduce((left, secret) => left.replace(secret, (_, before: string) => `${before}…`), text);

/** What changes in a file, line by line, with some lines around it; secrets that stand in it are not shown. */
export function changeText(file: string, { before, after }: Edit): string {
  const patch = createTwoFilesPatch(file, file, unixed(before ?? ''), unixed(after), undefined, undefined, {
    context: 3,
  });
  return withoutSecrets(patch.split('\n').slice(4).join('\n')).split('\n').map(paint).join('\n').trimEnd();
}

const unixed = (text: string): string => text.replaceAll('\r\n', '\n');

function paint(line: string): string {
  if (line.startsWith('+')) return colors.green(line);
  return line.startsWith('-') ? colors.red(line) : colors.dim(line);
}
