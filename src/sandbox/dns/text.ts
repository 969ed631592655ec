const CHUNK = 255;
const CHUNKS = /^"[^"]*"(?:\s+"[^"]*")*$/;

/**
 * The content of a TXT record as it is stored and listed; null for a refusal. Text above 255 octets has to come as
 * quoted chunks and loses the outermost quotes. Anywhere else a double quote is lost, and so are blanks at either end.
 */
export function textContent(sent: string): string | null {
  const text = sent.trim();
  const chunks = CHUNKS.test(text) ? [...text.matchAll(/"([^"]*)"/g)].map(([, chunk = '']) => chunk) : [bare(text)];
  if (chunks.some(chunk => Buffer.byteLength(chunk) > CHUNK)) return null;
  const stored = chunks.join('" "').trim();
  return stored === '' ? null : stored;
}

/** A text as it is stored: in chunks where it is long, without the outermost quotes. */
export const storedText = (text: string): string => (text.match(/.{1,255}/g) ?? []).join('" "');

const bare = (text: string): string => text.replaceAll('"', '');
