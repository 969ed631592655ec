export interface TreeEntry {
  /** Full path, such as "/public_html/index.php". */
  readonly path: string;
  /** Null for a folder. */
  readonly content: Buffer | null;
  readonly modifiedAt: number;
}

/** The files of a hosting account. Paths are absolute and clean; the folder "/" is always there. */
export class FileTree {
  readonly #entries = new Map<string, TreeEntry>();

  constructor(entries: Iterable<TreeEntry> = []) {
    for (const entry of entries) this.#entries.set(entry.path, entry);
  }

  find(path: string): TreeEntry | null {
    if (path === '/') return { path, content: null, modifiedAt: 0 };
    return this.#entries.get(path) ?? null;
  }

  isFolder(path: string): boolean {
    return this.find(path)?.content === null;
  }

  isFile(path: string): boolean {
    return this.content(path) !== null;
  }

  /** The bytes of a file, or null when there is no such file. */
  content(path: string): Buffer | null {
    return this.find(path)?.content ?? null;
  }

  /** What lies directly in a folder: folders first, then files, each by name. */
  list(folder: string): TreeEntry[] {
    return [...this.#entries.values()]
      .filter(({ path }) => parentOf(path) === folder)
      .sort((a, b) => Number(a.content !== null) - Number(b.content !== null) || compare(a.path, b.path));
  }

  /** The entry with that path and everything below it. */
  below(path: string): TreeEntry[] {
    return [...this.#entries.values()].filter(entry => isWithin(entry.path, path));
  }

  /** Writes a file, replacing the one that is there, and makes the folders above it. */
  write(path: string, content: Buffer | string, at: number): void {
    this.makeFolder(parentOf(path), at);
    this.#entries.set(path, { path, content: Buffer.from(content), modifiedAt: at });
  }

  /** Makes a folder and those above it. */
  makeFolder(path: string, at: number): void {
    if (path === '/' || this.#entries.has(path)) return;
    this.makeFolder(parentOf(path), at);
    this.#entries.set(path, { path, content: null, modifiedAt: at });
  }

  /** Puts an entry back as it was. */
  put(entry: TreeEntry): void {
    this.makeFolder(parentOf(entry.path), entry.modifiedAt);
    this.#entries.set(entry.path, entry);
  }

  /** Gives an entry, and everything below it, another path. */
  move(from: string, to: string): void {
    for (const entry of this.below(from)) {
      this.#entries.delete(entry.path);
      const path = to + entry.path.slice(from.length);
      this.#entries.set(path, { ...entry, path });
    }
  }

  /** Removes an entry with everything below it; "/" removes all there is. */
  remove(path: string): void {
    for (const entry of this.below(path)) this.#entries.delete(entry.path);
  }

  bytes(): number {
    return [...this.#entries.values()].reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
  }

  copy(): FileTree {
    return new FileTree(this.#entries.values());
  }
}

/** A path as the tree spells it, or null when it climbs out with "..". */
export function cleanPath(path: string): string | null {
  const segments = path.split('/').filter(segment => segment !== '' && segment !== '.');
  return segments.includes('..') ? null : `/${segments.join('/')}`;
}

export const joinPath = (folder: string, name: string): string => (folder === '/' ? `/${name}` : `${folder}/${name}`);

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

const isWithin = (path: string, folder: string): boolean =>
  folder === '/' || path === folder || path.startsWith(`${folder}/`);

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
