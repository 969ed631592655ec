/** Takes the first thing a test picks out of a list; undefined when there is none. */
export function takeWhere<Thing>(list: Thing[], isMeant: (thing: Thing) => boolean): Thing | undefined {
  const index = list.findIndex(isMeant);
  return index === -1 ? undefined : list.splice(index, 1)[0];
}

/** Takes the object with that id out of a list; undefined when there is none. */
export const take = <Thing extends { readonly id: string }>(list: Thing[], id: string): Thing | undefined =>
  takeWhere(list, thing => thing.id === id);
