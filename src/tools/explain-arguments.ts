import type * as z from 'zod';

/** Arguments that are wrong on their face, in words that say what would be right. Nothing was sent. */
export class WrongArguments extends Error {
  override readonly name = 'WrongArguments';
}

/** Wrong arguments, each with what would be right. Nothing was sent. */
export function explainArguments(tool: string, input: z.ZodObject, error: z.ZodError): string {
  const known = Object.entries(input.shape).map(([name, schema]) =>
    isOptional(schema as z.ZodType) ? `${name}?` : name,
  );
  return notCalled(tool, error.issues.map(problemOf), known);
}

export const notCalled = (what: string, problems: readonly string[], known: readonly string[]): string =>
  `${what} was not called: ${problems.slice(0, 5).join('; ')}. It takes ${known.join(', ') || 'no arguments'}. Nothing changed.`;

export const problemOf = ({ path, message }: Pick<z.core.$ZodIssue, 'path' | 'message'>): string =>
  [path.join('.'), message].filter(Boolean).join(' ');

export const isOptional = (schema: z.ZodType): boolean => schema.safeParse(undefined).success;

/** What is wrong with one argument, to be read after its name. Used where the schema has no words of its own. */
export const inWords: z.core.$ZodErrorMap = issue => {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown argument ${issue.keys
        .slice(0, 5)
        .map(key => JSON.stringify(key.slice(0, 40)))
        .join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      if (issue.minimum === 1 && issue.origin !== 'number' && issue.origin !== 'int') return 'must not be empty';
      return `must be at least ${issue.minimum}${UNITS[issue.origin] ?? ''}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
    case 'invalid_format':
      if (issue.pattern === DIGITS) return 'must be an id: digits only';
      return FORMATS[issue.format] ?? (issue.pattern && `must match ${issue.pattern}`);
    case 'invalid_union':
      return choicesOf(issue.errors);
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'not_multiple_of':
      return undefined;
  }
};

const DIGITS = '/^[1-9]\\d*$/';
const FORMATS: Readonly<Record<string, string>> = {
  email: 'must be an e-mail address',
  base64: 'must be base64',
  url: 'must be a whole web address, with https at its beginning',
};

/** What a choice of plain values may be; undefined where it is one of shapes. */
function choicesOf(
  errors: readonly (readonly z.core.$ZodRawIssue[] | readonly z.core.$ZodIssue[])[],
): string | undefined {
  const values = errors.flatMap(issues =>
    issues.flatMap(issue => (issue.code === 'invalid_value' ? (issue.values as readonly unknown[]) : [])),
  );
  return values.length === errors.length && values.length > 0
    ? `must be one of ${values.map(String).join(', ')}`
    : undefined;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'an object',
  boolean: 'true or false',
};
const UNITS: Readonly<Record<string, string>> = { string: ' characters long', array: ' entries long' };
