import { unfit } from './error.js';
import type { Kind } from './kind.js';

const words = (text: string): string[] =>
  text
    .split(',')
    .map(word => word.trim())
    .filter(Boolean);

/** One word or more: in text with commas between, in the file an array. An empty list is no way to say "no limit". */
export const wordList = (placeholder: string, example: readonly string[]): Kind<readonly string[]> => ({
  placeholder,
  schema: { type: 'array', items: { type: 'string', pattern: '\\S' }, minItems: 1 },
  fromText(text, name) {
    const list = words(text);
    if (list.length === 0) throw unfit(name, text, `it must name at least one, such as ${example.join(',')}`);
    return list;
  },
  fromJson(value, name) {
    if (!isTexts(value))
      throw unfit(name, value, `it must be a list of at least one text, such as ${JSON.stringify(example)}`);
    return value.map(word => word.trim());
  },
});

/** Some of the names there are, or `all`. */
export function someOf<const T extends string>(placeholder: string, known: readonly T[]): Kind<readonly T[] | 'all'> {
  const right = `it can be all, or some of ${known.join(', ')}`;
  const checked = (list: readonly string[], name: string): readonly T[] =>
    list.map(word => {
      const found = known.find(candidate => candidate === word);
      if (found === undefined) throw unfit(`A name in ${name}`, word, right);
      return found;
    });
  return {
    placeholder,
    schema: { anyOf: [{ const: 'all' }, { type: 'array', items: { enum: known }, minItems: 1 }] },
    fromText(text, name) {
      const list = words(text);
      if (list.length === 0) throw unfit(name, text, right);
      return list.length === 1 && list[0] === 'all' ? 'all' : checked(list, name);
    },
    fromJson(value, name) {
      if (value === 'all') return value;
      if (!isTexts(value)) throw unfit(name, value, `${right} in a list`);
      return checked(value, name);
    },
  };
}

/** One text or more, none of them blank. */
const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every(word => typeof word === 'string' && word.trim() !== '');
