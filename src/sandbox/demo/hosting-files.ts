import { encode } from 'fast-png';
import { seededRandom } from '../random.js';
import type { FileTree } from '../world/file-tree.js';
import { DAY, MINUTE } from '../times.js';

const PICTURES = 64;
const SHADES = ['lys', 'mellom', 'mørk'] as const;
const PICTURE_SIDE = 16;
const LOG_LINES = 2000;

const COMPLAINTS = [
  'PHP Deprecated:  Creation of dynamic property Fjord_Theme::$cache is deprecated in /public_html/wp-content/themes/fjord/functions.php on line 41',
  'PHP Warning:  Undefined array key "roast" in /public_html/wp-content/themes/fjord/single-product.php on line 118',
  'AH01276: Cannot serve directory /public_html/wp-content/uploads/: No matching DirectoryIndex (index.php,index.html) found',
  'PHP Warning:  file_get_contents(): SSL operation failed with code 1 in /public_html/wp-includes/class-wp-http.php on line 402',
] as const;

/** Pictures of one month's uploads: more than one page of a folder. */
export function addPictures(files: FileTree, now: number): void {
  const logo = picture('logo');
  const shades = SHADES.map(picture);
  for (let number = 1; number <= PICTURES; number += 1) {
    const path = `/public_html/wp-content/uploads/2026/09/kaffe-${String(number).padStart(2, '0')}.png`;
    files.write(path, shades[number % shades.length] ?? logo, now - 20 * DAY - (PICTURES - number) * 6 * MINUTE);
  }
  files.write('/public_html/wp-content/uploads/logo.png', logo, now - 400 * DAY);
}

/** An error log of some weeks, oldest line first. */
export function addErrorLog(files: FileTree, now: number): void {
  const random = seededRandom('fjordkaffe.no error.log');
  const lines = Array.from({ length: LOG_LINES }, (_, index) => {
    const at = now - (LOG_LINES - index) * 14 * MINUTE;
    const complaint = COMPLAINTS[Math.floor(random() * COMPLAINTS.length)] ?? COMPLAINTS[0];
    const client = `203.0.113.${1 + Math.floor(random() * 250)}`;
    return `[${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}] [client ${client}] ${complaint}`;
  });
  files.write('/logs/error.log', `${lines.join('\n')}\n`, now);
}

/** A small square in a shade of coffee of its own. */
function picture(seed: string): Buffer {
  const random = seededRandom(seed);
  const [red, green, blue] = [90 + random() * 90, 50 + random() * 60, 20 + random() * 40];
  const data = Uint8Array.from({ length: PICTURE_SIDE * PICTURE_SIDE * 3 }, (_, index) =>
    Math.min(255, ([red, green, blue][index % 3] ?? 0) + random() * 24),
  );
  return Buffer.from(encode({ width: PICTURE_SIDE, height: PICTURE_SIDE, data, channels: 3 }));
}
