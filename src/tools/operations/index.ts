import type { Tool } from '../tool.js';
import { findOperation } from './find-operation.js';
import { readOperation } from './read-operation.js';
import { runOperation } from './run-operation.js';

export const OPERATION_TOOLS: readonly Tool[] = [findOperation, readOperation, runOperation];
