import { connect, type Connected, type ConnectOptions } from '../../support/connect.js';

/** With the tools of web hosting, which are off unless they are chosen. */
export const connectHosting = (options: ConnectOptions = {}): Promise<Connected> =>
  connect({ ...options, args: ['--toolsets', 'webhosting', ...(options.args ?? [])] });

/** A success of Gigahost with this as its data. */
export const replyWith = (data: unknown) => ({ kind: 'reply' as const, body: { meta: { status: 200 }, data } });

/** The file that words of a delivery name. */
export const fileIn = (words: unknown): string =>
  /the file (\S+) \(readable by you alone/.exec(String(words))?.[1] ?? '';
