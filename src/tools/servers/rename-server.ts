import * as z from 'zod';
import { setServerName, type Server } from '../../client/api/servers.js';
import { InputError } from '../../inventory/input-error.js';
import { describeServer } from '../../inventory/state.js';
import { NewName, ServerRef } from '../params.js';
import { defineChange } from '../tool.js';

const ownNameOf = ({ name, named }: Server): string | null => (named ? name : null);

export const renameServer = defineChange({
  name: 'rename_server',
  title: 'Rename a server',
  effect: 'update',
  settledBy: 'get_server',
  toolset: 'servers',
  covers: ['setServerName'],
  description: 'Change the display name of a server. The host name inside the machine stays.',
  input: z.strictObject({
    server: ServerRef,
    name: NewName.describe('New name'),
  }),
  output: z.looseObject({
    id: z.string(),
    name: z.string().nullable().describe('As read back; null where it has none'),
    previous_name: z.string().nullable().describe('Null where it had none'),
  }),

  async plan({ inventory, signal }, { server, name }) {
    const found = await inventory.server(server, { signal });
    if (!inventory.holds({ ...found, name }))
      throw new InputError(
        `Called ${name}, it would be out of reach here: the operator allows other names (--only-servers).`,
      );
    return {
      what: `Rename ${describeServer(found)} to ${name}`,
      consequences: [],
      server: found,
      name: found.name,
      state: { id: found.id, name: found.name },
      subject: found,
    };
  },

  undo: {
    before: server => ({ name: ownNameOf(server) }),
    after: ({ name }) => ({ name }),
    /** An empty name cannot be set. */
    arguments: ({ id, name, named }) => (named ? { server: id, name } : undefined),
  },

  async apply({ client, inventory }, { subject }, { name }) {
    await client.call(setServerName, { params: { id: subject.id }, body: { name } });
    const now = await inventory.detail(subject);
    return { id: subject.id, name: ownNameOf(now), previous_name: ownNameOf(subject) };
  },

  say: ({ name, previous_name }) =>
    name === previous_name
      ? `The server ${name === null ? 'still has no name' : `is still called ${name}`}. If another name was asked for, Gigahost accepted it and does not show it yet: look again with get_server.`
      : `The server is now called ${name ?? 'nothing'} (${previous_name === null ? 'it had no name' : `before: ${previous_name}`}).`,
});
