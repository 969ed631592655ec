import * as z from 'zod';
import { addSshKey as add } from '../../client/api/ssh-keys.js';
import { InputError } from '../../inventory/input-error.js';
import { parsePublicKey } from '../../inventory/public-key.js';
import { describeSshKey, listSshKeys } from '../../inventory/ssh-keys.js';
import { NewName } from '../params.js';
import { defineChange } from '../tool.js';

export const addSshKey = defineChange({
  name: 'add_ssh_key',
  title: 'Add an SSH key',
  effect: 'create',
  settledBy: 'list_ssh_keys',
  toolset: 'account',
  covers: ['addSshKey'],
  description:
    'Add an SSH public key to the account, to be installed on servers when they are set up. Never pass a private key.',
  input: z.strictObject({
    name: NewName.describe('What to call it'),
    public_key: z.string().min(1).max(20_000).describe('The line in a .pub file'),
  }),
  output: z.looseObject({
    name: z.string(),
    id: z.string().nullable().describe('Null while Gigahost does not list it yet'),
    type: z.string(),
    fingerprint: z.string(),
    comment: z.string().nullable(),
  }),

  async plan({ client, signal }, { name, public_key }) {
    const key = parsePublicKey(public_key);
    const present = await listSshKeys(client, { signal });
    const same = present.find(other => other.key?.fingerprint === key.fingerprint);
    if (same) throw new InputError(`This key is on the account already, as ${describeSshKey(same)}.`);
    const namesake = present.find(other => other.name.toLowerCase() === name.toLowerCase());
    if (namesake)
      throw new InputError(`The account has a key of that name, ${describeSshKey(namesake)}. Choose another name.`);
    return {
      what: `Add the SSH key "${name}" (${key.kind}, ${key.fingerprint})`,
      consequences: [],
      name,
      state: { present: present.map(({ id }) => id) },
      subject: key,
    };
  },

  async apply({ client }, { subject }, { name }) {
    await client.call(add, { body: { name, data: subject.line } });
    const now = await listSshKeys(client);
    const { kind: type, fingerprint, comment } = subject;
    const id = now.find(({ key }) => key?.fingerprint === fingerprint)?.id ?? null;
    return { name, id, type, fingerprint, comment };
  },

  say: ({ name, id, type, fingerprint }) =>
    `The SSH key "${name}"${id === null ? '' : ` (id ${id})`} is ${id === null ? 'accepted, and not listed yet: look again with list_ssh_keys' : 'on the account'}: ${type}, ${fingerprint}. It is offered when a server is set up or reinstalled; servers that run do not get it.`,
});
