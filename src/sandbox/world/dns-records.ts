/** A record as the zone stores it. */
export interface DnsRecord {
  /** Relative to the zone, "@" for the apex. */
  name: string;
  type: string;
  /** Host names with or without a final dot, and TXT as chunks without the outermost quotes, as they are listed. */
  value: string;
  ttl: number;
  /** Of MX only, which the value does not repeat. */
  priority: number | null;
  /** Belongs to Gigahost: deleting it is reported as done, and it stays. */
  locked: boolean;
}

export interface Redirect {
  source: string;
  targetUrl: string;
  createdAt: number;
  /** Came along with a redirect of the apex, and goes with it. */
  companion: boolean;
}

export interface Registrant {
  handle: string;
  type: 'organization' | 'person';
  name: string;
  organization: string | null;
  email: string;
  address: string | null;
  zip: string;
  city: string;
  /** Organisation number, or the registry's identifier of a person. */
  identity: string;
}

export interface Registration {
  expiresAt: number;
  autoRenew: boolean;
  /** When a transfer from another registrar is through; 0 for a domain that is here. */
  arrivesAt: number;
  registrant: Registrant;
}

export interface DsRecord {
  keyTag: number;
  alg: number;
  digestType: number;
  digest: string;
}

export interface Zone {
  readonly id: string;
  /** Lower-cased, and in ASCII. */
  readonly name: string;
  readonly displayName: string;
  readonly type: 'NATIVE' | 'MASTER' | 'SLAVE';
  updatedAt: number;
  records: DnsRecord[];
  redirects: Redirect[];
  /** The servers it is delegated to. */
  nameservers: string[];
  /** Null for a zone whose domain is not registered here. */
  registration: Registration | null;
  /** The signing key's DS; null while DNSSEC is off. */
  dnssec: DsRecord | null;
  /** DS records handed in for a zone on outside nameservers. */
  externalDs: DsRecord[];
}

/** An entry of the public register of organisations. */
export interface Organization {
  readonly number: string;
  readonly name: string;
  readonly address: string;
  readonly zip: string;
  readonly city: string;
}
