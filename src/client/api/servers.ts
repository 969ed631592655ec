import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing, PathId } from '../endpoint.js';
import { GigahostError } from '../errors.js';
import { DetailWire, ServerRow } from './server-record.js';
import { count, isEmpty, list, secret, single, text } from '../wire.js';

export type { Address, Server, ServerDetail } from './server-record.js';

const ServerId = z.object({ id: PathId });
const listSecrets = ['data[].srv_vnc_password', 'data[].srv_vnc_token', 'data[].srv_serverkey'];

export const listServers = defineEndpoint({
  id: 'listServers',
  does: 'list the servers',
  method: 'GET',
  path: '/servers',
  effect: 'read',
  repeatable: true,
  secrets: [...listSecrets, 'data[].install_details'],
  decode: reply => ({
    servers: list(ServerRow).parse(reply.data),
    /** Above 1 when this reply is not the whole list; how to ask for more is not known (wire note 3.6). */
    pages: count.parse(reply.meta['total_pages']) ?? 1,
  }),
});

export const getServer = defineEndpoint({
  id: 'getServer',
  does: 'read the server',
  method: 'GET',
  path: '/servers/{id}',
  effect: 'read',
  repeatable: true,
  secrets: [
    ...listSecrets,
    'data[].ipmi_session.kvm_username',
    'data[].ipmi_session.kvm_password',
    'data[].management_session',
    'data[].install_details.root_password',
    'data[].install_details.prov_post',
  ],
  params: ServerId,
  decode: reply => {
    if (!isEmpty(reply.data)) return single(DetailWire).parse(reply.data);
    const reason = 'the answer holds no server';
    throw new GigahostError('not_found', { operation: 'read the server', changed: 'nothing', reason });
  },
});

export const setServerName = defineEndpoint({
  id: 'setServerName',
  does: 'rename the server',
  method: 'PUT',
  path: '/servers/{id}/name',
  effect: 'update',
  repeatable: true,
  secrets: [],
  params: ServerId,
  body: z.object({ name: z.string().min(1) }),
  decode: nothing,
});

export const createIpmiSession = defineEndpoint({
  id: 'createIpmiSession',
  does: 'open a console session',
  method: 'POST',
  path: '/servers/{id}/ipmi',
  effect: 'create',
  repeatable: false,
  secrets: ['data.username', 'data.password'],
  params: ServerId,
  body: z.object({ acl: z.string().min(1) }),
  decode: fromData(
    z
      .looseObject({ kvm_ip_address: text, username: secret, password: secret })
      .transform(w => ({ address: w.kvm_ip_address, username: w.username, password: w.password })),
  ),
});

/** Undocumented, and the only way to end an hourly server. A second one is refused with 400 (wire note 6.1). */
export const cancelServer = defineEndpoint({
  id: 'cancelServer',
  does: 'cancel the server',
  method: 'POST',
  path: '/servers/{id}/cancel',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: z.object({ id: idOf('server') }),
  body: z.object({
    reason: z.string().min(1).optional(),
    early_termination: z.literal([0, 1]).optional().describe('1: now, not at the end of the paid term'),
  }),
  refusals: {
    400: 'It may be cancelled already, or have died while it was built: list_servers shows whether it is there.',
  },
  decode: nothing,
});
