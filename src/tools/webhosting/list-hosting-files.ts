import * as z from 'zod';
import { hostingPath, readFolder } from '../../inventory/hosting-files.js';
import { findHosting, hostingName } from '../../inventory/hostings.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { Cursor, HostingName, HostingRef, Limit } from '../params.js';
import { defineRead } from '../tool.js';

const COLUMNS = ['name', 'type', 'size_bytes', 'modified_at'];

export const listHostingFiles = defineRead({
  name: 'list_hosting_files',
  title: 'List files of web hosting',
  effect: 'read',
  toolset: 'webhosting',
  partly: ['listFiles', 'getFileTree'],
  description: 'List a folder of a web hosting account.',
  input: z.strictObject({
    hosting: HostingRef,
    path: z.string().max(1000).default('/').describe('Folder, e.g. /public_html'),
    limit: Limit,
    cursor: Cursor,
  }),
  output: z.looseObject({
    hosting: HostingName,
    path: z.string(),
    ...TableOutput,
    readable: z.boolean().describe('False when the reply has a form unknown here'),
    complete: z.boolean().describe('False when the folder has more than could be read'),
  }),

  async read(context, { hosting, path: asked, limit, cursor }) {
    const { client, signal } = context;
    const account = await findHosting(context, hosting, { signal });
    const path = hostingPath(asked);
    const folder = await readFolder(client, account.id, path, { signal });
    const rows = (folder?.files ?? []).map(file => [
      file.name,
      file.folder === null ? null : file.folder ? 'folder' : 'file',
      file.folder ? null : file.size_bytes,
      file.modified_at,
    ]);
    return {
      hosting: hostingName(account),
      path,
      ...page(COLUMNS, rows, { limit, cursor, key: ['files', account.id, path] }),
      readable: folder !== null,
      complete: folder?.complete ?? false,
    };
  },

  say: output => {
    const where = `${output.hosting}:${output.path}`;
    if (!output.readable)
      return `What Gigahost says about ${where} has a form unknown here; the operation listFiles shows it as it is.`;
    if (output.total === 0) return `The folder ${where} is empty.`;
    return [
      ...tableWords(output, 'entries', where),
      !output.complete && `The folder has more than ${output.total} entries; the rest was not read.`,
    ];
  },
});
