import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/index.js';
import { BIN } from '../support/connect.js';
import { doctor, faultsOf, setUp, type Broken, type SetUp } from './set-up.js';

/** A set-up with one thing wrong. */
interface Row {
  readonly how: string;
  readonly finds: readonly [check: string, status: 'problem' | 'warning', code: string];
  /** What is said of it, and what to do. */
  readonly says: RegExp;
  readonly does: RegExp;
  readonly sandbox?: SandboxOptions;
  readonly breaks: (on: SetUp) => Promise<Broken> | Broken;
}

const WRONG_KEY = `flux_live_${'0'.repeat(64)}`;
const TOTP = 'JBSWY3DPEHPK3PXP';
const withLogin = ({ gigahost }: SetUp, env: Broken['env'] = {}): Broken => ({
  env: {
    GIGAHOST_API_KEY_FILE: undefined,
    GIGAHOST_USERNAME: gigahost.username,
    GIGAHOST_PASSWORD: gigahost.password,
    ...env,
  },
});
const withKey = (key: string): Broken => ({
  env: { GIGAHOST_API_KEY_FILE: undefined, GIGAHOST_API_KEY: key },
  secrets: [key],
});
const withEntry = async (on: SetUp, entry: object): Promise<Broken> => {
  await on.cursor(entry);
  return {};
};
const script = async (on: SetUp, text: string): Promise<Broken> =>
  withEntry(on, { command: process.execPath, args: [await on.put('server.js', text)] });

const SETTINGS: readonly Row[] = [
  {
    how: 'a setting that cannot be used',
    finds: ['configuration', 'problem', 'refused'],
    says: /GIGAHOST_TOOLSETS is "nonsense"; it can be all/,
    does: /Correct that/,
    breaks: () => ({ env: { GIGAHOST_TOOLSETS: 'nonsense' } }),
  },
  {
    how: 'a configuration file that is not JSON',
    finds: ['configuration', 'problem', 'refused'],
    says: /team\.json is not JSON/,
    does: /Correct that/,
    breaks: async on => ({ env: { GIGAHOST_CONFIG: await on.put('team.json', '{\n  "readOnly": tru\n}') } }),
  },
  {
    how: 'a secret in the configuration file',
    finds: ['configuration', 'problem', 'refused'],
    says: /a secret may not stand here \(apiKey\)/,
    does: /Correct that/,
    breaks: async on => ({
      env: { GIGAHOST_CONFIG: await on.put('team.json', `{ "apiKey": "${WRONG_KEY}", "maxTargets": 3 }`) },
      secrets: [WRONG_KEY],
    }),
  },
  {
    how: 'a key where the name of a file should be',
    finds: ['configuration', 'problem', 'refused'],
    says: /The configuration file .*flux_live_\[hidden\] cannot be read \(ENOENT\)/,
    does: /Correct that/,
    breaks: () => ({ env: { GIGAHOST_CONFIG: WRONG_KEY }, secrets: [WRONG_KEY] }),
  },
  {
    how: 'a key beside the file with it',
    finds: ['configuration', 'problem', 'refused'],
    says: /Set GIGAHOST_API_KEY or GIGAHOST_API_KEY_FILE, not both/,
    does: /Correct that/,
    breaks: ({ gigahost }) => ({ env: { GIGAHOST_API_KEY: gigahost.apiKey } }),
  },
  {
    how: 'settings that do not go together',
    finds: ['configuration', 'problem', 'refused'],
    says: /--max-spend counts what the journal says/,
    does: /Correct that/,
    breaks: () => ({ args: ['--max-spend', '500', '--journal', 'off'] }),
  },
  {
    how: 'a misspelt variable',
    finds: ['configuration', 'warning', 'unread'],
    says: /GIGAHOST_READONLY is set, and nothing reads it/,
    does: /Did you mean GIGAHOST_READ_ONLY\?/,
    breaks: () => ({ env: { GIGAHOST_READONLY: 'on' } }),
  },
  {
    how: 'certificates that are not looked at',
    finds: ['configuration', 'problem', 'tlsUnchecked'],
    says: /pose as Gigahost/,
    does: /GIGAHOST_CA_FILE/,
    breaks: () => ({ env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }),
  },
  {
    how: 'a tool that does not exist',
    finds: ['tools', 'problem', 'unknownTools'],
    says: /no such tool: list_server\./,
    does: /gigahost-mcp call lists/,
    breaks: () => ({ args: ['--exclude-tools', 'list_server'] }),
  },
  {
    how: 'settings that leave no tool',
    finds: ['tools', 'problem', 'noTools'],
    says: /leave no tool on/,
    does: /Loosen --toolsets/,
    breaks: () => ({ args: ['--tools', 'reboot_server', '--read-only'] }),
  },
];

