import * as z from 'zod';

/** A file on its way up. */
export class Upload {
  constructor(
    readonly name: string,
    readonly bytes: Uint8Array<ArrayBuffer>,
  ) {}
}

/** A field of a body that is a file. */
export const upload = z.instanceof(Upload).meta({ isFile: true });

/** A body as it is sent: JSON, or a form where a value is a file or a list of files. */
export async function encodeBody(
  body: Readonly<Record<string, unknown>>,
): Promise<{ readonly type: string; readonly body: string | Buffer }> {
  const fields = Object.entries(body).flatMap(([name, value]) =>
    Array.isArray(value) ? value.map(entry => [name, entry as unknown] as const) : [[name, value] as const],
  );
  if (!fields.some(([, value]) => value instanceof Upload))
    return { type: 'application/json', body: JSON.stringify(body) };
  const form = new FormData();
  for (const [name, value] of fields) {
    if (value instanceof Upload) form.append(name, new Blob([value.bytes]), value.name);
    else if (value !== undefined) form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const encoded = new Response(form);
  return { type: encoded.headers.get('content-type') ?? '', body: Buffer.from(await encoded.arrayBuffer()) };
}
