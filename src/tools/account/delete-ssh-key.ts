import * as z from 'zod';
import { deleteSshKey as remove } from '../../client/api/ssh-keys.js';
import { describeSshKey, listSshKeys, sshKeyNamed } from '../../inventory/ssh-keys.js';
import { defineChange } from '../tool.js';

export const deleteSshKey = defineChange({
  name: 'delete_ssh_key',
  title: 'Delete an SSH key',
  effect: 'destroy',
  settledBy: 'list_ssh_keys',
  toolset: 'account',
  covers: ['deleteSshKey'],
  description: 'Delete an SSH public key from the account. Servers that have it keep it.',
  input: z.strictObject({ key: z.string().trim().min(1).max(200).describe('Name, id or fingerprint') }),
  output: z.looseObject({ name: z.string(), id: z.string(), still_listed: z.boolean(), remaining: z.number() }),

  async plan({ client, signal }, { key }) {
    const keys = await listSshKeys(client, { signal });
    const chosen = sshKeyNamed(key, keys);
    return {
      what: `Delete the SSH key ${describeSshKey(chosen)} from the account`,
      consequences: [
        'It is no longer offered when a server is set up or reinstalled.',
        'Servers that have it keep it: whoever holds it can still sign in there.',
        othersOf(keys.length - 1),
      ],
      name: chosen.name,
      state: { id: chosen.id, name: chosen.name, fingerprint: chosen.key?.fingerprint, keys: keys.length },
      subject: chosen,
    };
  },

  async apply({ client }, { subject: { id, name } }) {
    await client.call(remove, { params: { id } });
    const left = await listSshKeys(client);
    const still_listed = left.some(key => key.id === id);
    return { name, id, still_listed, remaining: left.length - (still_listed ? 1 : 0) };
  },

  say: ({ name, id, still_listed, remaining }) =>
    still_listed
      ? `Gigahost accepted deleting the SSH key "${name}" (id ${id}), but still lists it. Look again with list_ssh_keys; do not delete it again.`
      : `The SSH key "${name}" (id ${id}) is deleted; ${remaining || 'none'} remain${remaining === 1 ? 's' : ''}. Where it was installed, remove it from ~/.ssh/authorized_keys too.`,
});

const othersOf = (count: number): string =>
  count === 0 ? 'No other SSH key remains.' : `${count} other SSH key${count === 1 ? ' remains' : 's remain'}.`;
