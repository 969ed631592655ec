import * as z from 'zod';
import type { Referred } from '../../client/endpoint.js';
import { NOUNS } from '../../inventory/references.js';
import { isOptional } from '../explain-arguments.js';
import { canBeMadeUp, describedAs, innerOf, isFile, refersOf, secretForms } from './arguments.js';

/** One argument, for whoever is to fill it in. */
export interface Parameter {
  readonly name: string;
  readonly schema: z.ZodType;
  /** Where it stands on the wire, if it is a secret. */
  readonly secret?: string | undefined;
}

/** "quota?: whole number (MB)" */
export function signatureOf({ name, schema, secret }: Parameter): string {
  const about = describedAs(schema);
  const type = secret === undefined ? typeOf(schema) : `secret: ${secretForms(secret)}`;
  return `${name}${isOptional(schema) ? '?' : ''}: ${type}${about === undefined ? '' : ` (${about})`}`;
}

function typeOf(declared: z.ZodType): string {
  const schema = innerOf(declared);
  const refers = refersOf(schema);
  if (refers) return `${NOUNS[refers]} by name or id`;
  if (isFile(schema)) return 'file: {"path"}, {"name", "text"} or {"name", "base64"}';
  if (schema instanceof z.ZodEnum) return schema.options.map(String).join('|');
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(value => JSON.stringify(value)).join('|');
  if (schema instanceof z.ZodUnion) return schema.options.map(option => typeOf(option as z.ZodType)).join('|');
  if (schema instanceof z.ZodArray) return `list of ${typeOf(schema.element as z.ZodType)}`;
  if (schema instanceof z.ZodRecord) return 'object';
  if (schema instanceof z.ZodBoolean) return 'true|false';
  if (schema instanceof z.ZodNumber) return schema.isInt ? 'whole number' : 'number';
  if (schema instanceof z.ZodObject)
    return `{${Object.entries(schema.shape as Record<string, z.ZodType>)
      .map(([name, field]) => `${name}${isOptional(field) ? '?' : ''}`)
      .join(', ')}}`;
  return 'text';
}

const EXAMPLES: Readonly<Record<Referred, string>> = {
  server: 'web01',
  zone: 'example.no',
  hosting: 'example.no',
  user: 'Kari Nordmann',
  ssh_key: 'laptop',
  api_key: 'backup',
  passkey: 'YubiKey',
  client: 'Kunde AS',
  assigned_server: 'web01',
  assigned_domain: 'example.no',
  assigned_webhosting: 'example.no',
  system: 'debian-13',
  distribution: 'debian',
  agreement: '12',
  application: 'WordPress',
  installation: 'WordPress',
};

/** Arguments that would be right in form: those that are needed. */
export const exampleOf = (parameters: readonly Parameter[]): Record<string, unknown> =>
  Object.fromEntries(
    parameters
      .filter(({ schema }) => !isOptional(schema))
      .map(({ name, schema, secret }) => [
        name,
        secret === undefined ? exampleFor(name, schema) : canBeMadeUp(secret) ? { generate: true } : { ask: true },
      ]),
  );

function exampleFor(name: string, declared: z.ZodType): unknown {
  const schema = innerOf(declared);
  const refers = refersOf(schema) ?? (Object.hasOwn(EXAMPLES, name) ? (name as Referred) : undefined);
  if (schema instanceof z.ZodArray) return [exampleFor(name, schema.element as z.ZodType)];
  if (isFile(schema)) return { path: 'file.txt' };
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodLiteral) return schema.values.values().next().value;
  if (schema instanceof z.ZodUnion) return exampleFor(name, schema.options[0] as z.ZodType);
  if (schema instanceof z.ZodBoolean) return true;
  if (schema instanceof z.ZodNumber) return Math.max(1, schema.minValue ?? 1);
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(
      Object.entries(schema.shape as Record<string, z.ZodType>)
        .filter(([, field]) => !isOptional(field))
        .map(([field, inner]) => [field, exampleFor(field, inner)]),
    );
  if (schema instanceof z.ZodRecord) return {};
  if (refers) return EXAMPLES[refers];
  return (
    ['1', 'example', 'post@example.no', '123456789'].find(
      text => schema.safeParse(text).success && /id$/.test(name) === (text === '1'),
    ) ?? 'example'
  );
}
