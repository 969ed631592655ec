/** What guards a session, loaded together with the first of them. */
export { fileJournal, noJournal } from '../guard/journal.js';
export { storeJournal } from '../guard/store-journal.js';
export { createPending } from '../guard/pending.js';
export { createFiles } from '../guard/files.js';
export { createScrubber } from '../guard/scrub.js';
export { createQueue } from '../guard/queue.js';
export { scopeOfAll } from '../guard/scope.js';
export { createEntries, createSecretDelivery, createSecretEntry } from '../guard/secrets/index.js';
export { allLimits, spendLimits } from '../guard/spend.js';
export { createTickets } from '../guard/tickets.js';
export { openStore } from '../store/index.js';
