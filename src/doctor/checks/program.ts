import { NODE_WANTED, VERSION } from '../../version.js';
import type { Check } from '../check.js';
import { endedOn, isBefore } from '../node-versions.js';

export const program: Check = {
  id: 'program',
  patienceMs: 1000,
  look: ({ machine: { nodeVersion: node, platform }, say }) =>
    Promise.resolve([
      isBefore(node, NODE_WANTED)
        ? say('problem', 'nodeTooOld', node, NODE_WANTED)
        : say('ok', 'running', VERSION, node, `${platform} ${process.arch}`),
    ]),
};

/** Of its own, and last: what still works is nothing to begin with. */
export const support: Check = {
  id: 'support',
  patienceMs: 1000,
  look({ machine: { nodeVersion: node }, say }) {
    const ended = endedOn(node, new Date());
    return Promise.resolve([
      ended === undefined ? say('ok', 'nodeSupported', node) : say('warning', 'nodeEnded', node, ended),
    ]);
  },
};
