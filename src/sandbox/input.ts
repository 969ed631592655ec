// The characters that htmlspecialchars escapes.
const HTML = /[<>&"']/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i;

export const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** Text without HTML special characters; may be empty. */
export const isPlain = (value: unknown): value is string => typeof value === 'string' && !HTML.test(value);

export const isEmail = (value: unknown): value is string => isPlain(value) && EMAIL.test(value);

/** A whole number within bounds. */
export const isWhole = (value: unknown, least = -Infinity, most = Infinity): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

/** A flag in a request body: the integer 1 or 0. */
export const isFlag = (value: unknown): value is 0 | 1 => value === 0 || value === 1;

/** A non-empty list of texts without HTML special characters. */
export const isPlainList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every(item => isText(item) && isPlain(item));
