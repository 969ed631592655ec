import type { Store } from '../../store/index.js';
import type { SecretMode, SessionDelivery } from './delivery.js';
import { fileDelivery } from './file.js';
import { secretsFolder } from './folder.js';
import { inlineDelivery } from './inline.js';
import { loopback, type Door } from './loopback.js';
import { pageDelivery } from './page.js';
import type { PageWords } from './page-contents.js';
import { createPages, type SecretPages } from './pages.js';
import { keepSwept } from './sweeping.js';

export { createEntries } from './entries.js';
export { createSecretEntry, type SecretEntry } from './entry.js';
export { SECRET_MODES, type SecretDelivery, type SecretMode, type SessionDelivery } from './delivery.js';

/**
 * How somebody gets secrets, for as long as a session lives: pages on a port of this machine, unless they are `served`
 * elsewhere. Old files go in every mode.
 */
export function createSecretDelivery(
  mode: SecretMode,
  stateDir: string,
  store: Store,
  words: PageWords,
  served?: { readonly pages: SecretPages; readonly door: Door },
): SessionDelivery {
  const folder = secretsFolder(stateDir);
  const delivery = byMode();
  const sweeping = keepSwept(folder);
  return {
    ...delivery,
    async close() {
      await sweeping.stop();
      await delivery.close();
    },
  };

  function byMode(): SessionDelivery {
    switch (mode) {
      case 'file':
        return fileDelivery(folder);
      case 'page': {
        if (served) return pageDelivery(served.pages, served.door);
        const pages = createPages(store, words);
        return pageDelivery(pages, loopback(pages));
      }
      case 'inline':
        return inlineDelivery();
    }
  }
}
