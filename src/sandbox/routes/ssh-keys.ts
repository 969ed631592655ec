import { done, invalidData, notFound, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import type { Contact } from '../world/records.js';
import { take } from '../world/take.js';
import { ownRoute } from './people-guards.js';
import { isText } from '../input.js';

const PUBLIC_KEY = /^((?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+) +([A-Za-z0-9+/]{16,}={0,2})(?: .*)?$/;

export const sshKeyRoutes: Route[] = [
  ownRoute('POST', '/account/sshkey', addSshKey),
  ownRoute('DELETE', '/account/sshkey/:id', deleteSshKey),
];

/** Keeps the key as it was sent, blanks included, and tells no id. The same key can be added again. */
function addSshKey({ world, body: { name, data } }: Call, self: Contact): Reply {
  if (!isText(name) || !isText(data)) return invalidData();
  if (!isPublicKey(data.trim())) return refused(400, 'Invalid SSH key.');
  world.account.sshKeys.push({ id: world.people.nextId(), name, addedAt: world.now(), data });
  world.people.log(self, `SSH key "${name}" added.`);
  return done('SSH key has been added.', []);
}

/** Inside, an OpenSSH public key is a row of fields with their lengths in front; the first repeats the type. */
function isPublicKey(text: string): boolean {
  const [, type = '', encoded = ''] = PUBLIC_KEY.exec(text) ?? [];
  const blob = Buffer.from(encoded, 'base64');
  const fields: string[] = [];
  let at = 0;
  while (at + 4 <= blob.length) {
    const end = at + 4 + blob.readUInt32BE(at);
    fields.push(blob.subarray(at + 4, end).toString());
    at = end;
  }
  return fields.length > 1 && fields[0] === type && at === blob.length;
}

function deleteSshKey({ world, param }: Call, self: Contact): Reply {
  const key = take(world.account.sshKeys, param('id'));
  if (!key) return notFound();
  world.people.log(self, `SSH key "${key.name}" removed.`);
  return done('SSH key has been removed.');
}
