/** One command of a block, as a shell takes it apart. */
export interface Command {
  readonly text: string;
  /** Variables set for this command alone. */
  readonly env: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

const WORD = /#.*$|&&|(?:[^\s"'&#]|"[^"]*"|'[^']*'|(?<=[^\s])#)+/gm;

/** What a shell would run of a block: lines that go on, `&&`, quotes, comments, variables in front. */
export const commandsIn = (block: string): readonly Command[] =>
  block
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .flatMap(line => commandsOf(line));

function commandsOf(line: string): readonly Command[] {
  const groups: string[][] = [[]];
  for (const [word] of line.matchAll(WORD)) {
    if (word === '&&') groups.push([]);
    else if (!word.startsWith('#')) groups.at(-1)?.push(word);
  }
  const leftOver = line.replace(WORD, '').trim();
  if (leftOver !== '') throw new Error(`this shell line has more in it than is understood: ${line}`);
  return groups
    .filter(words => words.length > 0)
    .map(words => {
      const at = words.findIndex(word => !/^[A-Z_0-9]+=/.test(word));
      const set = words.slice(0, at).map(word => [word.split('=', 1)[0] ?? '', word.slice(word.indexOf('=') + 1)]);
      return {
        text: words.join(' '),
        env: Object.fromEntries(set) as Record<string, string>,
        words: words.slice(at).map(word => word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2')),
      };
    });
}
