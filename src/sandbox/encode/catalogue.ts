import { decimalText, type WireRecord } from '../wire.js';
import { isInStock, type Product, type Region, type Tier } from '../world/catalogue.js';
import { hourlyUsage } from '../world/prices.js';
import { hasPaidInvoice, paysInArrears, type Shop } from '../world/shop.js';
import type { World } from '../world/world.js';
import { regionIcon } from './datacenter.js';

/** The whole catalogue: ids bare except those of regions, which are quoted in one place and bare in another. */
export function catalogue(world: World): WireRecord {
  const { shop } = world;
  return {
    tiers: shop.tiers.map(tier => tierRow(shop, tier)),
    regions: shop.regions.map(regionRow),
    datacenters: shop.regions.filter(({ active }) => active).map(datacenterRow),
    eligibility: eligibility(world),
    currency: 'NOK',
  };
}

/** A tier says that it is in stock even when none of its products is. */
const tierRow = (shop: Shop, tier: Tier): WireRecord => ({
  group_id: Number(tier.id),
  group_name: tier.name,
  in_stock: true,
  quantity: 0,
  products: shop.products.filter(({ tierId }) => tierId === tier.id).map(product => productRow(shop, product)),
});

function productRow(shop: Shop, product: Product): WireRecord {
  const { machine } = product;
  return {
    product_id: Number(product.id),
    product_hash: product.hash,
    product_name: product.name,
    type: product.type,
    auction_id: Number(product.auctionId ?? 0),
    in_stock: isInStock(product),
    // Not a count: 0 where there is no end of them.
    quantity: product.stock ?? 0,
    built_to_order: product.builtToOrder,
    waitlist_eligible: product.waitlistEligible,
    allow_hourly: product.allowHourly,
    allow_recurring: product.allowRecurring,
    discount_year: product.yearDiscount,
    setup: decimalText(product.setup),
    contract: 1,
    monthly_extra: 0,
    vm_cores: String(product.cores),
    vm_memory: String(product.ramGb),
    vm_storage: String(product.diskGb),
    vm_bw: machine === null ? String(product.bandwidthGb) : '',
    vm_bw_type: machine === null ? 'quota' : '',
    price_id: Number(product.priceId),
    rate_hourly: product.hourlyRate,
    rate_monthly: product.monthly / 100,
    region_ids: product.regionIds.map(Number),
    dc_ids: datacentersOf(shop, product).map(Number),
    dc_stock:
      machine === null
        ? []
        : Object.fromEntries(datacentersOf(shop, product).map(id => [id, isInStock(product)] as const)),
    addons:
      machine === null
        ? []
        : [
            { name: 'Minne', value: `${machine.ramGb}GB` },
            { name: 'Disk', value: machine.disks.map(({ sizeGb, type }) => `${sizeGb}GB ${type}`).join(' + ') },
          ],
    config_addons: product.addons.map(addon => ({
      addon_id: Number(addon.id),
      addon_name: addon.name,
      addon_type: 'radio',
      options: addon.options.map(({ id, value, priceId, monthly }, index) => ({
        opt_id: Number(id),
        opt_value: value,
        opt_setup: '0.00',
        price_id: Number(priceId),
        rate_monthly: decimalText(monthly),
        is_default: index === 0,
      })),
    })),
    specs: specs(product),
  };
}

function specs({ machine, ...product }: Product): WireRecord {
  const disks = machine?.disks ?? [{ sizeGb: product.diskGb, type: 'NVMe' }];
  return {
    cpu_cores: product.cores,
    cpu_sockets: 1,
    cpu_model: machine === null ? null : `${machine.cpu.vendor} ${machine.cpu.model}`,
    ram_gb: machine?.toldRamGb ?? product.ramGb,
    disks: disks.map(({ sizeGb, type }) => ({ size_gb: sizeGb, type })),
    gpus: machine?.gpu
      ? [{ manufacturer: machine.gpu.vendor, model: machine.gpu.model, vram_gb: machine.gpu.vramGb, count: 1 }]
      : [],
    bw: machine === null ? product.bandwidthGb : 1000,
    bw_type: machine === null ? 'quota' : 'cdr',
    uplink_gbps: machine === null ? null : 1,
  };
}

const regionRow = (region: Region): WireRecord => ({
  region_id: region.id,
  region_name: region.name,
  region_name_short: region.shortName,
  region_country: region.country,
  region_icon: regionIcon(),
  region_active: region.active ? '1' : '0',
});

const datacenterRow = ({ datacenter, ...region }: Region): WireRecord => ({
  dc_id: Number(datacenter.id),
  dc_name: datacenter.name,
  region_id: Number(region.id),
  region_name: region.name,
  region_name_short: region.shortName,
  region_location: `${region.name}, Norway`,
  region_country: region.country,
  region_icon: regionIcon(),
});

const datacentersOf = (shop: Shop, product: Product): string[] =>
  shop.regions.filter(({ id }) => product.regionIds.includes(id)).map(({ datacenter }) => datacenter.id);

function eligibility(world: World): WireRecord {
  const { card } = world.shop;
  const { credit } = world.account;
  const usage = hourlyUsage(world);
  return {
    verified: 1,
    has_method: card !== 'none',
    method_qualifies: card === 'works' || card === 'declines',
    has_paid_invoice: hasPaidInvoice(world),
    qualifies_arrears: paysInArrears(world),
    credit_nok: credit / 100,
    hourly_applies: !paysInArrears(world),
    hourly_allowance: decimalText(credit),
    hourly_usage: decimalText(usage),
    hourly_percent: credit === 0 ? 100 : Math.round((usage * 100) / credit),
    hourly_currency: 'NOK',
  };
}
