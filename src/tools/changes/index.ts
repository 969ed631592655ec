import type { Tool } from '../tool.js';
import { listChanges } from './list-changes.js';
import { undoChange } from './undo-change.js';

export const CHANGE_TOOLS: readonly Tool[] = [listChanges, undoChange];