const FILES: readonly Row[] = [
  {
    how: 'a key file that others can read',
    finds: ['secretFiles', 'warning', 'secretOpen'],
    says: /GIGAHOST_API_KEY_FILE names \(mode 0644\)/,
    does: /chmod 600/,
    breaks: async on => ({ env: { GIGAHOST_API_KEY_FILE: await on.put('open', on.gigahost.apiKey, 0o644) } }),
  },
  {
    how: 'an API key and an empty file for the two-factor secret',
    finds: ['secretFiles', 'problem', 'secretEmpty'],
    says: /GIGAHOST_TOTP_SECRET_FILE names is empty/,
    does: /Put the secret into that file/,
    breaks: async on => ({ env: { GIGAHOST_TOTP_SECRET_FILE: await on.put('empty', '\n') } }),
  },
  {
    how: 'a state directory that others can look into',
    finds: ['state', 'problem', 'stateOpen'],
    says: /mode 0755/,
    does: /chmod 700/,
    breaks: async on => {
      await mkdir(join(on.home, 'open'), { mode: 0o755 });
      return { env: { GIGAHOST_STATE_DIR: join(on.home, 'open') } };
    },
  },
  {
    how: 'a file where the state directory should be',
    finds: ['state', 'problem', 'stateUnusable'],
    says: /cannot be written \(ENOTDIR\)/,
    does: /GIGAHOST_STATE_DIR/,
    breaks: async on => ({ env: { GIGAHOST_STATE_DIR: await on.put('file', '') } }),
  },
  {
    how: 'kept credentials that others can read',
    finds: ['state', 'problem', 'keptUnusable'],
    says: /Others can read .*credentials\.json \(mode 0644\)/,
    does: /gigahost-mcp login/,
    breaks: async on => {
      await on.put('.local/state/gigahost-mcp/credentials.json', '{}', 0o644);
      return {};
    },
  },
  {
    how: 'a folder where the journal should be',
    finds: ['state', 'problem', 'journalUnwritable'],
    says: /cannot be written \(EISDIR\)/,
    does: /--journal/,
    breaks: on => ({ args: ['--journal', on.home] }),
  },
];

const SIGNING_IN: readonly Row[] = [
  {
    how: 'no credentials at all',
    finds: ['account', 'problem', 'noCredentials'],
    says: /nothing to sign in with: no Gigahost credentials are set/,
    does: /gigahost-mcp login/,
    breaks: () => ({ env: { GIGAHOST_API_KEY_FILE: undefined } }),
  },
  {
    how: 'a key that Gigahost does not know',
    finds: ['account', 'problem', 'keyRefused'],
    says: /refuses the API key from GIGAHOST_API_KEY .*mistyped, deleted or replaced/,
    does: /new key in the Gigahost panel/,
    breaks: () => withKey(WRONG_KEY),
  },
  {
    how: 'a wrong password',
    finds: ['account', 'problem', 'loginRefused'],
    says: /user name and password from GIGAHOST_USERNAME \("Invalid username or password\."\)/,
    does: /Check both/,
    breaks: on => ({ ...withLogin(on, { GIGAHOST_PASSWORD: 'not-the-one' }), secrets: ['not-the-one'] }),
  },
  {
    how: 'two-factor sign-in without a secret',
    sandbox: { twoFactorCode: '123456' },
    finds: ['account', 'problem', 'loginRefused'],
    says: /refuses the user name and password/,
    does: /GIGAHOST_TOTP_SECRET.*API key/,
    breaks: on => withLogin(on),
  },
  {
    how: 'a two-factor secret of another account',
    sandbox: { twoFactorCode: '123456' },
    finds: ['account', 'problem', 'loginWithCodesRefused'],
    says: /two-factor code from GIGAHOST_USERNAME/,
    does: /the clock of this machine/,
    breaks: on => ({ ...withLogin(on, { GIGAHOST_TOTP_SECRET: TOTP }), secrets: [TOTP] }),
  },
  {
    how: 'a one-time code, which is left for the server',
    sandbox: { twoFactorCode: '123456' },
    finds: ['account', 'warning', 'oneTimeCode'],
    says: /not tried: the code in GIGAHOST_2FA_CODE works once/,
    does: /GIGAHOST_TOTP_SECRET/,
    breaks: on => ({ ...withLogin(on, { GIGAHOST_2FA_CODE: '123456' }), secrets: ['123456'] }),
  },
  {
    how: 'too many attempts to sign in',
    finds: ['account', 'problem', 'rateLimited'],
    says: /too many attempts to sign in \(429\)/,
    does: /Wait 60 s/,
    breaks: on => {
      const headers = { 'Retry-After': '60' };
      const fault = { kind: 'status', status: 429, headers } as const;
      on.gigahost.misbehave({ method: 'POST', path: /authenticate/, times: Infinity, fault });
      return withLogin(on);
    },
  },
  {
    how: 'a user who is locked',
    finds: ['account', 'problem', 'userBarred'],
    says: /does not let the user from GIGAHOST_USERNAME in \(403\): "Account locked"/,
    does: /locked, or not allowed to sign in from here/,
    breaks: on => {
      const fault = { kind: 'reply', status: 403, body: { meta: { status: 403, message: 'Account locked' } } } as const;
      on.gigahost.misbehave({ method: 'POST', path: /authenticate/, times: Infinity, fault });
      return withLogin(on);
    },
  },
  {
    how: 'a key without a right to what the tools are for',
    finds: ['permissions', 'warning', 'mayNotRead'],
    says: /cannot read .*servers.*: .*servers/,
    does: /--toolsets/,
    breaks: on => withKey(on.gigahost.addApiKey({ dns: { mode: 'r', all: true }, account: { mode: 'r' } })),
  },
  {
    how: 'a key without any right',
    finds: ['account', 'problem', 'mayNothing'],
    says: /lets it read nothing/,
    does: /Give the key rights/,
    breaks: on => withKey(on.gigahost.addApiKey({})),
  },
];

