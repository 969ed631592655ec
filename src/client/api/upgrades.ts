import * as z from 'zod';
import { defineEndpoint, fromData, nothing, PathId } from '../endpoint.js';
import { count, idOrNull, list, money, text } from '../wire.js';

/** The live shape, with the documented `pkg_*` names as a fallback (wire note 6.4). */
const UpgradeWire = z
  .looseObject({
    product_id: idOrNull,
    product_name: text,
    product_vm_cores: count,
    product_vm_memory: count,
    product_vm_storage: count,
    rate_monthly: money,
    currency_code: text,
    pkg_id: idOrNull,
    pkg_name: text,
    pkg_cores: count,
    pkg_ram: count,
    pkg_disk: count,
    product_price: money,
  })
  .transform(w => ({
    id: w.pkg_id ?? w.product_id,
    name: w.product_name ?? w.pkg_name ?? '',
    cores: w.product_vm_cores ?? w.pkg_cores,
    ramGb: w.product_vm_memory ?? (w.pkg_ram === null ? null : w.pkg_ram / 1024),
    storageGb: w.product_vm_storage ?? w.pkg_disk,
    monthlyPrice: w.rate_monthly ?? w.product_price,
    currency: w.currency_code,
  }));
export type Upgrade = z.output<typeof UpgradeWire>;

const ServerId = z.object({ id: PathId });

export const listServerUpgrades = defineEndpoint({
  id: 'listServerUpgrades',
  does: 'list the packages it can move to',
  method: 'GET',
  path: '/servers/{id}/upgrade',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: ServerId,
  decode: fromData(list(UpgradeWire)),
});

/** Which id the live API accepts is unknown; every one tried was refused (wire note 6.4). */
export const upgradeServer = defineEndpoint({
  id: 'upgradeServer',
  does: 'upgrade the server',
  method: 'POST',
  path: '/servers/{id}/upgrade',
  effect: 'purchase',
  repeatable: false,
  secrets: [],
  params: ServerId,
  body: z.object({ pkg_id: PathId }),
  refusals: {
    400: 'Gigahost has been seen to refuse upgrades through its API; the web panel or its support can do it.',
    404: 'Gigahost has been seen to refuse upgrades through its API; the web panel or its support can do it.',
  },
  decode: nothing,
});
