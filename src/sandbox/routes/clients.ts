import { clientDetail, clientRow, clientUsername } from '../encode/client.js';
import { done, forbidden, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { randomPassword } from '../random.js';
import { idFrom } from '../wire.js';
import type { SubClient } from '../world/people-records.js';
import type { Contact } from '../world/records.js';
import { take } from '../world/take.js';
import type { World } from '../world/world.js';
import { adminRoute } from './people-guards.js';
import { isEmail, isFlag, isText } from '../input.js';

const SHORTEST_PASSWORD = 6;

const partnerRoute = (method: string, tail: string, handle: (call: Call, self: Contact) => Reply): Route =>
  adminRoute(method, `/account/clients${tail}`, (call, self) =>
    call.world.account.partner ? handle(call, self) : forbidden(),
  );

/** A route below /account/clients/:id. */
const clientRoute = (
  method: string,
  tail: string,
  handle: (client: SubClient, call: Call, self: Contact) => Reply,
): Route =>
  partnerRoute(method, `/:id${tail}`, (call, self) => {
    const client = call.world.people.clients.find(({ id }) => id === call.param('id'));
    return client ? handle(client, call, self) : notFound();
  });

export const clientRoutes: Route[] = [
  partnerRoute('GET', '', ({ world }) => ok(world.people.clients.map(clientRow))),
  partnerRoute('POST', '', createClient),
  clientRoute('GET', '', (client, { world }) => ok(clientDetail(world, client))),
  clientRoute('PUT', '', updateClient),
  clientRoute('DELETE', '', deleteClient),
  clientRoute('POST', '/sendlogin', sendLogin),
  ...assignmentRoutes('server', 'servers', 'srv_id', world => world.servers),
  ...assignmentRoutes('domain', 'domains', 'zone_id', world => world.dns.zones),
  ...assignmentRoutes('webhosting', 'webhosting', 'hosting_id', world => world.hosting.accounts),
];

const TEXTS = {
  name: 'name',
  email: 'email',
  phone: 'phone',
  company_name: 'companyName',
  company_no: 'companyNumber',
  address: 'address',
  zip: 'zip',
  city: 'city',
  country: 'country',
} as const satisfies Record<string, keyof SubClient>;

const FLAGS = {
  active: 'active',
  login_enabled: 'loginEnabled',
  invoice_direct: 'invoiceDirect',
} as const satisfies Record<string, keyof SubClient>;

/** What a body says of a sub-client, or null when a field of it is not valid. */
function fieldsFrom(body: Call['body'], prefix: '' | 'client_'): Partial<SubClient> | null {
  const fields: Partial<SubClient> = {};
  for (const [name, property] of Object.entries(TEXTS)) {
    const value = body[prefix + name];
    if (value === undefined) continue;
    if (typeof value !== 'string' || (name === 'email' && value !== '' && !isEmail(value))) return null;
    fields[property] = value;
  }
  for (const [name, property] of Object.entries(FLAGS)) {
    const value = body[prefix + name];
    if (value === undefined) continue;
    if (!isFlag(value)) return null;
    fields[property] = value === 1;
  }
  // The password has no prefix in either call.
  if (body.password !== undefined) {
    if (!isText(body.password) || body.password.length < SHORTEST_PASSWORD) return null;
    fields.password = body.password;
  }
  return fields.name?.trim() === '' ? null : fields;
}

/** Direct billing wants an e-mail, an address and, from a company, a number of nine digits. */
function canBeBilled({ invoiceDirect, email, address, companyName, companyNumber }: SubClient): boolean {
  if (!invoiceDirect) return true;
  return email !== '' && address !== '' && (companyName === '' || /^\d{9}$/.test(companyNumber));
}

function createClient({ world, body }: Call, self: Contact): Reply {
  const fields = fieldsFrom(body, '');
  if (fields?.name === undefined || fields.password === undefined) return invalidData();
  const client: SubClient = {
    id: world.people.nextId(),
    name: fields.name,
    password: fields.password,
    ...{ email: '', phone: '', companyName: '', companyNumber: '', address: '', zip: '', city: '', country: '' },
    ...{ loginEnabled: true, invoiceDirect: false, createdAt: world.now(), servers: [], domains: [], webhosting: [] },
    ...fields,
    active: true,
  };
  if (!canBeBilled(client)) return invalidData();
  world.people.clients.push(client);
  if (body.send_login === true) mailLogin(world, client);
  world.people.log(self, `Sub-client "${client.name}" created.`);
  return { ...ok({ client_id: Number(client.id), client_username: clientUsername(client) }), status: 201 };
}

function updateClient(client: SubClient, { world, body }: Call, self: Contact): Reply {
  const fields = fieldsFrom(body, 'client_');
  if (!fields || !canBeBilled({ ...client, ...fields })) return invalidData();
  Object.assign(client, fields);
  world.people.log(self, `Sub-client "${client.name}" updated.`);
  return done('Sub-client has been updated.', []);
}

function deleteClient(client: SubClient, { world }: Call, self: Contact): Reply {
  take(world.people.clients, client.id);
  world.people.log(self, `Sub-client "${client.name}" deleted.`);
  return done('Sub-client has been deleted.', []);
}

function sendLogin(client: SubClient, { world }: Call, self: Contact): Reply {
  // How upstream refuses where there is no address is not known.
  if (client.email === '') return refused(400, 'Sub-client has no e-mail address.');
  client.password = randomPassword();
  mailLogin(world, client);
  world.people.log(self, `New login sent to sub-client "${client.name}".`);
  return done('Login details have been sent.', {});
}

function mailLogin({ people }: World, { email, password }: SubClient): void {
  if (email !== '') people.send(email, 'Your login at Gigahost', { password });
}

/** The two routes that hand things of one kind to a sub-client and take them back. */
function assignmentRoutes(
  segment: string,
  kind: 'servers' | 'domains' | 'webhosting',
  idField: string,
  thingsOf: (world: World) => readonly { readonly id: string }[],
): Route[] {
  return [
    clientRoute('PUT', `/${segment}`, (client, { world, body }, self) => {
      const wanted = idFrom(body[idField]);
      if (wanted === null) return invalidData();
      if (!thingsOf(world).some(({ id }) => id === wanted)) return notFound();
      // A thing is with one sub-client at a time; what a repeat does upstream is unknown, here it is refused.
      const taken = world.people.clients.some(other => other[kind].some(({ objectId }) => objectId === wanted));
      if (taken) return refused(400, 'Already assigned to a sub-client.');
      client[kind].push({ id: world.people.nextId(), objectId: wanted });
      world.people.log(self, `Assigned ${segment} ${wanted} to sub-client "${client.name}".`);
      return done('Assigned to sub-client.', []);
    }),
    clientRoute('DELETE', `/${segment}/:relation_id`, (client, { world, param }, self) => {
      const assignment = take(client[kind], param('relation_id'));
      if (!assignment) return notFound();
      world.people.log(self, `Took ${segment} ${assignment.objectId} from sub-client "${client.name}".`);
      return done('Removed from sub-client.');
    }),
  ];
}
