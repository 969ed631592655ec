import * as z from 'zod';
import { anywhere, defineEndpoint, nothing, PathId } from '../endpoint.js';
import { flagOrNull, time } from '../wire.js';

const ServerId = z.object({ id: PathId });

export const getServerPowerState = defineEndpoint({
  id: 'getServerPowerState',
  does: 'read the power state',
  method: 'GET',
  path: '/servers/{id}/powerstate',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: ServerId,
  decode: reply => ({
    on: flagOrNull.parse(anywhere(reply, 'powerstate')),
    measuredAt: time.parse(anywhere(reply, 'timestamp')),
  }),
});

const NOT_ON_KVM = 'Gigahost does not offer power on and off for KVM VPS servers; reboot_server works on them.';

/** A GET that acts: never repeated, prefetched or followed (wire note 5.1). The same holds for the two below. */
export const rebootServer = defineEndpoint({
  id: 'rebootServer',
  does: 'reboot the server',
  method: 'GET',
  path: '/servers/{id}/reboot',
  effect: 'disrupt',
  repeatable: false,
  secrets: [],
  params: ServerId,
  decode: nothing,
});

export const powerOnServer = defineEndpoint({
  id: 'powerOnServer',
  does: 'power the server on',
  method: 'GET',
  path: '/servers/{id}/power/on',
  effect: 'update',
  repeatable: false,
  secrets: [],
  params: ServerId,
  refusals: { 405: NOT_ON_KVM },
  decode: nothing,
});

export const powerOffServer = defineEndpoint({
  id: 'powerOffServer',
  does: 'power the server off',
  method: 'GET',
  path: '/servers/{id}/power/off',
  effect: 'disrupt',
  repeatable: false,
  secrets: [],
  params: ServerId,
  refusals: { 405: NOT_ON_KVM },
  decode: nothing,
});
