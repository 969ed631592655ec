import type { CredentialSources, Source } from '../client/credentials.js';
import { ConfigError, strictly, type Refuse } from './error.js';

/** Something that signs in to Gigahost. Never a flag; a configuration file only names the file it is in. */
export interface Credential {
  /** Holds the value; with `_FILE` after it, the name of a file that does. */
  readonly env: string;
  readonly fileKey: string;
  readonly does: string;
  readonly otherwise: string;
}

export const CREDENTIALS = {
  apiKey: {
    env: 'GIGAHOST_API_KEY',
    fileKey: 'apiKeyFile',
    does: 'API key (`flux_live_…`) from the Gigahost panel',
    otherwise: 'name and password',
  },
  username: { env: 'GIGAHOST_USERNAME', fileKey: 'usernameFile', does: 'login e-mail address', otherwise: 'none' },
  password: { env: 'GIGAHOST_PASSWORD', fileKey: 'passwordFile', does: 'password', otherwise: 'none' },
  totpSecret: {
    env: 'GIGAHOST_TOTP_SECRET',
    fileKey: 'totpSecretFile',
    does: 'base32 secret that two-factor codes are made with',
    otherwise: 'none',
  },
  code: {
    env: 'GIGAHOST_2FA_CODE',
    fileKey: 'twoFactorCodeFile',
    does: 'one two-factor code, good for one sign-in within seconds',
    otherwise: 'none',
  },
} as const satisfies Record<Exclude<keyof CredentialSources, 'kept'>, Credential>;

/** `refuse` hears of a variable that is set beside its `_FILE` form; where it returns, the variable counts. */
export function credentialsFrom(
  env: NodeJS.ProcessEnv,
  file: ReadonlyMap<string, unknown>,
  refuse: Refuse = strictly,
): CredentialSources {
  const source = ({ env: name, fileKey }: Credential): Source | undefined => {
    const [value, ofFile, named] = [env[name], env[`${name}_FILE`], file.get(fileKey)];
    if (value && ofFile) refuse(new ConfigError(`Set ${name} or ${name}_FILE, not both.`));
    if (value) return { value };
    if (ofFile) return { file: ofFile };
    return typeof named === 'string' ? { file: named } : undefined;
  };
  return {
    apiKey: source(CREDENTIALS.apiKey),
    username: source(CREDENTIALS.username),
    password: source(CREDENTIALS.password),
    code: source(CREDENTIALS.code),
    totpSecret: source(CREDENTIALS.totpSecret),
  };
}
