/** Names that stand for a device in every folder, whatever comes after a full stop. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;

/**
 * Why Windows would take a path that leads on from a folder for something else than the file of that name: a device, a
 * stream of another file, or a name without what its end is cut off by. Undefined where it would not, and elsewhere.
 */
export function otherwiseTaken(path: string, platform: NodeJS.Platform = process.platform): string | undefined {
  if (platform !== 'win32') return undefined;
  for (const segment of path.split(/[\\/]/)) {
    if (segment.includes(':')) return 'a name with a colon is a stream of another file on Windows';
    if (DEVICE.test(segment)) return `${segment} is a device on Windows`;
    if (!/^\.{0,2}$/.test(segment) && /[. ]$/.test(segment)) return 'Windows drops a full stop or a blank at the end';
  }
  return undefined;
}
