import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { VERSION } from '../../version.js';

/** The API answered. */
export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  /** From the first step to the end of the answer. */
  readonly ms: number;
  /** How far this machine's clock is ahead of theirs, in seconds; undefined where they do not tell. */
  readonly aheadSeconds: number | undefined;
}

/** Something else answered, or nothing did. */
export interface NoAnswer {
  readonly kind: 'no answer';
  /** `page`: of HTML. `other`: no JSON. `late` and `broken`: nothing whole came. */
  readonly what: 'page' | 'redirect' | 'other' | 'late' | 'broken';
  /** HTTP status, where there was one. */
  readonly status?: number;
  /** The host a redirect leads to, or the title of a page. */
  readonly says?: string | undefined;
}

const MOST_BYTES = 65_536;

/** Asks for the account without signing in, which the API refuses in JSON. */
export async function ask(base: URL, socket: Socket, began: number, ms: number): Promise<Answered | NoAnswer> {
  const over = new AbortController();
  const late = setTimeout(() => over.abort(), ms);
  try {
    const sent = Date.now();
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request({
        createConnection: () => socket,
        path: `${base.pathname.replace(/\/$/, '')}/account`,
        headers: {
          host: base.host,
          accept: 'application/json',
          'user-agent': `gigahost-mcp/${VERSION}`,
          connection: 'close',
        },
        signal: over.signal,
      })
        .once('response', resolve)
        .once('error', reject)
        .end();
    });
    const received = Date.now();
    const text = await beginningOf(response);
    return judge(response, text, base) ?? answered(response, began, (sent + received) / 2);
  } catch {
    return { kind: 'no answer', what: over.signal.aborted ? 'late' : 'broken' };
  } finally {
    clearTimeout(late);
  }
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > MOST_BYTES) break;
  }
  return text;
}

/** What answered, where it is not the API. */
function judge({ statusCode: status = 0, headers }: IncomingMessage, text: string, base: URL): NoAnswer | undefined {
  if (status >= 300 && status < 400) {
    const { location = '' } = headers;
    return {
      kind: 'no answer',
      what: 'redirect',
      status,
      says: URL.canParse(location, base.href) ? new URL(location, base).host : undefined,
    };
  }
  if (isObject(text)) return undefined;
  if (!/^\s*</.test(text) && !headers['content-type']?.includes('html'))
    return { kind: 'no answer', what: 'other', status };
  return { kind: 'no answer', what: 'page', status, says: /<title[^>]*>([^<]*)/i.exec(text)?.[1] };
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** The header is in whole seconds: half a second is the best guess at what it left out. */
function answered({ statusCode: status = 0, headers }: IncomingMessage, began: number, at: number): Answered {
  const theirs = Date.parse(headers.date ?? '');
  return {
    kind: 'answered',
    status,
    ms: Math.round(performance.now() - began),
    aheadSeconds: Number.isNaN(theirs) ? undefined : Math.round((at - theirs - 500) / 1000),
  };
}
