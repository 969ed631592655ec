import { expect, test } from 'vitest';
import { Secret } from '../../src/client/secret.js';
import type { ServerDetail } from '../../src/client/api/servers.js';
import type { Inventory } from '../../src/inventory/index.js';
import type { System } from '../../src/inventory/systems.js';
import { followInstall } from '../../src/tools/servers/follow-install.js';

const installing = { id: '1', name: 'web01', installing: true, install: { rootPassword: new Secret('Pw9tKz3mQx') } };

/** Follows an installation that never ends, at most for a minute. */
function follow(onPassword: () => Promise<void>) {
  let looks = 0;
  const detail = () => Promise.resolve(((looks += 1), installing as unknown as ServerDetail));
  const context = {
    inventory: { detail } as unknown as Inventory,
    progress: () => Promise.resolve(),
    signal: new AbortController().signal,
  };
  const system = { id: '118' } as System;
  return {
    ended: followInstall(context, installing as unknown as ServerDetail, system, 60, onPassword),
    looks: () => looks,
  };
}

test('a password that cannot be handed over is an error, not a password that Gigahost did not return', async () => {
  const full = new Error('no space left');
  const { ended, looks } = follow(() => Promise.reject(full));
  await expect(ended).rejects.toBe(full);
  expect(looks()).toBe(1);
});
