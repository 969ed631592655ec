import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { EFFECTS, type Effect } from '../../src/client/effect.js';
import { openEnvelope } from '../../src/client/envelope.js';
import { OPERATIONS, type Operation, type Schema } from './support/contract.js';
import { declaredEndpoints } from './support/endpoints.js';

const endpoints = await declaredEndpoints();
const pairs = endpoints.flatMap(endpoint => {
  const operation = OPERATIONS.get(endpoint.id);
  return operation ? [{ id: endpoint.id, endpoint, operation }] : [];
});

test('the contract has 171 operations', () => {
  expect(OPERATIONS.size).toBe(171);
});

test('every declared endpoint is an operation of the contract', () => {
  expect(endpoints.map(({ id }) => id).filter(id => !OPERATIONS.has(id))).toEqual([]);
  expect(endpoints.length).toBeGreaterThanOrEqual(27);
});

test('no operation is declared twice', () => {
  const ids = endpoints.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

describe.each(pairs)('$id', ({ endpoint, operation }) => {
  test('is sent where the contract says', () => {
    expect(`${endpoint.method} ${endpoint.path}`).toBe(`${operation.method} ${operation.path}`);
  });

  test('takes the path parameters of the contract, and only values the contract allows', () => {
    const names = operation.pathParameters.map(({ name }) => name);
    expect(Object.keys(endpoint.params?.shape ?? {}).sort()).toEqual([...names].sort());
    for (const { name, schema } of operation.pathParameters) {
      const accepts = (value: string) =>
        endpoint.params?.safeParse({ ...Object.fromEntries(names.map(other => [other, '7'])), [name]: value }).success;
      expect(accepts('7')).toBe(true);
      for (const odd of ['', '0', '07', '-7', '7/8', '..', ' 7']) {
        expect({ odd, accepted: accepts(odd) }).toEqual({ odd, accepted: new RegExp(schema.pattern ?? '').test(odd) });
      }
    }
  });

  test('sends only body properties the contract knows, with the same choices', () => {
    const sent = jsonSchemaOf(endpoint.body);
    const known = Object.fromEntries(operation.bodies.flatMap(({ properties }) => Object.entries(properties)));
    expect(Object.keys(sent).filter(name => !(name in known))).toEqual([]);
    for (const [name, property] of Object.entries(sent)) {
      expect({ name, choices: property.enum }).toEqual({ name, choices: known[name]?.enum });
    }
  });

  test('requires in its body what the contract requires', () => {
    expect(endpoint.body === undefined).toBe(operation.bodies.length === 0);
    for (const { required, properties } of operation.bodies) {
      const whole = Object.fromEntries(required.map(name => [name, sample(properties[name])]));
      expect(endpoint.body?.safeParse(whole).error).toBeUndefined();
      for (const name of required) {
        const { [name]: _, ...rest } = whole;
        expect({ without: name, accepted: endpoint.body?.safeParse(rest).success }).toEqual({
          without: name,
          accepted: false,
        });
      }
    }
  });

  test('names the secret fields of the contract', () => {
    expect([...endpoint.secrets].sort()).toEqual([...operation.secrets].sort());
  });

  test('lets no secret of its reply through in the clear', () => {
    const planted = 'planted-secret-4711';
    const reply = structuredClone(REPLIES[endpoint.id] ?? { meta: {}, data: {} });
    const fields = endpoint.secrets.filter(field => !field.startsWith('request.'));
    for (const field of fields) plant(reply, field.split('.'), planted);
    expect(JSON.stringify(reply).includes(planted)).toBe(fields.length > 0);

    const opened = openEnvelope(200, 'application/json', JSON.stringify(reply), endpoint.bare);
    if (opened.kind !== 'ok') throw new Error(`not opened: ${opened.kind}`);
    if (fields.length === 0) return;
    const decoded = endpoint.decode(opened.reply);
    expect(JSON.stringify(decoded) + inspect(decoded, { depth: Infinity })).not.toContain(planted);
  });

  test('may be repeated exactly when the contract says so', () => {
    expect(endpoint.repeatable).toBe(operation.idempotent);
  });

  test('has the strongest effect of the contract', () => {
    expect(allowedEffects(operation)).toContain(endpoint.effect);
  });
});

function jsonSchemaOf(body: z.ZodObject | undefined): Record<string, Schema> {
  return body ? ((z.toJSONSchema(body, { io: 'input' }) as Schema).properties ?? {}) : {};
}

function sample(schema: Schema | undefined): string {
  const numeric = schema?.anyOf?.some(({ pattern }) => pattern === '^[1-9][0-9]*$');
  return schema?.enum?.[0] ?? (numeric ? '7' : 'text');
}

function allowedEffects({ effects }: Operation): readonly Effect[] {
  if (effects.includes('costs-money')) return ['purchase'];
  if (effects.includes('destructive')) return ['destroy'];
  if (effects.includes('disruptive')) return ['disrupt'];
  if (effects.includes('irreversible')) return EFFECTS.slice(EFFECTS.indexOf('disrupt'));
  return effects.includes('write') ? ['create', 'update'] : ['read'];
}

const recorded = (file: string): object =>
  JSON.parse(readFileSync(new URL(`../recorded/${file}`, import.meta.url), 'utf8')) as object;

/** Whole replies for the operations that decode nothing out of an empty one. */
const REPLIES: Readonly<Record<string, object>> = {
  getAccount: recorded('account/get.json'),
  listServers: recorded('servers/list.json'),
  getServer: recorded('servers/list.json'),
};

/** Sets a field given as in `x-secret-fields`, making the objects on the way. */
function plant(into: object, [step = '', ...rest]: readonly string[], value: string): void {
  const name = step.replace('[]', '');
  const holder = into as Record<string, unknown>;
  // The whole object is secret in the list, its fields one by one in the detail.
  const leaf = name === 'install_details' ? { root_password: value, prov_post: value } : value;
  if (rest.length === 0) {
    holder[name] = leaf;
    return;
  }
  holder[name] ??= step.endsWith('[]') ? [{}] : {};
  const next = holder[name];
  plant((Array.isArray(next) ? next[0] : next) as object, rest, value);
}
