import { ConfigError, type Config } from '../config.js';
import { unknownNames } from '../tools/select.js';

/** What can be told only where the tools are known. @throws {ConfigError} */
export function checkConfig(config: Config, tools: Parameters<typeof unknownNames>[1]): void {
  const unknown = unknownNames(config, tools);
  if (unknown.length > 0)
    throw new ConfigError(`There is no tool ${unknown.map(name => `"${name}"`).join(', ')} to switch on or off.`);
  if (config.maxSpend.perDay && config.journal === null)
    throw new ConfigError('--max-spend counts what the journal says was bought, so it does not go with --journal off.');
}
