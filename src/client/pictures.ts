/** A picture as Gigahost sends it: base64, perhaps behind a data: prefix, of a type stated nowhere (wire note 7). */
export interface Picture {
  readonly data: string;
  readonly mimeType: 'image/png' | 'image/gif' | 'image/jpeg' | 'image/svg+xml';
}

/** The type told by the first bytes, or undefined when they are of no picture known here. */
export function sniffPicture(base64: string): Picture | undefined {
  const data = base64.replace(/^data:[^,]*,/, '').replace(/\s/g, '');
  const bytes = Buffer.from(data, 'base64');
  const starts = (...magic: number[]) => magic.every((byte, index) => bytes[index] === byte);
  const mimeType = starts(0x89, 0x50, 0x4e, 0x47)
    ? 'image/png'
    : starts(0x47, 0x49, 0x46, 0x38)
      ? 'image/gif'
      : starts(0xff, 0xd8, 0xff)
        ? 'image/jpeg'
        : /^\s*<(?:\?xml[\s\S]*<svg|svg)/.test(bytes.subarray(0, 1024).toString('utf8'))
          ? 'image/svg+xml'
          : undefined;
  return mimeType && { data: bytes.toString('base64'), mimeType };
}
