import type { Entry } from './journal.js';

export const CHANGE_COLUMNS = ['id', 'at', 'who', 'tool', 'what', 'outcome', 'reason', 'undo'];

/** What a list of changes shows of each. */
export const changeRow = (entry: Entry) => [
  entry.id,
  entry.at,
  entry.approved_by ? `${entry.principal}, approved by ${entry.approved_by}` : entry.principal,
  entry.tool,
  entry.what,
  entry.outcome,
  entry.reason,
  entry.undo !== null && entry.outcome === 'applied' && entry.after !== null,
];

const namesOf = ({ server }: Entry): string[] =>
  server
    ? [server.id, server.name, server.label, server.hostname].flatMap(word => (word ? [word.toLowerCase()] : []))
    : [];

interface Wanted {
  readonly server?: string | undefined;
  /** Its id, or its name as Gigahost spells it. */
  readonly zone?: string | undefined;
  readonly tool?: string | undefined;
  readonly since?: string | undefined;
}

/** The entries about one server (by anything it is called) or zone, by one tool, from a time on. */
export function keepingTo(entries: readonly Entry[], { server, zone, tool, since }: Wanted): Entry[] {
  const wanted = server?.toLowerCase();
  return entries.filter(
    entry =>
      (!wanted || namesOf(entry).includes(wanted)) &&
      (!zone || entry.zone === zone || entry.zone_id === zone) &&
      (!tool || entry.tool === tool) &&
      (!since || Date.parse(entry.at) >= Date.parse(since)),
  );
}
