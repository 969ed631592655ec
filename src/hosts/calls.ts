/** The calls of tools that are under way: each has a signal, which its client and the server that stops can fire. */
export interface Calls {
  /** Runs one call with a signal that fires when the given one does, and when the server stops without waiting for it. */
  run<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

export interface AllCalls extends Calls {
  /** How many have not ended, also of those whose client has left. */
  readonly underway: number;
  /** Fires the signals of all, and of whatever comes later. They end by themselves, with an answer. */
  end(): void;
}

export function createCalls(): AllCalls {
  const all = new Set<AbortController>();
  let over: Error | undefined;
  return {
    get underway() {
      return all.size;
    },
    end() {
      over = new Error('This server is stopping.');
      for (const call of all) call.abort(over);
    },
    async run(signal, work) {
      const call = new AbortController();
      const leave = (): void => call.abort(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      if (signal.aborted) leave();
      if (over) call.abort(over);
      all.add(call);
      try {
        return await work(call.signal);
      } finally {
        all.delete(call);
        signal.removeEventListener('abort', leave);
      }
    },
  };
}
