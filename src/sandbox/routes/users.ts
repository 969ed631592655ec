import { userDetail } from '../encode/user.js';
import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { randomHex } from '../random.js';
import { idFrom } from '../wire.js';
import type { Contact } from '../world/records.js';
import { take } from '../world/take.js';
import type { World } from '../world/world.js';
import { endSessions, setPassword } from './account-security.js';
import { adminRoute } from './people-guards.js';
import { isEmail, isPlain, isText } from '../input.js';

const SHORTEST_PASSWORD = 5;

/** A route below /account/user/:id. */
const userRoute = (method: string, tail: string, handle: (user: Contact, call: Call, self: Contact) => Reply): Route =>
  adminRoute(method, `/account/user/:id${tail}`, (call, self) => {
    const user = call.world.people.contact(call.param('id'));
    return user ? handle(user, call, self) : notFound();
  });

export const userRoutes: Route[] = [
  adminRoute('POST', '/account', inviteUser),
  userRoute('GET', '', (user, { world }) => ok(userDetail(world, user))),
  userRoute('PUT', '', updateUser),
  userRoute('DELETE', '', deleteUser),
  userRoute('PUT', '/server', grantServer),
  userRoute('DELETE', '/server/:relation_id', revokeServer),
];

const emailTaken = (): Reply => refused(400, 'Email address is already in use.');
const wrongLevel = (): Reply => refused(400, 'Access level is not valid.');

const isLevel = (value: unknown): value is Contact['accessLevel'] =>
  value === 'admin' || value === 'user' || value === 'server';

function inviteUser({ world, body }: Call, self: Contact): Reply {
  const { name, username, accesslevel } = body;
  const { people, account } = world;
  if (!isText(name) || !isPlain(name) || !isEmail(username)) return invalidData();
  if (!isLevel(accesslevel)) return wrongLevel();
  if (people.contactNamed(username)) return emailTaken();
  const contact: Contact = {
    id: people.nextId(),
    name,
    username,
    accessLevel: accesslevel,
    active: false,
    language: 'no',
    password: null,
    twoFactorSecret: null,
    pendingTwoFactorSecret: null,
    legacyApiKey: randomHex(40),
    servers: [],
  };
  account.contacts.push(contact);
  people.sendLink(contact, 'contact', username, 'Set up your user');
  people.log(self, `User "${name}" invited.`);
  return done('User has been invited.', []);
}

function updateUser(user: Contact, { world, body }: Call, self: Contact): Reply {
  const { contact_name: name, contact_username: username, contact_access_level: level, contact_password } = body;
  if (!isText(name) || !isPlain(name) || !isEmail(username)) return invalidData();
  if (!isLevel(level)) return wrongLevel();
  const password = contact_password ?? null;
  if (password !== null && (typeof password !== 'string' || password.length < SHORTEST_PASSWORD)) return invalidData();
  const other = world.people.contactNamed(username);
  if (other && other !== user) return emailTaken();
  if (level !== 'admin' && isLastAdmin(world, user)) return refused(400, 'The last admin cannot be downgraded.');

  const isNewEmail = username.toLowerCase() !== user.username.toLowerCase();
  Object.assign(user, { name, username, accessLevel: level });
  if (isNewEmail) {
    user.active = false;
    world.people.sendLink(user, 'contact', username, 'Confirm your e-mail address');
  }
  if (password !== null) setPassword(world, user, password);
  world.people.log(self, `User "${name}" updated.`);
  return done('User has been updated.');
}

const isLastAdmin = ({ account }: World, user: Contact): boolean =>
  user.accessLevel === 'admin' && account.contacts.filter(({ accessLevel }) => accessLevel === 'admin').length === 1;

/** Sessions and API keys of the user end too. */
function deleteUser(user: Contact, { world }: Call, self: Contact): Reply {
  if (user === self) return refused(400, 'You cannot remove yourself.');
  endSessions(world, user);
  for (const key of world.apiKeys) if (key.contactId === user.id) key.revokedAt ??= world.now();
  const { contacts } = world.account;
  contacts.splice(contacts.indexOf(user), 1);
  world.people.log(self, `User "${user.name}" removed.`);
  return done('User has been removed.', []);
}

// Whether a repeat makes a second assignment is unknown; here it does, as the contract calls it not repeatable.
function grantServer(user: Contact, { world, body }: Call, self: Contact): Reply {
  const wanted = idFrom(body.srv_id);
  if (wanted === null) return invalidData();
  const server = world.servers.find(({ id }) => id === wanted);
  if (!server) return notFound();
  user.servers.push({ id: world.people.nextId(), objectId: server.id });
  world.people.log(self, `User "${user.name}" was given access to ${server.name}.`);
  return done('Access has been granted.', {});
}

function revokeServer(user: Contact, { world, param }: Call, self: Contact): Reply {
  if (!take(user.servers, param('relation_id'))) return notFound();
  world.people.log(self, `User "${user.name}" lost access to a server.`);
  return done('Access has been revoked.', []);
}
