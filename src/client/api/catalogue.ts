import * as z from 'zod';
import { defineEndpoint, fromData } from '../endpoint.js';
import { count, flagOrNull, id, idOrNull, list, money, objectOrNull, record, text, unwrapped } from '../wire.js';

/** An entry of one of the maps that PHP writes as an array while they are empty: data centre → in stock. */
const stockByDatacenter = z.preprocess(
  value => (Array.isArray(value) ? {} : (value ?? {})),
  z.record(z.string(), flagOrNull),
);

const Specs = record({
  cpu_cores: ['cpu_cores', count],
  cpu_sockets: ['cpu_sockets', count],
  cpu_model: ['cpu_model', text],
  ram_gb: ['ram_gb', count],
  disks: ['disks', list(record({ size_gb: ['size_gb', count], type: ['type', text] }))],
  gpus: [
    'gpus',
    list(
      record({
        manufacturer: ['manufacturer', text],
        model: ['model', text],
        memory_gb: ['vram_gb', count],
        count: ['count', count],
      }),
    ),
  ],
  uplink_gbps: ['uplink_gbps', count],
});

const Option = record({
  id: ['opt_id', idOrNull],
  value: ['opt_value', text],
  setup_fee: ['opt_setup', money],
  monthly: ['rate_monthly', money],
  is_default: ['is_default', flagOrNull],
});

/** Amounts are without VAT. Neither `quantity` nor the stock of the tier says anything (wire note 8.1). */
const Product = record({
  id: ['product_id', id],
  name: ['product_name', text],
  /** "vm", "dedicated" or "auction". */
  type: ['type', text],
  auction_id: ['auction_id', idOrNull],
  in_stock: ['in_stock', flagOrNull],
  built_to_order: ['built_to_order', flagOrNull],
  waitlist: ['waitlist_eligible', flagOrNull],
  hourly: ['allow_hourly', flagOrNull],
  recurring: ['allow_recurring', flagOrNull],
  annual_discount_percent: ['discount_year', count],
  setup_fee: ['setup', money],
  contract_months: ['contract', count],
  monthly_extra: ['monthly_extra', money],
  vm_cores: ['vm_cores', count],
  vm_ram_gb: ['vm_memory', count],
  vm_disk_gb: ['vm_storage', count],
  traffic: ['vm_bw', count],
  /** "quota": `traffic` is GB a month. */
  traffic_kind: ['vm_bw_type', text],
  /** Changes with the price; null for auctions. Never kept beyond one order. */
  price_id: ['price_id', idOrNull],
  rate_hourly: ['rate_hourly', money],
  /** Also the most that an hourly server costs in a month. */
  rate_monthly: ['rate_monthly', money],
  region_ids: ['region_ids', list(id)],
  stock_by_datacenter: ['dc_stock', stockByDatacenter],
  /** Norwegian labels: "Minne" is memory. */
  contents: ['addons', list(record({ name: ['name', text], value: ['value', text] }))],
  choices: ['config_addons', list(record({ name: ['addon_name', text], options: ['options', list(Option)] }))],
  specs: ['specs', objectOrNull(Specs)],
});
export type Product = z.output<typeof Product>;

const Eligibility = record({
  verified: ['verified', flagOrNull],
  has_method: ['has_method', flagOrNull],
  method_qualifies: ['method_qualifies', flagOrNull],
  has_paid_invoice: ['has_paid_invoice', flagOrNull],
  pays_afterwards: ['qualifies_arrears', flagOrNull],
  credit_nok: ['credit_nok', money],
  hourly_applies: ['hourly_applies', flagOrNull],
  hourly_allowance: ['hourly_allowance', money],
  hourly_usage: ['hourly_usage', money],
  hourly_percent: ['hourly_percent', count],
  hourly_currency: ['hourly_currency', text],
});
export type Eligibility = z.output<typeof Eligibility>;

const Catalogue = record({
  tiers: ['tiers', list(record({ name: ['group_name', text], products: ['products', list(Product)] }))],
  regions: [
    'regions',
    list(
      record({
        id: ['region_id', id],
        name: ['region_name', text],
        short_name: ['region_name_short', text],
        country: ['region_country', text],
        active: ['region_active', flagOrNull],
      }),
    ),
  ],
  datacenters: [
    'datacenters',
    list(record({ id: ['dc_id', id], name: ['dc_name', text], region_id: ['region_id', idOrNull] })),
  ],
  eligibility: ['eligibility', objectOrNull(Eligibility)],
  currency: ['currency', text],
});
export type Catalogue = z.output<typeof Catalogue>;
export type Region = Catalogue['regions'][number];

/** The only source of price ids. Each region repeats a large picture, which is not decoded (wire notes 2.6, 8.1). */
export const getDeployCatalog = defineEndpoint({
  id: 'getDeployCatalog',
  does: 'read the server plans on offer',
  method: 'GET',
  path: '/deploy/servers',
  effect: 'read',
  repeatable: true,
  secrets: [],
  decode: fromData(Catalogue),
});

export const listDeployIsos = defineEndpoint({
  id: 'listDeployIsos',
  does: 'list the ISO images for new servers',
  method: 'GET',
  path: '/deploy/isos',
  effect: 'read',
  repeatable: true,
  secrets: [],
  decode: fromData(
    unwrapped('isos', list(record({ id: ['iso_id', id], name: ['iso_name', text], size_bytes: ['iso_size', count] }))),
  ),
});
