/** What tools are grouped by; an operator chooses among them. */
export const TOOLSETS = ['servers', 'billing', 'account', 'changes'] as const;
export type Toolset = (typeof TOOLSETS)[number];
