import type { TreeEntry } from './file-tree.js';

const BLOCK = 512;

/** A tar archive (ustar) of files and folders, with the same bytes for the same entries. */
export function tar(entries: readonly TreeEntry[]): Buffer {
  const parts = entries.flatMap(entry => {
    const content = entry.content ?? Buffer.alloc(0);
    return [header(entry, content.length), content, Buffer.alloc(-content.length & (BLOCK - 1))];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function header({ path, content, modifiedAt }: TreeEntry, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const isFolder = content === null;
  block.write(path.slice(1) + (isFolder ? '/' : ''), 0, 100);
  block.write(octal(isFolder ? 0o755 : 0o644, 7), 100);
  block.write(octal(1000, 7), 108);
  block.write(octal(1000, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(Math.floor(modifiedAt / 1000), 11), 136);
  block.write(' '.repeat(8), 148);
  block.write(isFolder ? '5' : '0', 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
