import packageJson from '../package.json' with { type: 'json' };

export const VERSION = packageJson.version;
/** The oldest version of Node that this runs on. */
export const NODE_WANTED = packageJson.engines.node.replace('>=', '');
