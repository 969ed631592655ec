import type { Effect } from '../client/effect.js';
import type { Offered } from '../guard/principal.js';
import { allows, ROLES, roleWords, type Role } from '../guard/roles.js';
import { DEFAULT_TOOLSETS, type Toolset } from '../toolsets.js';

/** What the operator switched on. */
export interface Selection extends Omit<Offered, 'onlyServers' | 'onlyZones'> {
  /** What the caller may do at most; absent where that is everything. */
  readonly role?: Role;
  /** Whether there are changes that a second person has to approve. */
  readonly approvals?: boolean;
}

export interface Selectable {
  readonly name: string;
  readonly effect: Effect;
  readonly toolset: Toolset;
  /** Whether it hands over to others, each of which is as strong as it is. */
  readonly relays: boolean;
  /** Only of use where changes wait for a second person. */
  readonly fourEyes?: boolean | undefined;
}

/**
 * Why a tool is switched off, or undefined when it is on. It is on where each of the selections has it on: that of the
 * server, then that of the principal, which can take away and not add. The order within one is fixed: read-only, role,
 * then exclude, then include, then toolset. Tools included by name stand alone unless toolsets are chosen beside them.
 */
export const whyOff = (tool: Selectable, selections: readonly Selection[]): string | undefined =>
  whyUseless(tool, selections) ?? firstOf(selections, selection => whyOffIn(tool, selection));

/** Why a tool must not be used in any way, also not by way of another: a tool that is merely not listed may be. */
export const whyBarred = (tool: Selectable, selections: readonly Selection[]): string | undefined =>
  whyUseless(tool, selections) ?? firstOf(selections, selection => whyBarredIn(tool, selection));

/** What has no purpose here is not there: it would cost context in every conversation. */
const whyUseless = ({ fourEyes = false }: Selectable, selections: readonly Selection[]): string | undefined =>
  fourEyes && !selections.some(({ approvals }) => approvals)
    ? 'nobody has to approve changes here (--four-eyes)'
    : undefined;

const firstOf = <T, R>(all: readonly T[], look: (one: T) => R | undefined): R | undefined => {
  for (const one of all) {
    const found = look(one);
    if (found !== undefined) return found;
  }
  return undefined;
};

function whyOffIn(tool: Selectable, selection: Selection): string | undefined {
  const barred = whyBarredIn(tool, selection);
  if (barred !== undefined) return barred;
  const { name, toolset } = tool;
  const { toolsets, tools } = selection;
  if (tools.includes(name)) return undefined;
  if (toolsets === 'all') return undefined;
  if (toolsets === undefined && tools.length > 0) return 'only some tools are on (--tools)';
  return (toolsets ?? DEFAULT_TOOLSETS).includes(toolset) ? undefined : `the toolset ${toolset} is not on (--toolsets)`;
}

function whyBarredIn(
  { name, effect, relays }: Selectable,
  { readOnly, excludeTools, role }: Selection,
): string | undefined {
  if (readOnly && effect !== 'read') return 'this server only looks (--read-only)';
  // What hands over is judged by what it hands over to, unless nothing it could hand over to is allowed.
  if (role && (relays && effect !== 'read' ? role === 'viewer' : !allows(role, effect))) return roleWords(role, effect);
  return excludeTools.includes(name) ? 'it is excluded (--exclude-tools)' : undefined;
}

/** The names of a selection that no tool has. */
export const unknownNames = (
  { tools, excludeTools }: Pick<Selection, 'tools' | 'excludeTools'>,
  known: readonly Pick<Selectable, 'name'>[],
): string[] => [...tools, ...excludeTools].filter(name => !known.some(tool => tool.name === name));

/** What holds for the whole server, then what holds for one principal. */
export function selectionsOf(
  server: Selection,
  principal: Omit<Selection, 'role'> & { readonly role: Role },
): readonly Selection[] {
  const chose = ({ toolsets, tools }: Selection): boolean => toolsets !== undefined || tools.length > 0;
  // Where the one chose nothing, the choice of the other stands alone.
  return [
    chose(principal) && !chose(server) ? { ...server, toolsets: 'all' } : server,
    chose(principal) ? principal : { ...principal, toolsets: 'all' },
  ];
}

/** The least role, up to that one, in which a tool that is off would be on; undefined where it is off for another reason. */
export const roleThatHelps = (
  tool: Selectable,
  server: Selection,
  principal: Parameters<typeof selectionsOf>[1],
  most: Role,
): Role | undefined =>
  ROLES.slice(0, ROLES.indexOf(most) + 1).find(
    role => whyOff(tool, selectionsOf(server, { ...principal, role })) === undefined,
  );
