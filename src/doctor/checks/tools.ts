import { unknownNames } from '../../tools/select.js';
import type { Check } from '../check.js';
import { tokensOf, toolsFor } from '../tools-on.js';

export const tools: Check = {
  id: 'tools',
  patienceMs: 10_000,
  async look({ config, say }) {
    const { all, on } = await toolsFor(config);
    const unknown = unknownNames(config, all);
    const off = all.filter(tool => !on.includes(tool) && !tool.fourEyes);
    const excluded = off.filter(({ name }) => config.excludeTools.includes(name)).length;
    const changing = config.readOnly ? off.filter(({ effect }) => effect !== 'read').length : 0;
    return [
      on.length === 0
        ? say('problem', 'noTools')
        : say('ok', 'tools', on.length, tokensOf(on), { off: off.length, changing, excluded }),
      ...(unknown.length > 0 ? [say('problem', 'unknownTools', unknown.join(', '))] : []),
    ];
  },
};
