/** What tools are grouped by; an operator chooses among them. */
export const TOOLSETS = [
  'servers',
  'dns',
  'billing',
  'deploy',
  'domains',
  'account',
  'bgp',
  'webhosting',
  'operations',
  'changes',
] as const;
export type Toolset = (typeof TOOLSETS)[number];

/** What most people need. Whatever else there is, the operations reach. */
export const DEFAULT_TOOLSETS: readonly Toolset[] = ['servers', 'dns', 'billing', 'operations', 'changes'];
