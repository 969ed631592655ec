export { entryFor, type Client, type Entry, type Env } from './client.js';
export { startCommand, steadyNode, type Running } from './command.js';
export { openChanges, type Change, type Undone } from './changes.js';
export { planEntry, readEntries, readEntry, type Edit, type NamedEntry } from './entries.js';
export { withEntry } from './document.js';
export { findClients, type FoundClient } from './find.js';
export { Refusal, type Why } from './refusal.js';
export { startAndList, type Started } from './start-and-list.js';
