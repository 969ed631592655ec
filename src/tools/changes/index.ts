import type { Tool } from '../tool.js';
import { approveChange } from './approve-change.js';
import { listChanges } from './list-changes.js';
import { listPendingChanges } from './list-pending-changes.js';
import { undoChange } from './undo-change.js';
import { withdrawChange } from './withdraw-change.js';

export const CHANGE_TOOLS: readonly Tool[] = [
  listChanges,
  undoChange,
  listPendingChanges,
  approveChange,
  withdrawChange,
];
