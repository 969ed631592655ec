import { getAccount } from './get-account.js';
import type { Tool } from '../tool.js';
import { getSpending } from './get-spending.js';
import { listInvoices } from './list-invoices.js';
import { topUpCredit } from './top-up-credit.js';

export const BILLING_TOOLS: readonly Tool[] = [getAccount, listInvoices, getSpending, topUpCredit];
