import type { ApiKey } from '../../client/api/api-keys.js';
import { relative } from '../../words/text.js';

/** Whether something depends on a key, as far as its last use tells. */
export const lastUse = ({ last_used_at, last_used_ip }: ApiKey): string =>
  last_used_at === null
    ? 'Gigahost has seen no use of it.'
    : `It was last used ${relative(last_used_at)} (${last_used_at})${last_used_ip ? ` from ${last_used_ip}` : ''}: whatever does so stops working at once.`;
