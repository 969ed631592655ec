import { done, invalidData, notFound, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { cleanPath, joinPath, nameOf } from '../world/file-tree.js';
import type { HostingAccount } from '../world/hosting-records.js';
import { fits } from '../world/hosting-usage.js';
import { hostingRoute, textFrom } from './hosting-route.js';

export const hostingFileChangeRoutes: Route[] = [
  hostingRoute('POST', '/files/save', saveFile),
  hostingRoute('POST', '/files/create', createFile),
  hostingRoute('POST', '/files/folder', createFolder),
  hostingRoute('POST', '/files/rename', rename),
  hostingRoute('POST', '/files/delete', deleteFiles),
  hostingRoute('POST', '/files/upload', upload),
];

export const quotaExceeded = (): Reply => refused(400, 'Disk quota exceeded.');

const pathFrom = (value: unknown): string | null => (typeof value === 'string' ? cleanPath(value) : null);

/** A name of one file or folder, without a way into another. */
function nameFrom(value: unknown): string | null {
  const name = textFrom(value);
  return name === null || name === '.' || name === '..' || /[\p{Cc}\p{Cs}/]/u.test(name) ? null : name;
}

interface NewFile {
  readonly name: string;
  readonly content: Buffer;
}

/** Writes files into a folder over those that are there, all of them or none. */
function write(account: HostingAccount, { world }: Call, folder: string, newFiles: readonly NewFile[]): Reply | null {
  const { files } = account;
  if (!files.isFolder(folder)) return notFound();
  const targets = newFiles.map(({ name, content }) => ({ path: joinPath(folder, name), content }));
  if (targets.some(({ path }) => files.isFolder(path))) return refused(400, 'A folder of this name already exists.');
  const growth = targets.reduce(
    (sum, { path, content }) => sum + content.length - (files.content(path)?.length ?? 0),
    0,
  );
  if (growth > 0 && !fits(world.hosting, account, growth)) return quotaExceeded();
  for (const { path, content } of targets) files.write(path, content, world.now());
  return null;
}

function saveFile(account: HostingAccount, call: Call): Reply {
  const { path, filename, text = '' } = call.body;
  const [folder, name] = [pathFrom(path), nameFrom(filename)];
  if (folder === null || name === null || typeof text !== 'string') return invalidData();
  return write(account, call, folder, [{ name, content: Buffer.from(text) }]) ?? done('File has been saved.', []);
}

// What happens to a file of that name is not known; here it is emptied, the worse case.
function createFile(account: HostingAccount, call: Call): Reply {
  const [folder, name] = [pathFrom(call.body.path), nameFrom(call.body.filename)];
  if (folder === null || name === null) return invalidData();
  return write(account, call, folder, [{ name, content: Buffer.alloc(0) }]) ?? done('File has been created.', []);
}

function createFolder({ files }: HostingAccount, { world, body }: Call): Reply {
  const [parent, name] = [pathFrom(body.path), nameFrom(body.name)];
  if (parent === null || name === null) return invalidData();
  if (!files.isFolder(parent)) return notFound();
  const path = joinPath(parent, name);
  if (files.find(path) !== null) return refused(400, 'File already exists.');
  files.makeFolder(path, world.now());
  return done('Folder has been created.', []);
}

function rename({ files }: HostingAccount, { body }: Call): Reply {
  const [folder, old, name] = [pathFrom(body.path), nameFrom(body.old), nameFrom(body.filename)];
  if (folder === null || old === null || name === null) return invalidData();
  const [from, to] = [joinPath(folder, old), joinPath(folder, name)];
  if (files.find(from) === null) return notFound();
  if (files.find(to) !== null) return refused(400, 'File already exists.');
  files.move(from, to);
  return done('File has been renamed.', []);
}

// Nothing says that "/" is refused: it takes everything.
function deleteFiles({ files }: HostingAccount, { body }: Call): Reply {
  const given: unknown[] = Array.isArray(body.paths) ? body.paths : [];
  const paths = given.map(path => (path === '' ? null : pathFrom(path))).filter(path => path !== null);
  if (paths.length === 0 || paths.length < given.length) return invalidData();
  if (paths.some(path => files.find(path) === null)) return notFound();
  for (const path of paths) files.remove(path);
  return done('Files have been deleted.', []);
}

// Whether several files come as "files" or "files[]" is not stated: both will do.
function upload(account: HostingAccount, call: Call): Reply {
  const sent = call.files.filter(({ field }) => field === 'files' || field === 'files[]');
  const newFiles = sent.map(({ name, content }) => ({ name: nameOf(name), content }));
  const folder = pathFrom(call.body.path ?? '/');
  if (folder === null || sent.length === 0 || newFiles.some(({ name }) => nameFrom(name) === null))
    return invalidData();
  return write(account, call, folder, newFiles) ?? done('Files have been uploaded.', []);
}
