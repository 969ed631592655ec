/** `?a=1&b=2`, or nothing. Blanks and plus signs are percent-encoded: a record's value must arrive to the letter. */
export function queryOf(values: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(values).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [
          `${encodeURIComponent(name)}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`,
        ],
  );
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/**
 * Fills `{name}` placeholders of a path template; each value becomes exactly one segment.
 *
 * An empty id would turn "this server" into "all servers" (wire note 3.2), and `..` would climb, so both are refused
 * before anything is sent.
 * @throws {TypeError} when a value is missing or cannot be one segment.
 */
export function fillPath(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || !/^[^\s/\\?#%\p{C}]+$/u.test(value) || /^\.+$/.test(value)) {
      throw new TypeError(`"${name}" is not one path segment`);
    }
    return encodeURIComponent(value);
  });
}
