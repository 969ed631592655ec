import { ConfigError, type Config } from '../config.js';
import type { Log } from '../log.js';
import { unknownNames } from '../tools/select.js';

/** What can be told only where the tools are known. @throws {ConfigError} */
export function checkConfig(config: Config, tools: Parameters<typeof unknownNames>[1]): void {
  const unknown = unknownNames(config, tools);
  if (unknown.length > 0)
    throw new ConfigError(`There is no tool ${unknown.map(name => `"${name}"`).join(', ')} to switch on or off.`);
  if (config.maxSpend.perDay && config.journal === null)
    throw new ConfigError('--max-spend counts what the journal says was bought, so it does not go with --journal off.');
}

/** What loosens a guard is said aloud at the start, on every transport and whatever the level of the log. */
export function sayDangers({ confirm, secrets }: Pick<Config, 'confirm' | 'secrets'>, log: Pick<Log, 'aloud'>): void {
  if (confirm === 'skip')
    log.aloud(
      'Confirmation is switched off (--dangerously-skip-confirmation): whatever the assistant asks for is done at once, including reinstalls and orders.',
    );
  if (secrets === 'inline')
    log.aloud(
      'Secrets are shown in the conversation (--dangerously-inline-secrets): the assistant, its provider and every log of it get the passwords.',
    );
}
