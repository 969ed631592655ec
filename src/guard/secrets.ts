import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Secret } from '../client/secret.js';
import { InputError } from '../inventory/input-error.js';

/** Brings secrets to a person without passing through the conversation. */
export interface SecretDelivery {
  /** @throws {InputError} when nothing could be delivered; call it before the change that makes the secret. */
  ready(): Promise<void>;
  /** Returns where the person finds it, in words. `title` names what it is for and becomes the first line: one line. */
  deliver(title: string, secrets: Readonly<Record<string, Secret | string>>): Promise<string>;
}

/** One file per delivery in the state directory, readable by the user alone. */
export function fileDelivery(stateDir: string): SecretDelivery {
  const folder = join(stateDir, 'secrets');
  return {
    async ready() {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await access(folder, constants.W_OK);
      } catch (error) {
        throw new InputError(
          `Secrets could not be handed over: ${folder} is not writable (${(error as NodeJS.ErrnoException).code}). Set GIGAHOST_STATE_DIR to a folder of your own.`,
        );
      }
    },
    async deliver(title, secrets) {
      const file = join(
        folder,
        `${title
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .slice(0, 60)}-${randomUUID().slice(0, 8)}.txt`,
      );
      const lines = Object.entries(secrets).map(
        ([name, value]) => `${name}: ${typeof value === 'string' ? value : value.reveal()}`,
      );
      await writeFile(file, [title, ...lines, ''].join('\n'), { mode: 0o600, flag: 'wx' });
      return `the file ${file} (readable by you alone)`;
    },
  };
}
