import * as z from 'zod';

export const OperationName = z.string().trim().min(1).max(100).describe('Name from find_operation');
export const OperationArguments = z.looseObject({}).optional().describe('Its arguments; things by name or id');
