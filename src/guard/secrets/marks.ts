import { randomUUID } from 'node:crypto';

const MARK = /\{withheld [0-9a-f-]{36}\}/g;

/**
 * Marks that stand for texts until an answer is about to leave: what is journalled, logged or scrubbed on the way holds
 * marks only, and a text arrives as it is, blanks included.
 */
export interface Marks {
  /** A mark for the text. Nobody can guess it. */
  readonly withhold: (text: string) => string;
  /** Puts the texts where their marks are, and forgets them. */
  readonly fillIn: <T>(answer: T) => T;
}

export function createMarks(): Marks {
  const texts = new Map<string, string>();
  return {
    withhold(text) {
      const mark = `{withheld ${randomUUID()}}`;
      texts.set(mark, text);
      return mark;
    },

    fillIn(answer) {
      const used = new Set<string>();
      const filled = mapTexts(answer, words =>
        words.replace(MARK, mark => {
          used.add(mark);
          return texts.get(mark) ?? mark;
        }),
      );
      for (const mark of used) texts.delete(mark);
      return filled;
    },
  };
}

/** Every text in a JSON value, changed. */
function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map(entry => mapTexts<unknown>(entry, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mapTexts<unknown>(entry, change)])) as T;
}
