/** A name of which enough is left to know it again, and too little to learn it: k…@example.no, F…. */
export function masked(name: string): string {
  const [first = ''] = name;
  const at = name.lastIndexOf('@');
  return `${first}…${at > 0 ? name.slice(at) : ''}`;
}
