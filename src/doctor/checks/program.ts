import { NODE_WANTED, VERSION } from '../../version.js';
import type { Check } from '../check.js';
import { endedOn, isBefore } from '../node-versions.js';

export const program: Check = {
  id: 'program',
  patienceMs: 1000,
  look({ machine: { nodeVersion: node, platform }, say }) {
    if (isBefore(node, NODE_WANTED)) return Promise.resolve([say('problem', 'nodeTooOld', node, NODE_WANTED)]);
    const ended = endedOn(node, new Date());
    const running = say('ok', 'running', VERSION, node, `${platform} ${process.arch}`);
    return Promise.resolve(ended === undefined ? [running] : [running, say('warning', 'nodeEnded', node, ended)]);
  },
};