const ASSISTANTS: readonly Row[] = [
  {
    how: 'a configuration of an assistant that cannot be read',
    finds: ['clients', 'problem', 'clientUnreadable'],
    says: /Cursor: .*mcp\.json: .*line 3, column 3/,
    does: /Correct that file/,
    breaks: async on => {
      await on.put('.cursor/mcp.json', '{\n  "mcpServers": {\n  ]\n}');
      return {};
    },
  },
  {
    how: 'an assistant without this server',
    finds: ['clients', 'warning', 'nowhere'],
    says: /without this server: Cursor/,
    does: /gigahost-mcp setup/,
    breaks: async on => {
      await on.put('.cursor/mcp.json', '{}');
      return {};
    },
  },
  {
    how: 'a server that was moved',
    finds: ['clients', 'problem', 'scriptMissing'],
    says: /"gigahost" starts \/opt\/gone\/dist\/main\.js, which is not there/,
    does: /moved or removed: run gigahost-mcp setup/,
    breaks: on => withEntry(on, { command: process.execPath, args: ['/opt/gone/dist/main.js'] }),
  },
  {
    how: 'a command that does not exist',
    finds: ['clients', 'problem', 'commandMissing'],
    says: /cannot be started: nodd \(spawn nodd ENOENT\)/,
    does: /full path/,
    breaks: on => withEntry(on, { command: 'nodd', args: [BIN] }),
  },
  {
    how: 'a Node that is too old',
    finds: ['clients', 'problem', 'clientNodeTooOld'],
    says: /which is Node 16\.20\.2; it needs 20\.18\.1/,
    does: /newer Node/,
    breaks: async on =>
      withEntry(on, { command: await on.put('old/node', '#!/bin/sh\necho v16.20.2\n', 0o700), args: [BIN] }),
  },
  {
    how: 'a server that ends at once',
    finds: ['clients', 'problem', 'serverEnded'],
    says: /ends as soon as it is started: --toolsets is "nonsense"|ends as soon as it is started: A name in --toolsets/,
    does: /configuration of Cursor/,
    breaks: on => withEntry(on, { command: process.execPath, args: [BIN, '--toolsets', 'nonsense'] }),
  },
  {
    how: 'a server that never answers',
    finds: ['clients', 'problem', 'serverSilent'],
    says: /does not answer within 30 s/,
    does: /Run its command in a terminal/,
    breaks: on => script(on, 'process.stdin.resume()'),
  },
  {
    how: 'a server that lists no tools',
    finds: ['clients', 'problem', 'listsNothing'],
    says: /starts and lists no tools/,
    does: /Loosen the settings/,
    breaks: on => withEntry(on, { command: process.execPath, args: [BIN, '--read-only', '--tools', 'reboot_server'] }),
  },
  {
    how: 'a script around the server that prints',
    finds: ['clients', 'warning', 'noise'],
    says: /writes 1 line to stdout/,
    does: /Start gigahost-mcp directly/,
    breaks: async on =>
      withEntry(on, {
        command: await on.put('start.sh', `#!/bin/sh\necho hello\nexec "${process.execPath}" "${BIN}"\n`, 0o700),
      }),
  },
  {
    how: 'a key in the configuration of an assistant',
    finds: ['clients', 'warning', 'secretInConfig'],
    says: /Cursor: GIGAHOST_API_KEY stands in clear text in .*mcp\.json/,
    does: /gigahost-mcp login/,
    breaks: async on => {
      await on.cursor({ command: process.execPath, args: [BIN], env: { GIGAHOST_API_KEY: WRONG_KEY } });
      return { secrets: [WRONG_KEY] };
    },
  },
];

test.for([...SETTINGS, ...FILES, ...SIGNING_IN, ...ASSISTANTS])(
  '$how: is found, and what to do is said',
  { timeout: 90_000 },
  async ({ finds: [check, status, code], says, does, sandbox, breaks }) => {
    await using on = await setUp(sandbox);
    const { report } = await doctor(on, await breaks(on));
    const faults = faultsOf(report);
    // Nothing else is wrong, so nothing else is said to be.
    expect(faults).toEqual([
      expect.objectContaining({
        check,
        status,
        code,
        says: expect.stringMatching(says) as unknown,
        does: expect.stringMatching(does) as unknown,
      }),
    ]);
    expect(report.first).toBe(faults[0]?.does);
  },
);
