import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Page {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** One HTTP request with exactly the headers given, the Host among them, which fetch does not let one choose. */
export async function visit(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<Page> {
  const sent = request(url, { method, headers, agent: false });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
}

/** The address in the words of a delivery by page. */
export const addressIn = (words: unknown): string =>
  /^the page (http:\/\/127\.0\.0\.1:\d+\/s\/[\w-]{43}) \(opens once, gone after ten minutes\)$/.exec(
    String(words),
  )?.[1] ?? '';

/** What a page shows: the values by their names, as a browser would read them. */
export const shownOn = ({ body }: Pick<Page, 'body'>): Record<string, string> =>
  Object.fromEntries(
    [...body.matchAll(/<dt>([^<]*)<\/dt>\s*<dd>\s*<code>([^<]*)<\/code>/g)].map(([, name = '', value = '']) => [
      unescaped(name),
      unescaped(value),
    ]),
  );

const unescaped = (markup: string): string =>
  markup
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** Fills in the form of a page as a browser does. */
export const fill = (url: string, secret: string) =>
  visit(
    'POST',
    url,
    { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' },
    new URLSearchParams({ secret }).toString(),
  );
