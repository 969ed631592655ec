/** Takes the object with that id out of a list; undefined when there is none. */
export function take<Thing extends { readonly id: string }>(list: Thing[], id: string): Thing | undefined {
  const index = list.findIndex(thing => thing.id === id);
  return index === -1 ? undefined : list.splice(index, 1)[0];
}
