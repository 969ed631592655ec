import { quotedSeconds, type WireRecord } from '../wire.js';
import { nameOf, type FileTree, type TreeEntry } from '../world/file-tree.js';

export const fileRow = ({ path, content, modifiedAt }: TreeEntry): WireRecord => ({
  name: nameOf(path),
  path,
  type: content === null ? 'folder' : 'file',
  size: String(content?.length ?? 0),
  permission: content === null ? '755' : '644',
  date: quotedSeconds(modifiedAt),
});

/** A folder and the folders below it. */
export const folderTree = (files: FileTree, path: string): WireRecord => ({
  name: nameOf(path),
  path,
  children: files
    .list(path)
    .filter(({ content }) => content === null)
    .map(folder => folderTree(files, folder.path)),
});
