import * as z from 'zod';
import { Cursor } from '../params.js';
import { defineRelay } from '../tool.js';
import { OperationArguments, OperationName } from './params.js';
import { relayOf } from './target.js';

export const readOperation = defineRelay({
  name: 'read_operation',
  title: 'Read by an operation',
  effect: 'read',
  toolset: 'operations',
  description: 'Call an operation that only looks, or a read tool that is not listed, as found with find_operation.',
  input: z.strictObject({ operation: OperationName, arguments: OperationArguments, cursor: Cursor }),
  output: z.looseObject({ operation: z.string().optional() }),
  relay: (context, call) => relayOf(call, true, context),
});
