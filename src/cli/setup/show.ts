import { createTwoFilesPatch } from 'diff';
import colors from 'picocolors';
import type { Edit } from '../../clients/index.js';

/** A setting whose value nobody should read over a shoulder, in JSON or TOML. */
const SECRET = /((?:key|token|secret|password|passwd|auth\w*)"?\s*[:=]\s*)"(?:[^"\\]|\\.)*"/gi;

/** What changes in a file, line by line, with some lines around it; secrets that stand in it are not shown. */
export function changeText(file: string, { before, after }: Edit): string {
  const patch = createTwoFilesPatch(file, file, unixed(before ?? ''), unixed(after), undefined, undefined, {
    context: 3,
  });
  return patch
    .split('\n')
    .slice(4)
    .map(line => paint(line.replace(SECRET, '$1"…"')))
    .join('\n')
    .trimEnd();
}

const unixed = (text: string): string => text.replaceAll('\r\n', '\n');

function paint(line: string): string {
  if (line.startsWith('+')) return colors.green(line);
  return line.startsWith('-') ? colors.red(line) : colors.dim(line);
}
