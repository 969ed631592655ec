export interface Snapshot {
  id: string;
  serverId: string;
  /** Random internal name. */
  name: string;
  displayName: string;
  createdAt: number;
  state: 'pending' | 'completed';
  /** When a pending snapshot becomes completed. */
  readyAt: number;
}

export interface Iso {
  id: string;
  name: string;
  url: string;
  hash: string;
  sizeBytes: number;
  state: 'uploading' | 'completed';
}

export interface Distribution {
  id: string;
  name: string;
  slug: string;
  description: string;
  active: boolean;
}

export interface OperatingSystem {
  id: string;
  distributionId: string;
  name: string;
  release: string;
  codeName: string;
  dedicatedOnly: boolean;
  minRamGb: number;
}

/** A size a virtual server can have. Money in hundredths of NOK per month. */
export interface Package {
  id: string;
  name: string;
  cores: number;
  ramGb: number;
  diskGb: number;
  bandwidthGb: number;
  monthly: number;
  /** NOK per hour, with the many decimals upstream gives. */
  hourlyRate: number;
}

/** Money in hundredths of NOK, without VAT. */
export interface Invoice {
  id: string;
  number: string;
  orderId: string;
  orderNumber: string;
  issuedAt: number;
  dueAt: number;
  paid: boolean;
  net: number;
}

export interface SshKey {
  id: string;
  name: string;
  addedAt: number;
  data: string;
}

export interface Passkey {
  id: string;
  name: string;
  createdAt: number;
  lastUsedAt: number | null;
}

export interface Contact {
  id: string;
  name: string;
  username: string;
  accessLevel: 'admin' | 'user' | 'server';
  twoFactorSecret: string | null;
  legacyApiKey: string;
}

export interface Account {
  id: string;
  name: string;
  companyNumber: string;
  address: string;
  zip: string;
  city: string;
  province: string;
  country: string;
  phone: string;
  email: string;
  billingEmail: string;
  /** Hundredths of NOK. */
  credit: number;
  sshKeys: SshKey[];
  passkeys: Passkey[];
  contacts: Contact[];
}

export interface SessionToken {
  secret: string;
  expiresAt: number;
}

/** Null permissions mean full rights. */
export interface ApiKey {
  secret: string;
  permissions: Record<string, unknown> | null;
}
