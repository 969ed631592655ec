import type * as z from 'zod';

/** Wrong arguments, each with what would be right. Nothing was sent. */
export function explainArguments(tool: string, input: z.ZodObject, error: z.ZodError): string {
  const problems = error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(' '));
  const known = Object.entries(input.shape).map(([name, schema]) =>
    (schema as z.ZodType).safeParse(undefined).success ? `${name}?` : name,
  );
  return `${tool} was not called: ${problems.slice(0, 5).join('; ')}. It takes ${known.join(', ') || 'no arguments'}. Nothing changed.`;
}

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
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
      return undefined;
  }
};

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'an object',
};
const UNITS: Readonly<Record<string, string>> = { string: ' characters long', array: ' entries long' };
