import type { FileTree } from './file-tree.js';

/** A size a hosting account can have. Money in hundredths of NOK per month. */
export interface HostingPackage {
  id: string;
  name: string;
  diskMb: number;
  bandwidthGb: number;
  monthly: number;
}

/** An application that can be installed with one call. */
export interface HostingApp {
  id: string;
  name: string;
  category: string;
  description: string;
  version: string;
  /** What its own files take, the few in the file tree not counted. */
  coreBytes: number;
  /** Ending of the name of its database. */
  databaseSuffix: string;
  /** Text by file name; {database}, {user}, {password} and {title} stand for what an installation has there. */
  files: Readonly<Record<string, string>>;
}

export interface HostingOrder {
  id: string;
  number: string;
  months: number;
  renewsAt: number;
  /** When a cancelled account ends; null while nobody has cancelled it. */
  endsAt: number | null;
}

export interface Mailbox {
  user: string;
  password: string;
  /** 0 means unlimited. */
  quotaMb: number;
  usedBytes: number;
}

export interface Forwarder {
  user: string;
  destinations: string[];
}

/** What happens to mail for addresses that do not exist. */
export interface CatchAll {
  action: ':fail:' | ':blackhole:' | 'address';
  /** The address that gets the mail; empty for the other actions. */
  value: string;
}

export interface Autoresponder {
  user: string;
  subject: string;
  text: string;
  copyToSender: boolean;
  replyOnce: string;
}

export interface Dkim {
  enabled: boolean;
  selector: string;
  publicKey: string;
}

export interface SpamFilter {
  where: string;
  requiredHits: number;
  highScoreBlock: boolean;
  highScore: number;
  rewriteSubject: boolean;
  subjectTag: string;
  blacklist: string;
  whitelist: string;
}

export interface FtpAccount {
  username: string;
  password: string;
  /** Folder below the web root; empty for the whole site. */
  path: string;
}

export interface HostingDatabase {
  name: string;
  password: string;
  sizeBytes: number;
}

export interface Installation {
  id: string;
  appId: string;
  version: string;
  domain: string;
  /** Folder below the document root of the domain, "/" for the root itself. */
  path: string;
  /** The same folder in the file tree. */
  folder: string;
  title: string;
  adminUser: string;
  adminPassword: string;
  adminEmail: string;
  database: string;
  installedAt: number;
  state: 'installing' | 'installed' | 'updating' | 'restoring';
  coreBytes: number;
  backups: AppBackup[];
}

/** A copy of an installation. */
export interface AppBackup {
  id: string;
  createdAt: number;
  version: string;
  locationId: string;
  files: FileTree;
  database: HostingDatabase | null;
}

/** Where backups of applications go besides the account itself. */
export interface BackupLocation {
  id: string;
  type: 'ftp' | 'ftps' | 'sftp';
  host: string;
  port: number;
  user: string;
  password: string;
  path: string;
}

export interface Certificate {
  hostnames: string[];
  keySize: string;
  serial: string;
  issuedAt: number;
  expiresAt: number;
}

/** A copy of the whole site: files, databases and applications. */
export interface SiteBackup {
  filename: string;
  createdAt: number;
  files: FileTree;
  databases: HostingDatabase[];
  installations: Installation[];
}

export interface HostingAccount {
  id: string;
  domain: string;
  username: string;
  packageId: string;
  createdAt: number;
  /** False while a new account is being set up. */
  active: boolean;
  order: HostingOrder;
  address: string;
  bandwidthBytes: number;
  additionalDomains: string[];
  subdomains: string[];
  mailboxes: Mailbox[];
  forwarders: Forwarder[];
  catchAll: CatchAll;
  autoresponders: Autoresponder[];
  dkim: Dkim;
  spamFilter: SpamFilter;
  ftpAccounts: FtpAccount[];
  databases: HostingDatabase[];
  files: FileTree;
  installations: Installation[];
  backupLocations: BackupLocation[];
  certificate: Certificate | null;
  certificateRequested: boolean;
  backups: SiteBackup[];
}
