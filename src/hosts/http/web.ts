import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request as the protocol takes it, with its body beside it: given both, nothing is read or copied twice. */
export interface WebRequest {
  readonly request: Request;
  /** What the body holds as JSON; undefined where it has none, or is no JSON: then `request` has it as it came. */
  readonly parsedBody?: unknown;
}

const ADDRESS = 'http://localhost/mcp';

/**
 * Reads a whole request, unless its body is longer than `mostBytes`, or is not UTF-8, or the client has left before it
 * was there. Its signal ends when the client leaves before it has the answer. Its address is none that was sent: a host
 * may hold what no `Request` takes.
 */
export async function toWeb(
  request: IncomingMessage,
  response: ServerResponse,
  mostBytes: number,
): Promise<WebRequest | 'too large' | 'not UTF-8' | 'left'> {
  const { method = 'GET', headers } = request;
  const left = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) left.abort();
  });
  const about = { method, headers: headersOf(headers), signal: left.signal };
  if (method !== 'POST') return { request: new Request(ADDRESS, about) };
  const body = await bodyOf(request, mostBytes);
  if (typeof body === 'string') return body;
  const text = textOf(body);
  if (text === undefined) return 'not UTF-8';
  try {
    return { parsedBody: JSON.parse(text) as unknown, request: new Request(ADDRESS, about) };
  } catch {
    return { request: new Request(ADDRESS, { ...about, body: text }) };
  }
}

/** Sends what the protocol answered, a stream as it comes. @throws what the stream fails with, the answer cut off. */
export async function answerWith({ status, headers, body }: Response, response: ServerResponse): Promise<void> {
  response.statusCode = status;
  // Whether the connection stays open is the client's to say, and Node's to do.
  for (const [name, value] of headers) if (name !== 'connection') response.setHeader(name, value);
  if (!body) return void response.end();
  // Of one piece, it is sent as one, with its length.
  if (headers.get('content-type') === 'application/json') return void response.end(await new Response(body).text());
  const reader = body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  let leaving: Promise<void> | undefined;
  const leave = (): void => {
    leaving = reader.cancel();
    // Waited for below, unless what is read fails first, and that is told.
    leaving.catch(() => undefined);
  };
  if (response.closed) leave();
  else response.once('close', leave);
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read())
      if (!response.write(part.value)) await roomIn(response);
  } finally {
    response.off('close', leave);
  }
  await leaving;
  response.end();
}

/** Waits until more can be written, or nobody is there to read it. */
function roomIn(response: ServerResponse): Promise<void> {
  return new Promise(resolve => {
    const over = (): void => {
      response.off('drain', over).off('close', over);
      resolve();
    };
    if (response.closed) resolve();
    else response.on('drain', over).on('close', over);
  });
}

/** Undefined for what is not UTF-8: guessed at, it would be done in other words than were sent. */
function textOf(body: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

function headersOf(sent: IncomingMessage['headers']): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(sent))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  return headers;
}

function bodyOf(request: IncomingMessage, mostBytes: number): Promise<Buffer | 'too large' | 'left'> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > mostBytes) refuse();
    };
    // What is still to come is let pass: a connection that is not read from would be cut off before its answer.
    const refuse = (): void => {
      request.off('data', take).resume();
      resolve('too large');
    };
    if (Number(request.headers['content-length']) > mostBytes) return refuse();
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('close', () => resolve('left'));
    request.once('error', () => resolve('left'));
  });
}
