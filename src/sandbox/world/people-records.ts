import type { ApiKey, Assignment, Contact } from './records.js';

/** Something that somebody did to the account. The name stays even when the contact goes. */
export interface AccountActivity {
  readonly id: string;
  readonly contact: Pick<Contact, 'id' | 'name' | 'username'>;
  readonly text: string;
  readonly at: number;
}

/** A customer of the account, when the account is a partner. */
export interface SubClient {
  readonly id: string;
  name: string;
  email: string;
  phone: string;
  companyName: string;
  companyNumber: string;
  address: string;
  zip: string;
  city: string;
  country: string;
  active: boolean;
  loginEnabled: boolean;
  invoiceDirect: boolean;
  password: string;
  createdAt: number;
  servers: Assignment[];
  domains: Assignment[];
  webhosting: Assignment[];
}

/** A data processing agreement. Revoked ones stay. */
export interface Dpa {
  readonly id: string;
  readonly signedBy: string;
  readonly signedIp: string;
  readonly signedAt: number;
  readonly dataTypes: string[];
  readonly affectedGroups: string[];
  revoked: boolean;
}

export interface PeopleRecords {
  activity: AccountActivity[];
  apiKeys: ApiKey[];
  clients: SubClient[];
  dpas: Dpa[];
}

/** An e-mail the account has sent, reduced to what matters in it. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly at: number;
  /** From the link in it. */
  readonly hash?: string;
  readonly password?: string;
}

/** What the hash of a link in an e-mail allows. Each one works once. */
export interface Verification {
  readonly purpose: 'contact' | 'account-email' | 'password-reset';
  readonly contactId: string;
  readonly email: string;
  readonly hash: string;
  readonly expiresAt: number;
}

/** A passkey registration that has begun. */
export interface PasskeyChallenge {
  readonly contactId: string;
  readonly challenge: string;
  readonly expiresAt: number;
}
