/** How a sandbox behaves. Times are in milliseconds unless the name says otherwise; every field is optional. */
export interface SandboxOptions {
  /** Port on 127.0.0.1; 0, the default, takes any free one. */
  port?: number;
  /** Clock in Unix milliseconds. Default: Date.now. */
  now?: () => number;
  /** How long a snapshot stays pending. Default 8000. */
  snapshotMs?: number;
  /** How long an operating system install takes. Default 20000. */
  installMs?: number;
  /** How long a machine is down during a reboot. Default 3000. */
  rebootMs?: number;
  /** Lifetime of a session token. Default 3600. */
  tokenTtlSeconds?: number;
  /** When set, signing in asks for this code. */
  twoFactorCode?: string | (() => string);
  /** Account password. Default 'sandbox'. */
  password?: string;
  /** What meta.maintenance says. Default false. */
  maintenance?: boolean;
}

export interface Settings {
  readonly now: () => number;
  readonly snapshotMs: number;
  readonly installMs: number;
  readonly rebootMs: number;
  readonly tokenTtlSeconds: number;
  readonly twoFactorCode: (() => string) | null;
  readonly username: string;
  readonly password: string;
  readonly maintenance: boolean;
}

/** Options with every default filled in. */
export function settingsFrom(options: SandboxOptions): Settings {
  const { twoFactorCode: code } = options;
  return {
    now: options.now ?? Date.now,
    snapshotMs: options.snapshotMs ?? 8000,
    installMs: options.installMs ?? 20_000,
    rebootMs: options.rebootMs ?? 3000,
    tokenTtlSeconds: options.tokenTtlSeconds ?? 3600,
    twoFactorCode: code === undefined ? null : typeof code === 'string' ? () => code : code,
    username: 'demo@example.no',
    password: options.password ?? 'sandbox',
    maintenance: options.maintenance ?? false,
  };
}
