/** How requests get to Gigahost. */
export interface Route {
  /** What the environment says of proxies; undefined where none is to be used. */
  readonly proxy?: Proxy | undefined;
  /** Certificates of CAs that are trusted beside those that Node trusts, as PEM. */
  readonly ca?: readonly string[] | undefined;
}

export interface Proxy {
  readonly url: URL;
  /** Hosts that are reached without it: names, which stand for what is under them too, with or without a port. */
  readonly noProxy: string;
}

/** Requests cannot get through the proxy: nothing of them was sent. Its user name and password are no part of this. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';

  constructor(
    { url }: Proxy,
    /** HTTP status with which it refused; undefined where it could not be asked. */
    readonly status: number | undefined,
    code?: string,
  ) {
    const why =
      status === undefined
        ? `cannot be used (${code ?? 'no answer'})`
        : status === 407
          ? `${url.username ? 'does not take the user name and password it was given' : 'asks for a user name and password'} (407)`
          : `refuses to connect (${status})`;
    super(`the proxy ${url.host} ${why}; nothing was sent`);
  }

  /** Whether trying again may help: not where it was answered with a no. */
  get mayPass(): boolean {
    return this.status === undefined || this.status >= 500;
  }
}

/** What a proxy with a user name is sent, and the parts of it that are secret. */
export function authorizationOf({
  url,
}: Proxy): { readonly token: string; readonly secrets: readonly string[] } | undefined {
  if (!url.username) return undefined;
  const password = decoded(url.password);
  const encoded = Buffer.from(`${decoded(url.username)}:${password}`).toString('base64');
  return { token: `Basic ${encoded}`, secrets: [password, url.password, encoded] };
}

/** With what is escaped in it written out; a `%` that escapes nothing stands for itself. */
const decoded = (text: string): string =>
  text.replace(/(?:%[\da-f]{2})+/gi, escaped => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return escaped;
    }
  });
