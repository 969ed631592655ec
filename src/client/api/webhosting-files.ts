import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing, type FileReply } from '../endpoint.js';
import { contents, untyped } from '../untyped.js';
import { upload } from '../upload.js';

const HostingId = z.object({ id: idOf('hosting') });
const folder = z.string().min(1).describe('Folder, from /');
const filename = z.string().min(1);
const File = z.object({ path: z.string().min(1).describe('Whole path, from /') });
/** The whole site is not one of the things to be deleted, however it is spelled. */
const Deletable = z.string().regex(/^(?!.*(^|\/)\.\.(\/|$)).*[^/.\s]/s, 'not the path of a file or folder');

/** Shape not documented. */
export const getFileTree = defineEndpoint({
  id: 'getFileTree',
  does: 'read the folder tree',
  method: 'GET',
  path: '/webhosting/{id}/files/tree',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  query: z.object({ path: folder.optional() }),
  refusals: { 404: 'The account has no folder of that path.' },
  decode: fromData(untyped),
});

/** Shape not documented. */
export const listFiles = defineEndpoint({
  id: 'listFiles',
  does: 'list the folder',
  method: 'GET',
  path: '/webhosting/{id}/files/list',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  query: z.object({
    path: folder.optional(),
    page: z.int().min(1).optional(),
    ipp: z.int().min(1).optional().describe('Entries a page; 50 when left out'),
  }),
  refusals: { 404: 'The account has no folder of that path.' },
  decode: fromData(untyped),
});

/** Files may hold passwords, so what is in one is a secret as a whole. */
export const readFile = defineEndpoint({
  id: 'readFile',
  does: 'read the file',
  method: 'GET',
  path: '/webhosting/{id}/files/edit',
  effect: 'read',
  repeatable: true,
  secrets: ['data'],
  params: HostingId,
  query: File,
  refusals: { 404: 'The account has no file of that path.' },
  decode: fromData(contents),
});

export const downloadFile = defineEndpoint({
  id: 'downloadFile',
  does: 'download the file',
  method: 'GET',
  path: '/webhosting/{id}/files/download',
  effect: 'read',
  replies: 'file',
  repeatable: true,
  secrets: ['body'],
  params: HostingId,
  query: File,
  refusals: { 404: 'The account has no file of that path.' },
  decode: reply => reply.data as FileReply,
});

/** Overwrites without warning. */
export const saveFile = defineEndpoint({
  id: 'saveFile',
  does: 'write the file',
  method: 'POST',
  path: '/webhosting/{id}/files/save',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: HostingId,
  body: z.object({
    path: folder,
    filename,
    text: z
      .string()
      .optional()
      .describe('All of the new contents: what was in the file is lost. Left out, it may be emptied'),
  }),
  decode: nothing,
});

export const renameFile = defineEndpoint({
  id: 'renameFile',
  does: 'rename the file or folder',
  method: 'POST',
  path: '/webhosting/{id}/files/rename',
  effect: 'disrupt',
  repeatable: false,
  secrets: [],
  params: HostingId,
  body: z.object({
    path: folder.describe('Folder it is in'),
    old: z.string().min(1).describe('Present name'),
    filename: filename.describe('New name'),
  }),
  decode: nothing,
});

export const createFolder = defineEndpoint({
  id: 'createFolder',
  does: 'create the folder',
  method: 'POST',
  path: '/webhosting/{id}/files/folder',
  effect: 'create',
  repeatable: true,
  secrets: [],
  params: HostingId,
  body: z.object({ path: folder.describe('Parent folder, from /'), name: z.string().min(1) }),
  decode: nothing,
});

/** A file of that name might be emptied: nobody knows. */
export const createFile = defineEndpoint({
  id: 'createFile',
  does: 'create the empty file',
  method: 'POST',
  path: '/webhosting/{id}/files/create',
  effect: 'create',
  repeatable: false,
  secrets: [],
  params: HostingId,
  body: z.object({ path: folder, filename }),
  decode: nothing,
});

export const deleteFiles = defineEndpoint({
  id: 'deleteFiles',
  does: 'delete the files',
  method: 'POST',
  path: '/webhosting/{id}/files/delete',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: HostingId,
  body: z.object({ paths: z.array(Deletable).min(1).describe('Whole paths of files or folders, from /') }),
  decode: nothing,
});

/** Files of the same name are overwritten without warning. */
export const uploadFiles = defineEndpoint({
  id: 'uploadFiles',
  does: 'upload the files',
  method: 'POST',
  path: '/webhosting/{id}/files/upload',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: HostingId,
  body: z.object({ files: z.array(upload).min(1), path: folder.optional().describe('Target folder; / when left out') }),
  decode: nothing,
});
