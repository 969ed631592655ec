import { ConfigError } from '../config.js';

type Property = Readonly<Record<string, unknown>>;

/**
 * `name=value` words as the arguments of a tool; numbers, flags and lists by what its schema says, objects and lists of
 * them as JSON, `null` where nothing is a choice. A value that does not fit its type is passed on as text, so that the
 * tool explains what would be right.
 * @throws {ConfigError} for a word that is no `name=value`, or a name given twice.
 */
export function parseArguments(words: readonly string[], schema: Property): Record<string, unknown> {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Property>>;
  const parsed: Record<string, unknown> = {};
  for (const word of words) {
    const [, name, value] = /^([a-z_0-9]+)=(.*)$/s.exec(word) ?? [];
    if (name === undefined || value === undefined)
      throw new ConfigError(
        `"${word}" is not name=value. It takes: ${Object.keys(properties).join(', ') || 'nothing'}.`,
      );
    if (name in parsed) throw new ConfigError(`${name} is given twice.`);
    parsed[name] = convert(value, properties[name]);
  }
  return parsed;
}

function convert(value: string, property: Property | undefined): unknown {
  switch (property?.['type']) {
    case 'integer':
    case 'number':
      return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
    case 'boolean':
      return ({ true: true, false: false } as Record<string, boolean>)[value] ?? value;
    case 'array':
      if ((property['items'] as Property | undefined)?.['type'] === 'object') return parsed(value);
      return value.split(',').map(part => part.trim());
    case 'object':
      return parsed(value);
    default:
      return value === 'null' && mayBeNull(property) ? null : value;
  }
}

const mayBeNull = (property: Property | undefined): boolean =>
  Array.isArray(property?.['anyOf']) && (property['anyOf'] as Property[]).some(({ type }) => type === 'null');

function parsed(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
