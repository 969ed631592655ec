export type { SandboxOptions } from './options.js';
export type { Fault, Misbehaviour } from './http/faults.js';
export type { SandboxRequest } from './http/listener.js';
export type { World } from './world/world.js';
export { startSandbox, type Sandbox } from './start.js';
