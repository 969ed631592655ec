import { page, type Table } from '../../words/table.js';
import type { Cell } from '../../words/blocks.js';

/** What is read for one page. */
const MOST = 15;

/** A page of a list whose rows take one more read each: only those that may be on the page are read. */
export async function detailedPage<T>(
  columns: readonly string[],
  items: readonly T[],
  row: (item: T) => Promise<readonly Cell[]>,
  { cursor, key }: { readonly cursor: string | undefined; readonly key: readonly [string, ...unknown[]] },
): Promise<Table> {
  const how = { limit: MOST, cursor, key };
  const { rows: positions } = page(
    ['position'],
    items.map((_, position) => [position]),
    how,
  );
  const rows: (readonly Cell[])[] = items.map(() => []);
  await Promise.all(
    positions.map(async ([position]) => {
      const item = items[Number(position)];
      if (item !== undefined) rows[Number(position)] = await row(item);
    }),
  );
  return page(columns, rows, how);
}
