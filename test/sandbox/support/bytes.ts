import type { Gigahost } from './open.js';

export interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/** Sends a request whose reply, or whose body, is no JSON. */
export async function send({ sandbox }: Gigahost, method: string, path: string, form?: FormData): Promise<Sent> {
  const response = await fetch(sandbox.url + path, {
    method,
    headers: { authorization: `Bearer ${sandbox.apiKey}` },
    ...(form && { body: form }),
  });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** A form with these files, each under that field, and a target folder. */
export function formOf(files: Record<string, string | Uint8Array>, path?: string, field = 'files'): FormData {
  const form = new FormData();
  for (const [name, content] of Object.entries(files)) form.append(field, new File([Buffer.from(content)], name));
  if (path !== undefined) form.append('path', path);
  return form;
}
