import type { Server } from '../client/api/servers.js';

/** What a server is doing now, in one word or two; the most pressing fact wins. */
export function stateOf(server: Server): string {
  if (server.cancelled) return 'cancelled';
  if (server.suspended) return 'suspended';
  if (server.installing) return 'installing';
  if (server.isNew) return 'being built';
  if (server.upgrading) return 'upgrading';
  if (server.inRescue) return 'rescue';
  if (server.up === null) return 'unknown';
  return server.up ? 'running' : 'down';
}

const KINDS = new Map<string | null, string>([
  ['vps', 'VPS'],
  ['dedicated', 'dedicated server'],
  [null, 'server'],
]);

/** "web01 (VPS 3523, 192.0.2.10)": enough for a person to be sure which machine is meant. */
export function describeServer(server: Server): string {
  const kind = KINDS.get(server.type) ?? server.type;
  return `${server.name} (${[`${kind} ${server.id}`, server.primaryAddress].filter(Boolean).join(', ')})`;
}

/** Upstream takes a server on or off only where it is hardware (wire note 5.2). */
export const isKvm = (server: Server): boolean => server.virtualization === 'kvm';
