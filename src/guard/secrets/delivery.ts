import type { Secret } from '../../client/secret.js';

/**
 * How secrets reach a person.
 * - `file`: in the state directory, for the user alone.
 * - `page`: on a web page that opens once.
 * - `inline`: in the answer itself, for everybody who reads the conversation.
 */
export const SECRET_MODES = ['file', 'page', 'inline'] as const;
export type SecretMode = (typeof SECRET_MODES)[number];

/** Values by the name a person knows them under: user, password, address. */
export type Secrets = Readonly<Record<string, Secret | string>>;

/** Brings secrets to a person without passing through the conversation. All that a tool sees of it. */
export interface SecretDelivery {
  /** @throws {InputError} when nothing could be delivered; call it before the change that makes the secret. */
  ready(): Promise<void>;
  /** Returns where the person finds it, in words. `title` names what it is for and becomes the first line: one line. */
  deliver(title: string, secrets: Secrets): Promise<string>;
}

/** The same as a session holds it. */
export interface SessionDelivery extends SecretDelivery {
  /** Puts into an answer what the words of `deliver` hold only marks for. To be done last, on what is kept nowhere. */
  fillIn<T>(answer: T): T;
  /** Waits while something can be fetched from this process only and nobody has, and says so where it has to wait. */
  untilFetched(signal: AbortSignal, say: (what: string) => void): Promise<void>;
  close(): Promise<void>;
}

/** For a way of delivery that leaves nothing in the process. */
export const NOTHING_LEFT: Omit<SessionDelivery, keyof SecretDelivery> = {
  fillIn: answer => answer,
  untilFetched: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

export const revealed = (secrets: Secrets): [name: string, value: string][] =>
  Object.entries(secrets).map(([name, value]) => [name, typeof value === 'string' ? value : value.reveal()]);
