import { resolve } from 'node:path';
import { ConfigError } from '../../config.js';
import { originsOf, unreadVariables } from '../../config/origins.js';
import { checkConfig } from '../../hosts/check-config.js';
import type { Check, Finding } from '../check.js';
import type { Situation } from '../situation.js';

export const configuration: Check = {
  id: 'configuration',
  patienceMs: 5000,
  look(situation) {
    const { env, config, refused, say } = situation;
    const faults: readonly Finding[] = [
      ...[...refused, ...togetherRefused(situation)].map(message => say('problem', 'refused', message)),
      ...(env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' ? [say('problem', 'tlsUnchecked')] : []),
      ...unreadVariables(env, config.http.principals.held).map(({ name, meant }) =>
        say('warning', 'unread', name, meant),
      ),
    ];
    return Promise.resolve([given(situation), ...faults]);
  },
};

/** Which file is read, and where what is not the default came from. */
function given({ flags, env, file, say }: Situation): Finding {
  const named = flags.config ?? env['GIGAHOST_CONFIG'];
  const origins = originsOf(flags, env, file).filter(({ name }) => name !== '--config' && name !== 'GIGAHOST_CONFIG');
  const from = (wanted: (typeof origins)[number]['source']): string =>
    origins
      .filter(origin => origin.source === wanted)
      .map(({ name }) => name)
      .join(', ');
  const path = named === undefined || named === '' ? undefined : resolve(String(named));
  return say('ok', 'configured', path, { flag: from('flag'), variable: from('variable'), file: from('file') });
}

/** What each is right by itself and not together; names of tools are another check's. */
function togetherRefused({ config }: Situation): readonly string[] {
  try {
    checkConfig({ ...config, tools: [], excludeTools: [] }, []);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [error.message];
  }
}
