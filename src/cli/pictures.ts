import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigError } from '../config.js';

interface Image {
  readonly name: string;
  readonly data: string;
  readonly mimeType: string;
}

/** Saves a picture under the given name, or under its own in the working directory, never over another file. */
export async function savePicture({ name, data, mimeType }: Image, file?: string): Promise<string> {
  const bytes = Buffer.from(data, 'base64');
  const ending = mimeType.replace('image/', '').replace('+xml', '').replace('jpeg', 'jpg');
  const stem = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  for (let copy = 1; ; copy += 1) {
    const path = resolve(file ?? `${stem}${copy > 1 ? `-${copy}` : ''}.${ending}`);
    try {
      await writeFile(path, bytes, { flag: 'wx' });
      return path;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST' && file === undefined) continue;
      throw new ConfigError(code === 'EEXIST' ? `${path} exists already.` : `${path} cannot be written (${code}).`);
    }
  }
}
