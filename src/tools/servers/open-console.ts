import * as z from 'zod';
import { createIpmiSession } from '../../client/api/servers.js';
import { normalAddress, normalSubnet } from '../../inventory/addresses.js';
import { InputError } from '../../inventory/input-error.js';
import { describeServer } from '../../inventory/state.js';
import { IpAddressOrSubnet, ServerName, ServerRef } from '../params.js';
import { defineChange } from '../tool.js';

/** A wider range would put the console on the open internet (contract `createIpmiSession`). */
const widest = (cidr: string): number => (cidr.includes(':') ? 48 : 24);

export const openConsole = defineChange({
  name: 'open_console',
  title: 'Open a console session',
  effect: 'create',
  settledBy: 'get_server',
  toolset: 'servers',
  covers: ['createIpmiSession'],
  description:
    'Open a KVM console to a server for three hours. The user gets the credentials outside the conversation; the result says where.',

  input: z.strictObject({
    server: ServerRef,
    allowed_addresses: z
      .array(IpAddressOrSubnet)
      .min(1)
      .max(10)
      .describe('Addresses that may connect: the user’s own public IP'),
  }),

  output: z.looseObject({
    server: ServerName,
    console_address: z.string().nullable(),
    allowed_addresses: z.array(z.string()),
    expires_at: z.string().nullable(),
    credentials: z.array(z.string()).describe('What Gigahost returned: username, password'),
    credentials_in: z.string().nullable().describe('Where the user finds them'),
  }),

  async plan({ inventory, secrets, signal }, { server, allowed_addresses }) {
    const wide = allowed_addresses.find(range => Number(range.split('/')[1] ?? Infinity) < widest(range));
    if (wide)
      throw new InputError(
        `${wide} would open the console to too many machines. Name single addresses, or subnets no wider than /24 (IPv4) or /48 (IPv6).`,
      );
    const found = await inventory.server(server, { signal });
    await secrets.ready();
    return {
      what: `Open a console to ${describeServer(found)}`,
      consequences: [],
      server: found,
      name: found.name,
      state: { id: found.id },
      subject: found,
    };
  },

  async apply({ client, inventory, secrets }, { subject }, args) {
    const allowed = args.allowed_addresses.map(range => normalAddress(range) ?? normalSubnet(range) ?? range);
    const session = await client.call(createIpmiSession, {
      params: { id: subject.id },
      body: { acl: allowed.join(';') },
    });
    const returned = {
      ...(session.username && { username: session.username }),
      ...(session.password && { password: session.password }),
    };
    const credentials = Object.keys(returned);
    const credentials_in =
      credentials.length > 0
        ? await secrets.deliver(`Console of ${describeServer(subject)}`, {
            ...(session.address && { address: session.address }),
            ...returned,
          })
        : null;
    const expires_at = await inventory.detail(subject).then(
      detail => detail.consoleUntil,
      () => null,
    );
    return {
      server: subject.name,
      console_address: session.address,
      allowed_addresses: allowed,
      expires_at,
      credentials,
      credentials_in,
    };
  },

  say: output =>
    `A console to ${output.server} is open at ${output.console_address ?? 'an address that Gigahost did not return'} for ${output.allowed_addresses.join(', ')} ${output.expires_at ? `until ${output.expires_at}` : 'for three hours'}. ${credentialWords(output)}`,
});

function credentialWords(output: {
  readonly credentials: readonly string[];
  readonly credentials_in: string | null;
}): string {
  const [first, second] = output.credentials;
  if (!first) return 'Gigahost returned no credentials.';
  if (second) return `Name and password are in ${output.credentials_in}.`;
  return `Only the ${first} is in ${output.credentials_in}: Gigahost returned nothing else.`;
}
