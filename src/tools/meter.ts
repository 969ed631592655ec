import { AsyncLocalStorage } from 'node:async_hooks';
import type { Effect } from '../client/effect.js';
import { GigahostError } from '../client/errors.js';
import type { Client } from '../client/index.js';

/** What one call of a tool has sent so far. */
export interface Meter {
  requests: number;
  /** Whether Gigahost changed something: an error after that must not read "nothing changed". */
  changed: 'nothing' | 'yes' | 'unknown';
  /** Of the tool that a call was handed over to. */
  effect?: Effect;
}

const meters = new AsyncLocalStorage<Meter>();

/** Counts what `work` sends through a metered client, also by way of what several calls share. */
export const withMeter = <T>(meter: Meter, work: () => Promise<T>): Promise<T> => meters.run(meter, work);

export const metered = (client: Client): Client => ({
  ...client,
  async call(endpoint, args, options) {
    const meter = meters.getStore() ?? { requests: 0, changed: 'nothing' as Meter['changed'] };
    meter.requests += 1;
    try {
      const result = await client.call(endpoint, args, options);
      if (endpoint.effect !== 'read') meter.changed = 'yes';
      return result;
    } catch (error) {
      if (error instanceof GigahostError && error.facts.changed !== 'nothing' && meter.changed === 'nothing')
        meter.changed = error.facts.changed;
      throw error;
    }
  },
});
