import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readConfig } from '../src/config.js';
import { CREDENTIALS } from '../src/config/credentials.js';
import { EVERY_SETTING } from '../src/config/settings.js';
import { faultsOf } from './support/server-json-schema.js';

interface Variable {
  readonly name: string;
  readonly default?: string;
  readonly choices?: readonly string[];
  readonly isSecret?: boolean;
}
interface ServerJson {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly packages: readonly [
    { readonly identifier: string; readonly version: string; readonly environmentVariables: readonly Variable[] },
  ];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const parsed = async (name: string): Promise<unknown> => JSON.parse(await readFile(`${root}${name}`, 'utf8'));
const served = (await parsed('server.json')) as ServerJson;
const [{ environmentVariables: variables, ...listed }] = served.packages;
const named = (wanted: string): Variable | undefined => variables.find(({ name }) => name === wanted);

test('the registry would accept it', () => {
  expect(faultsOf(served)).toEqual([]);
});

test('what the registry would refuse or ignore is noticed', () => {
  expect(faultsOf({ ...served, description: 'x'.repeat(101) })).toHaveLength(1);
  expect(faultsOf({ ...served, name: 'gigahost-mcp' })).toHaveLength(1);
  expect(faultsOf({ ...served, version: '^1.0.0' })).toHaveLength(1);
  expect(faultsOf({ ...served, packages: [{ ...served.packages[0], environment: [] }] })).toHaveLength(1);
});

test('it names the package that is published, and that names it', async () => {
  const { name, version, mcpName } = (await parsed('package.json')) as Record<string, string>;
  expect(listed).toMatchObject({ identifier: name, version });
  expect(served).toMatchObject({ name: mcpName, version });
});

test('it asks for every variable of a server for one person and for no other, and says which hold a secret', () => {
  const credentials = Object.values(CREDENTIALS).map(({ env }) => env);
  const settings = EVERY_SETTING.flatMap(([, { env, host }]) => (env === undefined || host ? [] : [env]));
  const expected = [...credentials.flatMap(env => [env, `${env}_FILE`]), ...settings];
  expect(variables.map(({ name }) => name)).toEqual(expected);
  expect(variables.filter(({ isSecret }) => isSecret).map(({ name }) => name)).toEqual(
    credentials.filter(env => env !== 'GIGAHOST_USERNAME'),
  );
});

test('every default that it names is the default, and every choice can be made', () => {
  const said = variables.filter(variable => variable.default !== undefined);
  expect(said.length).toBeGreaterThan(5);
  const all = Object.fromEntries(said.map(({ name, default: value }) => [name, value]));
  expect(readConfig({}, { HOME: '/home/kari', ...all })).toEqual(readConfig({}, { HOME: '/home/kari' }));
  expect(named('GIGAHOST_LANG')?.choices).toContain('nb');
  for (const { name, choices = [] } of variables)
    for (const choice of choices) expect(() => readConfig({}, { [name]: choice })).not.toThrow();
});
