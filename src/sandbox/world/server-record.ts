/** One address of a server. An IPv6 twin carries the id of its IPv4 address, as upstream does. */
export interface Address {
  id: string;
  subnetId: string;
  family: 'ipv4' | 'ipv6';
  address: string;
  reverse: string;
  type: 'primary' | 'extra' | 'management';
  netmask: string;
  gateway: string;
  /** Id of the address it is routed through, or null. */
  routedTo: string | null;
}

export interface Subnet {
  id: string;
  network: string;
  prefixLength: number;
  gateway: string;
  /** Nameserver the reverse zone is delegated to; empty when it is not. */
  nameserver: string;
}

export interface Disk {
  id: string;
  vendor: string;
  model: string;
  type: 'SSD' | 'HDD' | 'NVMe';
  sizeGb: number;
  serial: string;
}

export interface Nic {
  id: string;
  speedMbps: number;
  mac: string;
  port: string | null;
}

export interface Cpu {
  id: string;
  vendor: string;
  model: string;
  speedMhz: number;
}

/** An operating system install that is running. */
export interface Install {
  osId: string;
  startedAt: number;
  /** Infinity for an installer that has stopped to ask a question. */
  doneAt: number;
  rootPassword: string;
  withSshKey: boolean;
  postScript: string;
}

export interface Order {
  id: string;
  number: string;
  placedAt: number;
  billing: 'hourly' | 'recurring';
  /** Hundredths of NOK; for hardware, which has no package. */
  monthly: number;
  status: 'active' | 'cancelled';
  /** Length of a term; 1 by the hour. */
  months: number;
  backups: boolean;
  /** Hundredths of NOK a month for chosen options. */
  optionsMonthly: number;
}

/** What a machine that was just ordered will be set up with. */
export interface Setup {
  at: number;
  system: { kind: 'os' | 'iso'; id: string } | { kind: 'rescue' };
  withSshKey: boolean;
}

export interface ConsoleSession {
  id: string;
  address: string;
  username: string;
  password: string;
  acl: string;
  expiresAt: number;
}

export interface LogEntry {
  id: string;
  text: string;
  at: number;
}

export interface Attack {
  id: string;
  address: string;
  startedAt: number;
  endedAt: number;
  peakMbps: number;
}

/** A machine, in our own terms; src/sandbox/encode spells it as upstream does. Times are Unix milliseconds. */
export interface ServerRecord {
  readonly id: string;
  name: string;
  label: string;
  regionId: string;
  kind: 'vps' | 'dedicated';
  createdAt: number;
  isNew: boolean;
  poweredOn: boolean;
  rebootingUntil: number | null;
  rescue: boolean;
  /** Of the rescue system a machine was ordered with. */
  rescuePassword: string | null;
  suspended: boolean;
  osId: string | null;
  /** Null once it has begun. */
  setup: Setup | null;
  install: Install | null;
  isoId: string | null;
  /** A package change under way. */
  upgrade: { packageId: string; doneAt: number } | null;
  cancellation: { at: number; reason: string; endsAt: number } | null;
  packageId: string;
  productName: string;
  cores: number;
  ramGb: number;
  /** Null for old hardware, whose order upstream hardly shows. */
  order: Order | null;
  addresses: Address[];
  /** Addresses ordered and not yet on the record. */
  orderedAddresses: { address: Address; readyAt: number }[];
  subnets: Subnet[];
  disks: Disk[];
  nics: Nic[];
  cpus: Cpu[];
  hardware: { vendor: string; model: string; ramType: string; ramSticks: number } | null;
  rack: { name: string; unit: number; row: string } | null;
  console: ConsoleSession | null;
  attacks: Attack[];
  activity: LogEntry[];
  /** What the traffic graphs are drawn from. */
  traffic: { peakMbps: number; outShare: number; monthGb: number };
  secrets: { vncPassword: string; vncToken: string; vncPort: number; serverKey: string };
}
