import type { Prompt } from './prompt.js';
import { serverNames } from './values.js';

export const fleetHealth: Prompt = {
  name: 'fleet-health',
  title: 'Health of all servers',
  description: 'What is down, attacked, old, unpaid or about to expire, and what needs doing. Only looks.',
  arguments: {
    servers: { description: 'Only servers with this in their name; empty for all', complete: serverNames },
  },
  needs: ['list_servers', 'get_server'],
  uses: ['list_snapshots', 'list_invoices', 'list_dns_zones'],
  text: ({
    servers,
  }) => `Check the health of my servers${servers ? ` that match ${servers}` : ''} and tell me what needs doing. Only look, change nothing.

1. list_servers${servers ? ` with query=${servers}` : ''}, to its last page: what is not running, and which systems are past their end of life.
2. get_server for each that is not running, and for the others too where there are at most 20: attacks and nullrouted addresses, disks that are not ok, traffic near its limit, an order that is cancelled or overdue. Something that is installing or being built: since when.
3. list_snapshots for the same servers: the age of the newest completed one. None, or older than 30 days, is a finding. Dedicated servers have no snapshots: ask me how those are backed up.
4. list_invoices with status="unpaid": overdue ones first.
5. list_dns_zones: domains registered here that expire within 60 days, those that do not renew by themselves first.

Begin with one line: is anything wrong now? Then a table with a row for each server: name, state, system, newest snapshot, remark. Then what needs doing, most urgent first, each with why, what would do it, and what it interrupts or costs. Keep it short: leave out what is fine, and never count as fine what you could not read; say so instead. If there are too many servers to look at each, say which you left out. Do nothing about any of it until I say which.`,
};
