import type { IncomingMessage } from 'node:http';

const LIMIT_BYTES = 1_000_000;
const UPLOAD_LIMIT_BYTES = 32_000_000;
// A peer that keeps sending after the limit is cut off here instead of being read to the end.
const PATIENCE = 2;

export interface UploadedFile {
  readonly field: string;
  readonly name: string;
  readonly content: Buffer;
}

export type ReadBody =
  | { readonly tooLarge: true }
  | { readonly tooLarge: false; readonly body: unknown; readonly files: readonly UploadedFile[] };

/** The request body: parsed JSON or form fields, the text itself when it is neither, undefined when empty. Rejects if the peer leaves. */
export async function readBody(request: IncomingMessage): Promise<ReadBody> {
  const type = request.headers['content-type'] ?? '';
  const isForm = type.startsWith('multipart/form-data');
  const limit = isForm ? UPLOAD_LIMIT_BYTES : LIMIT_BYTES;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > PATIENCE * UPLOAD_LIMIT_BYTES) break;
    if (size <= limit) chunks.push(chunk);
  }
  if (size > limit) return { tooLarge: true };
  const bytes = Buffer.concat(chunks);
  if (isForm) return { tooLarge: false, ...(await form(bytes, type)) };
  return { tooLarge: false, body: parsed(bytes.toString('utf8')), files: [] };
}

async function form(bytes: Buffer, type: string): Promise<{ body: unknown; files: UploadedFile[] }> {
  const body: Record<string, unknown> = {};
  const files: UploadedFile[] = [];
  const entries = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData().then(
    data => [...data.entries()],
    () => [],
  );
  for (const [field, value] of entries) {
    if (typeof value === 'string') body[field] = value;
    else files.push({ field, name: value.name, content: Buffer.from(await value.arrayBuffer()) });
  }
  return { body, files };
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
