/** How a sandbox behaves. Times are in milliseconds unless the name says otherwise; every field is optional. */
export interface SandboxOptions {
  /** Port on 127.0.0.1; 0, the default, takes any free one. */
  port?: number;
  /** Clock in Unix milliseconds. Default: Date.now. */
  now?: () => number;
  /** How long a snapshot stays pending. Default 5000. */
  snapshotMs?: number;
  /** How long an operating system install takes. Default 12000. */
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
  /** Further plain virtual servers, named vps-001 and so on. Default 0. */
  extraServers?: number;
  /** Records of a zone big.example, which is there only when this is above 0, the default. */
  extraRecords?: number;
  /** How long a write keeps a DNS zone to itself, in real time. Default 15. */
  dnsWriteMs?: number;
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
  readonly dnsWriteMs: number;
}

/** Options with every default filled in. */
export function settingsFrom(options: SandboxOptions): Settings {
  const { twoFactorCode: code } = options;
  return {
    now: options.now ?? Date.now,
    snapshotMs: options.snapshotMs ?? 5000,
    installMs: options.installMs ?? 12_000,
    rebootMs: options.rebootMs ?? 3000,
    tokenTtlSeconds: options.tokenTtlSeconds ?? 3600,
    twoFactorCode: code === undefined ? null : typeof code === 'string' ? () => code : code,
    username: 'demo@example.no',
    password: options.password ?? 'sandbox',
    maintenance: options.maintenance ?? false,
    dnsWriteMs: options.dnsWriteMs ?? 15,
  };
}
