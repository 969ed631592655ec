import type { Package } from './records.js';
import type { Cpu, Disk } from './server-record.js';

export interface Region {
  id: string;
  name: string;
  shortName: string;
  country: string;
  active: boolean;
  datacenter: { id: string; name: string };
}

/** A shelf of the catalogue. */
export interface Tier {
  id: string;
  name: string;
}

/** What stands in the rack when hardware is ordered. */
export interface Machine {
  vendor: string;
  model: string;
  cpu: Omit<Cpu, 'id'> & { cores: number };
  ramGb: number;
  /** Memory the catalogue claims, which contradicts the product's name on several products. */
  toldRamGb: number;
  disks: Pick<Disk, 'type' | 'sizeGb'>[];
  gpu: { vendor: string; model: string; vramGb: number } | null;
}

/** A choice in a product's configuration. Money in hundredths of NOK. */
export interface Addon {
  id: string;
  name: string;
  options: { id: string; value: string; priceId: string; monthly: number }[];
}

/** A product of the catalogue. Hardware has zeros where a virtual server has its size. */
export interface Product extends Package {
  hash: string;
  tierId: string;
  type: 'vm' | 'dedicated' | 'auction';
  auctionId: string | null;
  priceId: string;
  /** How many are left; null for as many as anybody wants. Below zero is sold out, too. */
  stock: number | null;
  regionIds: string[];
  builtToOrder: boolean;
  waitlistEligible: boolean;
  allowHourly: boolean;
  allowRecurring: boolean;
  /** Percent off for a year. */
  yearDiscount: number;
  /** Hundredths of NOK. */
  setup: number;
  machine: Machine | null;
  addons: Addon[];
}

export const isInStock = ({ stock }: Product): boolean => stock === null || stock > 0;
