import { randomBytes } from 'node:crypto';
import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import type { PasskeyChallenge } from '../world/people-records.js';
import type { Contact } from '../world/records.js';
import { take } from '../world/take.js';
import { ownRoute } from './people-guards.js';
import { isPlain, isText } from '../input.js';

const CHALLENGE_MS = 60_000;
const NAME_LENGTH = 64;
const ES256 = -7;
const RS256 = -257;

export const passkeyRoutes: Route[] = [
  ownRoute('POST', '/account/passkey', registerPasskey),
  ownRoute('DELETE', '/account/passkey/:id', deletePasskey),
];

function registerPasskey(call: Call, self: Contact): Reply {
  const { step } = call.body;
  if (step === 'begin') return begin(call, self);
  return step === 'finish' ? finish(call, self) : invalidData();
}

// The shape of the options is not documented; these are what WebAuthn takes.
function begin({ world }: Call, self: Contact): Reply {
  const challenge = randomBytes(32).toString('base64url');
  world.people.passkeyChallenges.push({ contactId: self.id, challenge, expiresAt: world.now() + CHALLENGE_MS });
  return ok({
    challenge,
    rp: { id: 'gigahost.no', name: 'Gigahost' },
    user: { id: Buffer.from(self.id).toString('base64url'), name: self.username, displayName: self.name },
    pubKeyCredParams: [ES256, RS256].map(alg => ({ type: 'public-key', alg })),
    timeout: CHALLENGE_MS,
    attestation: 'none',
  });
}

/** Checks that the browser answered a challenge of ours. What the authenticator signed is taken on trust. */
function finish({ world, body }: Call, self: Contact): Reply {
  const { clientDataJSON, attestationObject, name } = body;
  if (!isText(clientDataJSON) || !isText(attestationObject) || !isText(name)) return invalidData();
  if (!isPlain(name) || name.length > NAME_LENGTH) return invalidData();
  const { passkeyChallenges } = world.people;
  const pending = passkeyChallenges.find(candidate => answers(clientDataJSON, candidate, self));
  if (!pending || pending.expiresAt <= world.now()) return refused(400, 'Challenge has expired.');
  passkeyChallenges.splice(passkeyChallenges.indexOf(pending), 1);
  world.account.passkeys.push({ id: world.people.nextId(), name, createdAt: world.now(), lastUsedAt: null });
  world.people.log(self, `Passkey "${name}" registered.`);
  return done('Passkey has been registered.', []);
}

function answers(clientData: string, { contactId, challenge }: PasskeyChallenge, self: Contact): boolean {
  const text = Buffer.from(clientData, 'base64url').toString();
  return contactId === self.id && text.includes('"webauthn.create"') && text.includes(`"${challenge}"`);
}

function deletePasskey({ world, param }: Call, self: Contact): Reply {
  const passkey = take(world.account.passkeys, param('id'));
  if (!passkey) return notFound();
  world.people.log(self, `Passkey "${passkey.name}" removed.`);
  return done('Passkey has been removed.', {});
}
