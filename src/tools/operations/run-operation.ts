import * as z from 'zod';
import { defineRelay } from '../tool.js';
import { OperationArguments, OperationName } from './params.js';
import { relayOf } from './target.js';

export const runOperation = defineRelay({
  name: 'run_operation',
  title: 'Run an operation',
  effect: 'purchase',
  toolset: 'operations',
  description:
    'Call an operation that changes something, or a tool that is not listed, as found with find_operation. What interrupts, erases or costs money asks the person first.',
  input: z.strictObject({ operation: OperationName, arguments: OperationArguments }),
  output: z.looseObject({ operation: z.string() }),
  relay: (context, call) => relayOf(call, false, context),
});
