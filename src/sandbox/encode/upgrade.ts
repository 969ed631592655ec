import { decimalText, type WireRecord } from '../wire.js';
import type { Package } from '../world/records.js';

/** A package a machine can move to, in the shape seen live; nothing of the documented pkg_* fields. */
export const upgradeRow = (size: Package): WireRecord => ({
  product_id: Number(size.id),
  product_name: size.name,
  product_vm_cores: String(size.cores),
  product_vm_memory: String(size.ramGb),
  product_vm_storage: String(size.diskGb),
  product_vm_bw: String(size.bandwidthGb),
  product_vm_bw_type: 'quota',
  rate_monthly: decimalText(size.monthly, 5),
  currency_code: 'NOK',
});
