// The tables of the settings and of the keys of a principal.
import { load } from '../build.mjs';
import { code, table } from './table.mjs';

const { SETTING_ROWS } = await load('src/config/describe.ts');
const { configSchema } = await load('src/config/schema.ts');
export { configSchema };

const { items } = configSchema().properties.principals;

/** As it is written in JSON. */
function valueOf(schema) {
  const { type, enum: choices, items: of, anyOf, const: only } = schema;
  if (only !== undefined) return code(JSON.stringify(only));
  if (anyOf) return anyOf.map(valueOf).join(' or ');
  if (choices) return choices.map(choice => code(JSON.stringify(choice))).join(', ');
  if (type === 'array') return of.enum ? `list of ${valueOf(of)}` : 'list of texts';
  return { string: 'text', integer: 'number', boolean: 'true or false' }[type] ?? 'text';
}

export const settingParts = {
  settings: table(
    ['flag', 'variable', 'in the file', 'what it does', 'otherwise'],
    SETTING_ROWS.map(({ flag, env, fileKey, does, otherwise }) => [
      code(flag),
      code(env),
      code(fileKey),
      does,
      otherwise,
    ]),
  ),
  principal: table(
    ['key', 'what it says', 'value'],
    Object.entries(items.properties).map(([key, schema]) => [
      `${code(key)}${items.required.includes(key) ? ' (required)' : ''}`,
      schema.description,
      valueOf(schema),
    ]),
  ),
};
