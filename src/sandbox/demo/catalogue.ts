import type { Machine, Product, Region, Tier } from '../world/catalogue.js';
import { PACKAGES } from './packages.js';

/** Sandefjord is the region of every demo server; the documentation also names Oslo; the third takes no orders. */
export const REGIONS: Region[] = [
  region('1', 'Sandefjord', 'SFJ, NO', true, '4'),
  region('2', 'Oslo', 'OSL, NO', true, '7'),
  region('3', 'Bergen', 'BGO, NO', false, '9'),
];

export const TIERS: Tier[] = [
  { id: '60', name: 'KVM Performance' },
  { id: '61', name: 'KVM Value' },
  { id: '62', name: 'GPU' },
  { id: '55', name: 'Intro Bare Metal' },
  { id: '57', name: 'Storage Bare Metal' },
  { id: '56', name: 'Auction Bare Metal' },
];

const OFFER = {
  type: 'vm',
  auctionId: null,
  stock: null,
  regionIds: ['1'],
  builtToOrder: false,
  waitlistEligible: true,
  allowHourly: true,
  allowRecurring: true,
  yearDiscount: 10,
  setup: 0,
  machine: null,
  addons: [],
} satisfies Partial<Product>;

// Id, hash, price id and stock of each size. The largest is sold out.
const VALUE = [
  ['7954', '5f0c1e77a2', '4051', null],
  ['7955', '0badc0ffee', '4054', null],
  ['7956', 'deadbeef00', '4057', null],
  ['7957', 'c4d1e09b36', '4060', 4],
  ['7958', '91be7d20fa', '4063', 0],
] as const;

const value = (): Product[] =>
  VALUE.flatMap(([productId, hash, priceId, stock]) => {
    const size = PACKAGES.find(({ id }) => id === productId);
    return size ? [{ ...OFFER, ...size, hash, priceId, stock, tierId: '61', regionIds: ['1', '2'] }] : [];
  });

const performance = (id: string, hash: string, priceId: string, ramGb: number, nok: number, rate: number): Product => ({
  ...OFFER,
  id,
  hash,
  priceId,
  tierId: '60',
  name: `KVM Performance VPS ${ramGb}GB`,
  cores: ramGb / 2,
  ramGb,
  diskGb: ramGb * 10,
  bandwidthGb: 20_000,
  monthly: nok * 100,
  hourlyRate: rate,
});

interface HardwareOffer extends Partial<Product> {
  readonly id: string;
  readonly hash: string;
  readonly priceId: string;
  readonly tierId: string;
  readonly name: string;
  readonly monthly: number;
  readonly hourlyRate: number;
  readonly stock: number;
  readonly machine: Machine;
}

const hardware = (offer: HardwareOffer): Product => ({
  ...OFFER,
  type: 'dedicated',
  cores: 0,
  ramGb: 0,
  diskGb: 0,
  bandwidthGb: 0,
  ...offer,
});

const I5: Machine = {
  vendor: 'HP',
  model: 'ProLiant ML10',
  cpu: { vendor: 'Intel', model: 'Core i5-2400', speedMhz: 3100, cores: 4 },
  ramGb: 16,
  toldRamGb: 8,
  disks: [{ type: 'SSD', sizeGb: 500 }],
  gpu: null,
};

/** What the shop sells; the sizes of virtual servers agree with the packages one can upgrade to. */
export const products = (): Product[] => [
  performance('7951', 'f9544dd3cb', '4234', 4, 99, 0.15813),
  performance('7952', 'a1b2c3d4e5', '4237', 8, 159, 0.25396),
  ...value(),
  hardware({
    id: '8101',
    hash: 'e7a90c55d1',
    priceId: '4301',
    tierId: '62',
    name: 'GPU VPS RTX 4000 Ada 32GB',
    monthly: 249_000,
    hourlyRate: 3.97704,
    stock: 0,
    waitlistEligible: false,
    machine: {
      ...I5,
      cpu: { vendor: 'AMD', model: 'EPYC 7543P', speedMhz: 2800, cores: 8 },
      ramGb: 32,
      toldRamGb: 32,
      disks: [{ type: 'NVMe', sizeGb: 400 }],
      gpu: { vendor: 'NVIDIA', model: 'RTX 4000 Ada', vramGb: 20 },
    },
  }),
  hardware({
    id: '4876',
    hash: '1ntr0c0re6',
    priceId: '3406',
    tierId: '55',
    name: 'Intro - Intel Core i5 16GB',
    monthly: 34_900,
    hourlyRate: 0.55743,
    stock: 2,
    machine: I5,
    addons: [
      {
        id: '31',
        name: 'Ekstra disk',
        options: [
          { id: '310', value: 'Ingen', priceId: '3500', monthly: 0 },
          { id: '311', value: '1TB SSD', priceId: '3501', monthly: 9900 },
        ],
      },
    ],
  }),
  hardware({
    id: '4880',
    hash: '5t0rage64a',
    priceId: '3421',
    tierId: '57',
    name: 'Storage - Intel Xeon E-2236 64GB',
    monthly: 124_900,
    hourlyRate: 1.99489,
    stock: -1,
    allowHourly: false,
    builtToOrder: true,
    setup: 49_900,
    machine: {
      vendor: 'Dell',
      model: 'PowerEdge R340',
      cpu: { vendor: 'Intel', model: 'Xeon E-2236', speedMhz: 3400, cores: 6 },
      ramGb: 64,
      toldRamGb: 64,
      disks: [
        { type: 'SSD', sizeGb: 480 },
        { type: 'HDD', sizeGb: 16_000 },
        { type: 'HDD', sizeGb: 16_000 },
      ],
      gpu: null,
    },
  }),
  hardware({
    id: '1620',
    hash: 'auct10n111',
    priceId: '0',
    auctionId: '311',
    tierId: '56',
    type: 'auction',
    name: 'Core i5 8GB 500GB 2018',
    monthly: 21_800,
    hourlyRate: 0.34819,
    stock: 1,
    allowHourly: false,
    waitlistEligible: false,
    yearDiscount: 0,
    machine: { ...I5, ramGb: 8, disks: [{ type: 'HDD', sizeGb: 500 }] },
  }),
];

function region(id: string, name: string, shortName: string, active: boolean, datacenterId: string): Region {
  return { id, name, shortName, country: 'Norge', active, datacenter: { id: datacenterId, name: `DC${datacenterId}` } };
}
