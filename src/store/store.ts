import { InputError } from '../inventory/input-error.js';

export interface SetOptions {
  /** How long it is kept, in milliseconds. */
  readonly ttlMs: number;
  /** Sets it only where there is nothing under the key. */
  readonly ifAbsent?: boolean;
}

export interface Counted {
  readonly count: number;
  /** Milliseconds until it starts from nothing again. */
  readonly leftMs: number;
}

/**
 * What the nodes of one server share. Each method is atomic, and what one node wrote every node reads.
 * Every method but `subscribe`, `reachable` and `close` throws {StoreError} when the store cannot be reached.
 */
export interface Store {
  get(key: string): Promise<string | undefined>;
  /** Tells whether it was set, which with `ifAbsent` one of many callers hears. */
  set(key: string, value: string, options: SetOptions): Promise<boolean>;
  /** Gets and deletes: of many callers one gets it. */
  take(key: string): Promise<string | undefined>;
  /** Adds `by` to a number that starts from nothing again `ttlMs` after it was first added to. */
  count(key: string, by: number, ttlMs: number): Promise<Counted>;
  /**
   * Runs one piece of work per key at a time, on whichever node, in the order they came in on each. `waited` tells
   * whether another was before it, so that what was read may be stale. What a node held that was killed is free once
   * its lease has run out.
   */
  lock<T>(key: string, work: (waited: boolean) => Promise<T>): Promise<T>;
  /** Adds a line at the end of a list, which is kept for good. */
  append(list: string, line: string): Promise<void>;
  /** All lines of a list, in the order they were added. */
  lines(list: string): Promise<readonly string[]>;
  publish(channel: string, message: string): Promise<void>;
  /** Returns what ends it. While the store cannot be reached it stands, and hears what is published from then on. */
  subscribe(channel: string, listener: Listener): Promise<() => void>;
  reachable(): Promise<boolean>;
  close(): Promise<void>;
}

/** Hears what is published; undefined where messages may have been missed, so that it has to look for itself. */
export type Listener = (message: string | undefined) => void;

/** The store cannot be reached. Whatever needs it is refused; nothing was sent to Gigahost for it. */
export class StoreError extends InputError {
  constructor(
    why: string,
    override readonly cause?: unknown,
  ) {
    super(
      `The store that the nodes of this server share cannot be reached (${why}). Changes are refused without it, and reading goes on. It is connected to again by itself: try again when it is back.`,
    );
  }
}
