import * as z from 'zod';
import { deleteBgpSession as remove } from '../../client/api/bgp.js';
import { readBgp, sessionName } from '../../inventory/bgp.js';
import { InputError } from '../../inventory/input-error.js';
import { theOne } from '../../inventory/the-one.js';
import { defineChange } from '../tool.js';

export const deleteBgpSession = defineChange({
  name: 'delete_bgp_session',
  title: 'Delete a BGP session',
  effect: 'disrupt',
  settledBy: 'get_bgp',
  toolset: 'bgp',
  covers: ['deleteBgpSession'],
  description: 'Delete one BGP session; what is announced over it alone is no longer reachable.',
  input: z.strictObject({
    session: z.string().trim().min(1).max(100).describe('Its server, address, or id from get_bgp'),
  }),
  output: z.looseObject({
    session: z.string(),
    what: z.string(),
    session_status: z.string().nullable().describe('As read back; null when it is gone'),
    remaining: z.number(),
  }),

  async plan({ client, inventory, signal }, { session }) {
    const { sessions, prefixes } = await readBgp(client, inventory, { signal });
    const found = theOne(session, sessions, {
      nouns: ['BGP session', 'BGP sessions'],
      idOf: ({ id }) => id,
      namesOf: ({ address, server }) => [address, server],
    });
    if (found.status?.toLowerCase() !== 'active')
      throw new InputError(
        `${sessionName(found)} is ${found.status ?? 'in an unknown state'}: Gigahost deletes active ones only. get_bgp shows when it is.`,
      );
    const others = sessions.filter(row => row.asn_id === found.asn_id && row.id !== found.id).length;
    const announced = prefixes.filter(({ asn_id }) => asn_id === found.asn_id).length;
    return {
      what: `Delete ${sessionName(found)}`,
      consequences: [
        others > 0
          ? `${others} other session${others === 1 ? '' : 's'} of AS${found.asn ?? '?'} remain${others === 1 ? 's' : ''}.`
          : `It is the last session of AS${found.asn ?? '?'}: its ${announced} prefix${announced === 1 ? '' : 'es'} are no longer announced.`,
        'create_bgp_session makes a new one.',
      ],
      ...(found.server && found.server_id
        ? { server: { id: found.server_id, name: found.server, label: null, hostname: null } }
        : {}),
      name: found.address ?? found.id,
      state: { id: found.id, status: found.status, others },
      subject: found,
    };
  },

  async apply({ client, inventory }, { subject }) {
    await client.call(remove, { params: { id: subject.id } });
    const { sessions } = await readBgp(client, inventory);
    return {
      session: subject.id,
      what: sessionName(subject),
      session_status: sessions.find(({ id }) => id === subject.id)?.status ?? null,
      remaining: sessions.filter(({ id }) => id !== subject.id).length,
    };
  },

  say: ({ what, session_status, remaining }) =>
    `${session_status === null ? `Deleted: ${what}` : `Gigahost took on deleting ${what}; its status is: ${session_status}. get_bgp shows when it is gone`}. ${remaining || 'No'} other session${remaining === 1 ? '' : 's'} remain${remaining === 1 ? 's' : ''}.`,
});
