import type { IncomingMessage } from 'node:http';

const LIMIT_BYTES = 1_000_000;
// A peer that keeps sending after the limit is cut off here instead of being read to the end.
const PATIENCE_BYTES = 16 * LIMIT_BYTES;

export type ReadBody = { readonly tooLarge: true } | { readonly tooLarge: false; readonly body: unknown };

/** The request body: parsed JSON, the text itself when it is not JSON, undefined when empty. Rejects if the peer leaves. */
export async function readBody(request: IncomingMessage): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > PATIENCE_BYTES) break;
    if (size <= LIMIT_BYTES) chunks.push(chunk);
  }
  if (size > LIMIT_BYTES) return { tooLarge: true };
  return { tooLarge: false, body: parsed(Buffer.concat(chunks).toString('utf8')) };
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
