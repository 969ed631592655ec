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
  /** False until the e-mail address is confirmed; such a contact cannot sign in. */
  active: boolean;
  language: 'no' | 'en';
  /** Null for somebody who has not chosen one yet. */
  password: string | null;
  /** Null while two-factor sign-in is off. */
  twoFactorSecret: string | null;
  /** What the control panel has shown as a QR code, not yet confirmed with a code. */
  pendingTwoFactorSecret: string | null;
  legacyApiKey: string;
  /** Servers handed to this contact. */
  servers: Assignment[];
}

/** That an object is handed to somebody. Its own id is the `relation_id` of the API. */
export interface Assignment {
  id: string;
  objectId: string;
}

export interface Notifications {
  newsletter: boolean;
  incident: boolean;
  bandwidth: boolean;
  login: boolean;
  renewal: boolean;
}

export interface Account {
  id: string;
  name: string;
  companyNumber: string;
  address: string;
  address2: string;
  zip: string;
  city: string;
  province: string;
  country: string;
  phone: string;
  email: string;
  billingEmail: string;
  billingEmail2: string;
  /** Whether it may have sub-clients. */
  partner: boolean;
  notifications: Notifications;
  /** Hundredths of NOK. */
  credit: number;
  sshKeys: SshKey[];
  passkeys: Passkey[];
  contacts: Contact[];
}

export interface SessionToken {
  secret: string;
  expiresAt: number;
  /** Who signed in; the first contact of the account unless given. */
  contactId?: string;
}

export interface ApiKey {
  readonly id: string;
  secret: string;
  label: string;
  /** Null means full rights. */
  permissions: Record<string, unknown> | null;
  /** Whose key it is. */
  contactId: string;
  createdAt: number;
  /** Null for a key that does not end by itself. */
  expiresAt: number | null;
  lastUsedAt: number | null;
  lastUsedIp: string | null;
  revokedAt: number | null;
  /** Calls made with it, newest last. */
  uses: KeyUse[];
}

/** A call made with an API key, as its usage log keeps it. */
export interface KeyUse {
  readonly id: string;
  readonly at: number;
  readonly ip: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly requestBody: string;
  readonly status: number;
  readonly responseBody: string;
  readonly truncated: boolean;
}
