import * as z from 'zod';

export const PendingId = z.string().trim().toLowerCase().min(1).max(40).describe('id from list_pending_changes');
