import { fileRow, folderTree } from '../encode/hosting-files.js';
import { invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { cleanPath, nameOf, parentOf } from '../world/file-tree.js';
import type { HostingAccount } from '../world/hosting-records.js';
import { hostingRoute } from './hosting-route.js';

const DEFAULT_PAGE_SIZE = '50';

export const hostingFileRoutes: Route[] = [
  hostingRoute('GET', '/files/tree', readTree),
  hostingRoute('GET', '/files/list', listFolder),
  hostingRoute('GET', '/files/edit', readText),
  hostingRoute('GET', '/files/download', download),
];

/** A file sent as it is, under its name. */
export const fileReply = (name: string, content: Buffer): Reply => ({
  status: 200,
  meta: null,
  raw: {
    body: content,
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${asciiOf(name)}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  },
});

const asciiOf = (name: string): string => name.replace(/[^ -~]|["\\]/g, '_');

/** The path a request asks for; null when it climbs out of the account. */
const askedPath = ({ query }: Call): string | null => cleanPath(query.get('path') ?? '/');

function readTree({ files }: HostingAccount, call: Call): Reply {
  const path = askedPath(call);
  if (path === null) return invalidData();
  return files.isFolder(path) ? ok({ tree: folderTree(files, path) }) : notFound();
}

function listFolder({ files }: HostingAccount, call: Call): Reply {
  const path = askedPath(call);
  const [page, size] = [call.query.get('page') ?? '1', call.query.get('ipp') ?? DEFAULT_PAGE_SIZE];
  if (path === null || ![page, size].every(text => /^[1-9][0-9]{0,5}$/.test(text))) return invalidData();
  if (!files.isFolder(path)) return notFound();
  const entries = files.list(path);
  const start = (Number(page) - 1) * Number(size);
  return ok({
    path,
    page: Number(page),
    ipp: size,
    pages: Math.max(1, Math.ceil(entries.length / Number(size))),
    total: String(entries.length),
    files: entries.slice(start, start + Number(size)).map(fileRow),
  });
}

function readText({ files }: HostingAccount, call: Call): Reply {
  const path = askedPath(call);
  if (path === null || path === '/') return invalidData();
  const content = files.content(path);
  if (content === null) return notFound();
  if (content.includes(0)) return refused(400, 'File cannot be edited.');
  return ok({ path: parentOf(path), filename: nameOf(path), text: content.toString('utf8') });
}

function download({ files }: HostingAccount, call: Call): Reply {
  const path = askedPath(call);
  if (path === null || path === '/') return invalidData();
  const content = files.content(path);
  return content === null ? notFound() : fileReply(nameOf(path), content);
}
