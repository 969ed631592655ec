import * as z from 'zod';
import { anywhere, defineEndpoint, fromData, PathId } from '../endpoint.js';
import { count, flag, id, list, secret, text } from '../wire.js';

const DistributionWire = z
  .looseObject({ dist_id: id, dist_name: text, dist_value: text, dist_active: flag })
  .transform(w => ({ id: w.dist_id, name: w.dist_name ?? w.dist_id, slug: w.dist_value, active: w.dist_active }));
export type Distribution = z.output<typeof DistributionWire>;

const SystemWire = z
  .looseObject({
    os_id: id,
    os_name: text,
    os_release: text,
    os_dist: text,
    os_arch: text,
    os_dedicated_only: flag,
    os_minram: count,
  })
  .transform(w => ({
    id: w.os_id,
    name: w.os_name ?? w.os_id,
    /** Distribution family, e.g. "debian". */
    release: w.os_release,
    codename: w.os_dist,
    architecture: w.os_arch,
    dedicatedOnly: w.os_dedicated_only,
    minRamGb: w.os_minram ?? 0,
  }));
export type OperatingSystem = z.output<typeof SystemWire>;

export const listDistributions = defineEndpoint({
  id: 'listDistributions',
  does: 'list the distributions',
  method: 'GET',
  path: '/reinstall/distro',
  effect: 'read',
  repeatable: true,
  secrets: [],
  decode: fromData(list(DistributionWire)),
});

export const listOperatingSystems = defineEndpoint({
  id: 'listOperatingSystems',
  does: 'list the operating systems',
  method: 'GET',
  path: '/reinstall/distro/{id}',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: z.object({ id: PathId }),
  decode: fromData(list(SystemWire)),
});

/** Wipes the disks. All five fields are always sent: without them the installer stops (wire note 8.5). */
export const reinstallServer = defineEndpoint({
  id: 'reinstallServer',
  does: 'reinstall the server',
  method: 'POST',
  path: '/servers/{id}/reinstall',
  effect: 'destroy',
  repeatable: false,
  secrets: ['meta.root_passwd', 'root_passwd'],
  params: z.object({ id: PathId }),
  body: z.object({
    os_id: PathId,
    language: z.string(),
    keyboard: z.string(),
    timezone: z.string(),
    hostname: z.string(),
    key_id: PathId.optional(),
  }),
  decode: reply => ({ rootPassword: secret.parse(anywhere(reply, 'root_passwd')) }),
});
