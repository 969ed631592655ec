import { en } from '../../../src/lang/en.js';
import { chmod, lutimes, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { Secret } from '../../../src/client/secret.js';
import { createSecretDelivery } from '../../../src/guard/secrets/index.js';
import { memoryStore } from '../../../src/store/index.js';
import { openStateDir } from './support/state-dir.js';

afterEach(() => void vi.useRealTimers());

const fileIn = (words: string): string =>
  /^the file (.*) \(readable by you alone, deleted after 24 hours\)$/.exec(words)?.[1] ?? '';
const HOURS = 60 * 60_000;
/** Makes a file as old as that. */
const age = (file: string, ms: number) => lutimes(file, new Date(Date.now() - ms), new Date(Date.now() - ms));

async function deliverOne(stateDir: string, title = 'Root password of web01 (VPS 18101)'): Promise<string> {
  const delivery = createSecretDelivery('file', stateDir, memoryStore(), en.page);
  await delivery.ready();
  const words = await delivery.deliver(title, { user: 'root', password: new Secret('correct horse') });
  await delivery.close();
  return fileIn(words);
}

test('a file holds the title and the values, and nobody but the user can read it or its folder', async () => {
  await using dir = await openStateDir();
  await mkdir(dir.folder);
  await chmod(dir.folder, 0o755);
  const file = await deliverOne(dir.path);
  expect(await readFile(file, 'utf8')).toBe(
    'Root password of web01 (VPS 18101)\nuser: root\npassword: correct horse\n',
  );
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(dir.folder)).mode & 0o777).toBe(0o700);
});

test('a title of any characters stays in the folder', async () => {
  await using dir = await openStateDir();
  const titles = ['../../../etc/passwd', '/', '', 'Ærø ✂', 'x'.repeat(500)];
  for (const title of titles) await deliverOne(dir.path, title);
  expect(await readdir(dir.path)).toEqual(['secrets']);
  expect(await readdir(dir.folder)).toHaveLength(titles.length);
});

test('a file older than 24 hours is gone when the next session opens, whatever that one delivers by', async () => {
  for (const mode of ['file', 'page', 'inline'] as const) {
    await using dir = await openStateDir();
    const [old, young] = [await deliverOne(dir.path), await deliverOne(dir.path)];
    await age(old, 24 * HOURS + 1000);
    await age(young, 23 * HOURS);
    await createSecretDelivery(mode, dir.path, memoryStore(), en.page).close();
    expect(await readdir(dir.folder), mode).toEqual([young.slice(dir.folder.length + 1)]);
  }
});

test('a file that turns 24 hours old while a session lives goes as well', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  await using dir = await openStateDir();
  const delivery = createSecretDelivery('file', dir.path, memoryStore(), en.page);
  await delivery.ready();
  const file = fileIn(await delivery.deliver('Password', { password: 'x' }));
  await age(file, 25 * HOURS);
  vi.advanceTimersByTime(10 * 60_000);
  await delivery.close();
  expect(await readdir(dir.folder)).toEqual([]);
});

test('what somebody else put into the folder stays, however old', async () => {
  await using dir = await openStateDir();
  const own = await deliverOne(dir.path);
  await writeFile(join(dir.path, 'outside.txt'), 'precious');
  const others = ['notes.txt', 'root-password-deadbeef.txt', `${own.slice(dir.folder.length + 1)}.bak`, '.hidden'];
  for (const name of others) await writeFile(join(dir.folder, name), 'mine');
  const likeOurs = (n: number) => `x-00000000-0000-4000-8000-00000000000${n}.txt`;
  await mkdir(join(dir.folder, likeOurs(1)));
  await symlink(join(dir.path, 'outside.txt'), join(dir.folder, likeOurs(2)));
  for (const name of await readdir(dir.folder)) await age(join(dir.folder, name), 1000 * HOURS);
  await createSecretDelivery('file', dir.path, memoryStore(), en.page).close();
  expect((await readdir(dir.folder)).sort()).toEqual([...others, likeOurs(1), likeOurs(2)].sort());
  expect(await readFile(join(dir.path, 'outside.txt'), 'utf8')).toBe('precious');
});

test('where no file can be written, that is said before anything is changed', async () => {
  await using dir = await openStateDir();
  await writeFile(dir.folder, 'a file in the way');
  const delivery = createSecretDelivery('file', dir.path, memoryStore(), en.page);
  await expect(delivery.ready()).rejects.toThrow(/could not be handed over: .*secrets is not writable \(E\w+\)/);
  await delivery.close();
  expect(await readFile(dir.folder, 'utf8')).toBe('a file in the way');
});
