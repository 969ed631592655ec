/** "a, b, c, and 12 more": enough of a list to choose from, never all of a long one. */
export function some(items: readonly string[], { most = 20, between = ', ' } = {}): string {
  const more = items.length - most;
  return [...items.slice(0, most), ...(more > 0 ? [`and ${more} more`] : [])].join(between);
}
