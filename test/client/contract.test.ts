import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { EFFECTS, type Effect } from '../../src/client/effect.js';
import { openEnvelope } from '../../src/client/envelope.js';
import { OPERATIONS as REGISTERED } from '../../src/client/operations.js';
import { Upload } from '../../src/client/upload.js';
import { OPERATIONS, resolve, type Operation, type Schema } from './support/contract.js';
import { declaredEndpoints } from './support/endpoints.js';

const endpoints = await declaredEndpoints();
const pairs = endpoints.flatMap(endpoint => {
  const operation = OPERATIONS.get(endpoint.id);
  return operation ? [{ id: endpoint.id, endpoint, operation }] : [];
});

test('the contract has 171 operations', () => {
  expect(OPERATIONS.size).toBe(171);
});

test('every declared endpoint is an operation of the contract, and every operation is declared and registered', () => {
  expect(endpoints.map(({ id }) => id).sort()).toEqual([...OPERATIONS.keys()].sort());
  expect([...REGISTERED.keys()].sort()).toEqual([...OPERATIONS.keys()].sort());
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
        endpoint.params?.safeParse({ ...Object.fromEntries(names.map(other => [other, '777777777'])), [name]: value })
          .success;
      expect(accepts('777777777')).toBe(true);
      for (const odd of ['', '0', '07', '-7', '7/8', '..', ' 7']) {
        const right = new RegExp(schema.pattern ?? '').test(odd) && odd.length >= (schema.minLength ?? 0);
        // What would not be one path segment is refused where the path is filled in.
        if (schema.pattern !== undefined || odd === '')
          expect({ name, odd, accepted: accepts(odd) }).toEqual({ name, odd, accepted: right });
      }
    }
  });

  test('belongs to the group of the contract', () => {
    expect(REGISTERED.get(endpoint.id)?.group).toBe(operation.group);
  });

  test('takes the query parameters of the contract, and requires the same', () => {
    const given = (names: readonly string[]): Record<string, unknown> =>
      Object.fromEntries(
        operation.query.filter(({ name }) => names.includes(name)).map(({ name, schema }) => [name, sample(schema)]),
      );
    const names = operation.query.map(({ name }) => name);
    const required = operation.query
      .filter(({ name, required: must }) => must || name === STRICTER[endpoint.id])
      .map(({ name }) => name);
    expect(Object.keys(endpoint.query?.shape ?? {}).sort()).toEqual([...names].sort());
    if (names.length === 0) return;
    expect(endpoint.query?.safeParse(given(required)).error).toBeUndefined();
    for (const name of required) {
      const rest = given(required.filter(other => other !== name));
      expect({ without: name, accepted: endpoint.query?.safeParse(rest).success }).toEqual({
        without: name,
        accepted: false,
      });
    }
  });

  test('sends the body properties of the contract, with the same choices', () => {
    const sent = jsonSchemaOf(endpoint.body);
    const known = Object.fromEntries(operation.bodies.flatMap(({ properties }) => Object.entries(properties)));
    const choices = (name: string) => {
      const all = operation.bodies.flatMap(({ properties }) => choicesOf(properties[name]) ?? []);
      return all.length > 0 ? [...new Set(all)] : undefined;
    };
    expect(Object.keys(sent).sort()).toEqual(Object.keys(known).sort());
    for (const [name, property] of Object.entries(sent)) {
      expect({ name, choices: choicesOf(property) }).toEqual({ name, choices: choices(name) });
    }
  });

  test('requires in its body what the contract requires', () => {
    expect(endpoint.body === undefined).toBe(operation.bodies.length === 0);
    for (const { required, properties } of operation.bodies) {
      const whole: Record<string, unknown> = {
        ...Object.fromEntries(required.map(name => [name, sample(properties[name])])),
        ...ONE_OF[endpoint.id],
      };
      expect(endpoint.body?.safeParse(whole).error).toBeUndefined();
      for (const name of required) {
        const { [name]: _, ...rest } = whole;
        // What one shape lacks may be whole in another.
        if (operation.bodies.some(other => other.required.every(field => field in rest))) continue;
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

/** What the contract leaves out and no client may: without an address Gigahost publishes that of the caller. */
const STRICTER: Readonly<Record<string, string>> = { updateDynDns: 'myip' };

/** What the contract asks for in words only: one field of several, say. */
const ONE_OF: Readonly<Record<string, object>> = {
  deployServers: { pid: '7', os_id: '7' },
  cancelWaitlistEntry: { order_id: '7' },
  createBgpSession: { ip_id_v4: '7' },
};

function jsonSchemaOf(body: z.ZodObject | undefined): Record<string, Schema> {
  // A file is nothing that JSON can say.
  return body ? ((z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as Schema).properties ?? {}) : {};
}

function choicesOf(schema: Schema | undefined): readonly unknown[] | undefined {
  if (schema === undefined) return undefined;
  const { anyOf = [] } = schema;
  if (anyOf.length > 0 && anyOf.every(one => one.const !== undefined)) return anyOf.map(one => one.const);
  return schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
}

/** Texts, one of which fits every pattern of the contract. */
const TEXTS = ['7', 'text', 'texttext', 'ab12', '012345', '777777777', 'N.PRI.12345678', '0123456789abcdef'.repeat(2)];
const FORMATTED: Readonly<Record<string, string>> = { email: 'ola@example.no', uri: 'https://www.example.no/' };

/** Some value the contract allows. */
function sample(schema: Schema | undefined): unknown {
  if (schema === undefined) return 'text';
  const { anyOf = [], type, items, properties = {}, required = [] } = schema;
  // Where a number would do too, text keeps its zeros.
  const spelled = anyOf.find(one => one.pattern !== undefined);
  if (spelled) return sample(spelled);
  const [choice] = choicesOf(schema) ?? [];
  if (choice !== undefined) return choice;
  if (anyOf.length > 0) return sample(resolve(anyOf[0] as Schema));
  if (schema.format === 'binary') return new Upload('file.txt', new Uint8Array(1));
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  if (type === 'array') return [sample(items && resolve(items))];
  if (type === 'object')
    return Object.fromEntries(required.map(name => [name, sample(resolve(properties[name] as Schema))]));
  const pattern = new RegExp(schema.pattern ?? '^t');
  const fits = (candidate: string): boolean => pattern.test(candidate) && candidate.length >= (schema.minLength ?? 0);
  return FORMATTED[schema.format ?? ''] ?? TEXTS.find(fits);
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
  getApiKeyLog: { meta: {}, data: [{}] },
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
