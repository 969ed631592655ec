import { isProblem, type Category } from '../../credentials/check.js';
import type { Toolset } from '../../toolsets.js';
import type { Check } from '../check.js';
import { mayNothing } from '../sign-in.js';
import { toolsFor } from '../tools-on.js';

/** What the tools of a set read. */
const READS: Partial<Record<Toolset, Category>> = {
  servers: 'servers',
  dns: 'dns',
  billing: 'billing',
  account: 'account',
  webhosting: 'webhosting',
};

export const permissions: Check = {
  id: 'permissions',
  patienceMs: 90_000,
  async look({ api, config, say, words }) {
    if (!api) return [say('skipped', 'sandbox')];
    const found = await api.signedIn();
    if (found.kind !== 'tried' || isProblem(found.outcome) || mayNothing(found.outcome)) {
      const { titles } = words.doctor;
      return [say('skipped', 'because', found.kind === 'not asked' ? titles.connection : titles.account)];
    }
    const { may, kind } = found.outcome;
    const { categories } = words.login;
    const named = (wanted: boolean | null): string =>
      may
        .filter(({ read }) => read === wanted)
        .map(({ category }) => categories[category])
        .join(', ');
    const sets = new Set((await toolsFor(config)).on.map(({ toolset }) => toolset));
    const idle = [...sets].filter(set => may.some(({ category, read }) => read === false && category === READS[set]));
    return [
      idle.length > 0
        ? say('warning', 'mayNotRead', named(false), idle.join(', '))
        : say('ok', 'mayRead', named(true), named(false), kind),
      ...(named(null) === '' ? [] : [say('warning', 'unsure', named(null))]),
    ];
  },
};
