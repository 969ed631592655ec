import { InputError } from '../../inventory/input-error.js';
import { NOTHING_LEFT, revealed, type SessionDelivery } from './delivery.js';
import type { SecretsFolder } from './folder.js';

/** One file per delivery, readable by the user alone. */
export const fileDelivery = (folder: SecretsFolder): SessionDelivery => ({
  ...NOTHING_LEFT,
  async ready() {
    try {
      await folder.prepare();
    } catch (error) {
      throw new InputError(
        `Secrets could not be handed over: ${folder.path} is not writable (${(error as NodeJS.ErrnoException).code}). Set GIGAHOST_STATE_DIR to a folder of your own.`,
      );
    }
  },
  async deliver(title, secrets) {
    const lines = revealed(secrets).map(([name, value]) => `${name}: ${value}`);
    const file = await folder.write(title, [title, ...lines, ''].join('\n'));
    return `the file ${file} (readable by you alone, deleted after 24 hours)`;
  },
});
