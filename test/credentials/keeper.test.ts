import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CredentialsError, openKeeper } from '../../src/credentials/index.js';

const HERE = 'https://api.gigahost.no/api/v0';
const THERE = 'http://127.0.0.1:8080/api/v0';
const KEY = { apiKey: `flux_live_${'0a'.repeat(32)}` };
const LOGIN = { username: 'kari@example.no', password: ' with blanks ', totpSecret: 'JBSWY3DPEHPK3PXP' };

async function openDir() {
  const path = await mkdtemp(join(tmpdir(), 'gigahost-mcp-kept-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
const keeperIn = (stateDir: string, baseUrl = HERE) => openKeeper({ stateDir, baseUrl, keychain: 'off' });
const fileIn = (stateDir: string) => join(stateDir, 'credentials.json');

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof CredentialsError) return error.message;
  throw error;
}

describe('in a file', () => {
  test('what is kept is read again as it was, until it is forgotten', async () => {
    await using dir = await openDir();
    const keeper = keeperIn(dir.path);
    expect(await keeper.read()).toBeUndefined();
    const place = { kind: 'file', path: fileIn(dir.path) };
    for (const credentials of [KEY, LOGIN, { username: 'ola', password: 'x' }]) {
      expect(await keeper.keep(credentials)).toEqual({ place, because: undefined });
      expect(await keeperIn(dir.path).read()).toEqual({ credentials, place });
    }
    expect(await keeper.forget()).toEqual(place);
    expect(await keeper.read()).toBeUndefined();
    expect(await keeper.forget()).toBeUndefined();
    expect(await readdir(dir.path)).toEqual([]);
  });

  test('accounts of different addresses do not mix', async () => {
    await using dir = await openDir();
    const [here, there] = [keeperIn(dir.path), keeperIn(dir.path, THERE)];
    await here.keep(KEY);
    expect(await there.read()).toBeUndefined();
    await there.keep(LOGIN);
    expect((await here.read())?.credentials).toEqual(KEY);
    await here.forget();
    expect((await there.read())?.credentials).toEqual(LOGIN);
  });

  test.skipIf(process.platform === 'win32')('file and folder are for their owner alone', async () => {
    await using dir = await openDir();
    const stateDir = join(dir.path, 'a', 'b');
    await keeperIn(stateDir).keep(KEY);
    expect((await stat(stateDir)).mode & 0o777).toBe(0o700);
    expect((await stat(fileIn(stateDir))).mode & 0o777).toBe(0o600);
    expect(await readdir(stateDir)).toEqual(['credentials.json']);
  });

  test.skipIf(process.platform === 'win32').for([0o640, 0o604, 0o620])(
    'one of mode %o is neither read nor written over',
    async mode => {
      await using dir = await openDir();
      const keeper = keeperIn(dir.path);
      await keeper.keep(KEY);
      const before = await readFile(fileIn(dir.path), 'utf8');
      await chmod(fileIn(dir.path), mode);
      for (const work of [keeper.read(), keeper.keep(LOGIN), keeper.forget()])
        expect(await refusal(work)).toBe(
          `Others can read ${fileIn(dir.path)} (mode 0${mode.toString(8)}), so it is not used. Run: chmod 600 "${fileIn(dir.path)}". If somebody may have read it, make a new API key or password too.`,
        );
      expect(await readFile(fileIn(dir.path), 'utf8')).toBe(before);
      await chmod(fileIn(dir.path), 0o600);
      expect((await keeper.read())?.credentials).toEqual(KEY);
    },
  );

  test.for([
    ['no JSON', 'flux_live_secret'],
    ['something else', '{"version":1,"accounts":{"x":{"apiKey":7}}}'],
    ['a later version', '{"version":2,"accounts":{}}'],
  ])('one that holds %s is refused without a word of it, and stays', async ([, text = '']) => {
    await using dir = await openDir();
    await writeFile(fileIn(dir.path), text, { mode: 0o600 });
    for (const work of [keeperIn(dir.path).read(), keeperIn(dir.path).keep(KEY)])
      expect(await refusal(work)).toBe(
        `${fileIn(dir.path)} does not hold what gigahost-mcp keeps there. Delete it, then run gigahost-mcp login.`,
      );
    expect(await readFile(fileIn(dir.path), 'utf8')).toBe(text);
  });

  test('what cannot be written is said, and what was kept before still is', async () => {
    await using dir = await openDir();
    await mkdir(join(dir.path, 'file'));
    await writeFile(join(dir.path, 'file', 'in the way'), '');
    expect(await refusal(keeperIn(join(dir.path, 'file', 'in the way')).keep(KEY))).toMatch(/\(ENOTDIR\)\.$/);
    await mkdir(fileIn(dir.path));
    expect(await refusal(keeperIn(dir.path).keep(KEY))).toMatch(/credentials\.json is not a file\./);
  });

  test.skipIf(process.platform === 'win32')('a link to a file of others is looked through', async () => {
    await using dir = await openDir();
    await writeFile(join(dir.path, 'planted'), '{"version":1,"accounts":{}}', { mode: 0o644 });
    await symlink(join(dir.path, 'planted'), fileIn(dir.path));
    expect(await refusal(keeperIn(dir.path).read())).toMatch(/^Others can read /);
  });

  test.skipIf(process.platform === 'win32')('a link stays one, and nothing is left where it leads', async () => {
    await using dir = await openDir();
    const elsewhere = join(dir.path, 'elsewhere');
    await writeFile(elsewhere, '{"version":1,"accounts":{}}', { mode: 0o600 });
    await mkdir(join(dir.path, 'state'));
    const stateDir = join(dir.path, 'state');
    await symlink(elsewhere, fileIn(stateDir));
    await keeperIn(stateDir).keep(KEY);
    expect(await readFile(elsewhere, 'utf8')).toContain(KEY.apiKey);
    expect((await keeperIn(stateDir).read())?.credentials).toEqual(KEY);
    await keeperIn(stateDir).forget();
    expect([await readdir(dir.path), await readdir(stateDir)]).toEqual([['state'], []]);
  });
});

describe('of a keychain', () => {
  test('what lies there is out of reach where it is switched off, and is not taken for nothing', async () => {
    await using dir = await openDir();
    const held = { version: 1, accounts: { [HERE]: { keychain: true } } };
    await writeFile(fileIn(dir.path), JSON.stringify(held), { mode: 0o600 });
    const keeper = keeperIn(dir.path);
    for (const work of [keeper.read(), keeper.forget()])
      expect(await refusal(work)).toMatch(/^The credentials lie in .*, and GIGAHOST_KEYCHAIN is off\./);
    await keeper.keep(KEY);
    expect((await keeper.read())?.credentials).toEqual(KEY);
  });
});
