import { dpaFile, dpaRow } from '../encode/dpa.js';
import { done, invalidData, notFound, ok, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import type { Dpa } from '../world/people-records.js';
import type { Contact } from '../world/records.js';
import { ownRoute } from './people-guards.js';
import { isPlainList } from '../input.js';

/** A route below /account/dpa/:id. */
const agreementRoute = (method: string, handle: (dpa: Dpa, call: Call, self: Contact) => Reply): Route =>
  ownRoute(method, '/account/dpa/:id', (call, self) => {
    const dpa = call.world.people.dpas.find(({ id }) => id === call.param('id'));
    return dpa ? handle(dpa, call, self) : notFound();
  });

export const dpaRoutes: Route[] = [
  ownRoute('GET', '/account/dpa', ({ world }) => ok(world.people.dpas.map(dpaRow))),
  ownRoute('POST', '/account/dpa', sign),
  agreementRoute('GET', (dpa, { world }) => ok(dpaFile(world.account.name, dpa))),
  agreementRoute('DELETE', revoke),
];

/** Signs in the name of whoever calls. Every call signs another one. */
function sign({ world, body, ip }: Call, self: Contact): Reply {
  const { data_types: dataTypes, affected_groups: affectedGroups } = body;
  if (!isPlainList(dataTypes) || !isPlainList(affectedGroups)) return invalidData();
  const dpa: Dpa = {
    id: world.people.nextId(),
    signedBy: self.name,
    signedIp: ip,
    signedAt: world.now(),
    dataTypes,
    affectedGroups,
    revoked: false,
  };
  world.people.dpas.push(dpa);
  world.people.log(self, 'Data processing agreement signed.');
  return { ...ok(dpaRow(dpa)), status: 201 };
}

function revoke(dpa: Dpa, { world }: Call, self: Contact): Reply {
  dpa.revoked = true;
  world.people.log(self, 'Data processing agreement revoked.');
  return done('Agreement has been revoked.', []);
}
