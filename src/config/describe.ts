import { CREDENTIALS } from './credentials.js';
import { EVERY_SETTING } from './settings.js';

/** One setting in words; a cell is empty where it cannot be given that way. */
export interface SettingRow {
  readonly flag: string;
  readonly env: string;
  readonly fileKey: string;
  readonly does: string;
  readonly otherwise: string;
}

/** Every setting, the credentials first. */
export const SETTING_ROWS: readonly SettingRow[] = [
  ...Object.values(CREDENTIALS).map(({ env, fileKey, does, otherwise }) => ({
    flag: '',
    env,
    fileKey,
    does: `${does}; also \`${env}_FILE\``,
    otherwise,
  })),
  ...EVERY_SETTING.map(([key, { kind, flag, env = '', inFile, ...said }]) => ({
    flag: flag ? `--${flag}${kind.placeholder ? ` <${kind.placeholder}>` : ''}` : '',
    env,
    fileKey: inFile === false ? '' : key,
    does: said.does,
    otherwise: said.otherwise ?? `\`${String(said.default)}\``,
  })),
];
