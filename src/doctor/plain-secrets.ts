import type { Entry } from '../clients/index.js';
import { CREDENTIALS } from '../config/credentials.js';

/** Variables that hold what nobody else may see. */
export const SECRET_VARIABLES: readonly string[] = [
  CREDENTIALS.apiKey.env,
  CREDENTIALS.password.env,
  CREDENTIALS.totpSecret.env,
  CREDENTIALS.code.env,
];

/** What stands in the configuration of a client for everybody to read; `${…}` is filled in by the client. */
export const plainSecrets = ({ args, env }: Entry): readonly { readonly name: string; readonly value: string }[] => [
  ...SECRET_VARIABLES.flatMap(name => {
    const value = env[name];
    return value && !value.includes('${') ? [{ name, value }] : [];
  }),
  ...args.flatMap(arg => {
    const [value] = API_KEY.exec(arg) ?? [];
    return value === undefined ? [] : [{ name: 'args', value }];
  }),
];

const API_KEY = /flux_live_[0-9a-f]{64}/i;

/** A text without any key of Gigahost: one may stand where nobody looks for it, such as in the name of a file. */
export const withoutKeys = (text: string): string => text.replace(new RegExp(API_KEY, 'gi'), 'flux_live_[hidden]');
