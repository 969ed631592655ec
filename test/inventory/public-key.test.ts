import { expect, test } from 'vitest';
import { parsePublicKey, readPublicKey } from '../../src/inventory/public-key.js';

const ED25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGxc8Upg70/AUub3njQKtK5sZ3aq87v2ULXpEX39lS0x';
const ECDSA =
  'ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBHfGENqykyUSKsaPUdKK/HW/W0n1E/2mUZBUmqr/82IILeEdJAOhb2qrgqFt0MzwzmoETZ4MSqsVNPtkjhJOb19VKPGOpmUeaa4OlPJwtjci8sRV/ZnbOSsiPgtTbJm1vg==';
const RSA =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCk1giMA4s8H/qwKj7GOzWLHx0rhw5kYYGqXb2L3Cd/MyLOyDRfI1wjuNrhDalBFWhKjYscfSW1Yk55cMKtQ45KpG8sjxRG1mXJGYd4hb71D5YKP7Ra3UjdYVMSdASoWr43McIY1jnNs7Zqm98XV+BWWFX/6OIUqMR8jDk5OqG2SwKTvBj+frqQPB6XvoClrXKVHh2JJPJmVghiRjAbPmTtfkroIR+NTuPN40n8GYFFgz+EQAK4MdMudNMi8PZhPa7juWORaM/42cuBb7eOzc3A+LL1HHjHSb4v25fCMxf3FISQbe/gaaIfPeu5Z4OKnnjFpVLvtUn2ZVK6F+St4Vil';

/** Told by ssh-keygen -l. */
test.for([
  [ED25519, 'Ed25519', 'SHA256:HGnSdp9LUg7bbCG+sc5l66yyZY2bIEyJ44kAG4xif1Y'],
  [ECDSA, 'ECDSA 384', 'SHA256:DgB0HR0q9Rt9z0z8aqsS4ZGvWEZxtyfA5DQivKiFqcs'],
  [RSA, 'RSA 2048', 'SHA256:656qa6yx71X1rW01J+pNDJCMtcQAlDOdpAOw+w1ilT4'],
] as const)('%s is read as ssh-keygen reads it', ([line, kind, fingerprint]) => {
  expect(parsePublicKey(`  ${line}\t ola@laptop \n`)).toEqual({
    line: `${line} ola@laptop`,
    type: line.split(' ')[0],
    kind,
    fingerprint,
    comment: 'ola@laptop',
  });
  expect(parsePublicKey(line).comment).toBeNull();
});

const field = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
const keyOf = (type: string, ...fields: Buffer[]): string =>
  `${type} ${Buffer.concat([Buffer.from(type), ...fields].map(field)).toString('base64')}`;

test('keys on a security key are taken', () => {
  const application = Buffer.from('ssh:');
  const ed25519 = keyOf('sk-ssh-ed25519@openssh.com', Buffer.alloc(32, 1), application);
  expect(parsePublicKey(ed25519).kind).toBe('Ed25519 on a security key');
  const ecdsa = keyOf('sk-ecdsa-sha2-nistp256@openssh.com', Buffer.from('nistp256'), Buffer.alloc(65, 4), application);
  expect(parsePublicKey(ecdsa).kind).toBe('ECDSA 256 on a security key');
});

const FAKE = `b3BlbnNzaC1rZXktdjE${'AAAABG5vbmUq'.repeat(8)}`;
test.for([
  ['armoured', `-----BEGIN OPENSSH PRIVATE KEY-----\n${FAKE}\n-----END OPENSSH PRIVATE KEY-----`],
  ['of the old kind', `-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\n-----END RSA PRIVATE KEY-----`],
  ['without a kind', `-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----`],
  ['encrypted', `-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIFHDBOBgkqhkiG9w0B\n-----END ENCRYPTED PRIVATE KEY-----`],
  ['of PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\nAAAAIDeadbeef'],
  ['without its armour', FAKE],
  ['behind a type', `ssh-ed25519 ${FAKE}`],
  ['beside the public one', `${ED25519}\n-----BEGIN OPENSSH PRIVATE KEY-----\n${FAKE}`],
])('a private key %s is refused loudly and not repeated', ([, text = '']) => {
  const message = messageOf(text);
  expect(message).toMatch(/^This is a PRIVATE key\. It was not sent to Gigahost.*no longer secret: make a new pair/);
  for (const word of text.split(/\s+/).filter(({ length }) => length > 14)) expect(message).not.toContain(word);
});

const messageOf = (text: string): string => {
  try {
    parsePublicKey(text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'it was taken';
};

test.for([
  ['~/.ssh/id_ed25519.pub', /name of a file.*pass its content/],
  ['id_rsa.pub', /name of a file/],
  [ED25519.slice(0, -3), /damaged or cut off/],
  [`${ED25519.slice(0, 60)} ${ED25519.slice(60)}`, /damaged or cut off/],
  [ED25519.replace('ssh-ed25519', 'ssh-rsa'), /damaged or cut off/],
  [`${ED25519}!`, /damaged or cut off/],
  [keyOf('ssh-ed25519', Buffer.alloc(31)), /damaged or cut off/],
  [keyOf('ecdsa-sha2-nistp256', Buffer.from('nistp384'), Buffer.alloc(65)), /damaged or cut off/],
  [keyOf('ssh-rsa', Buffer.from([1, 0, 1]), Buffer.alloc(96, 255)), /RSA key of 768 bits is refused/],
  [keyOf('ssh-dss', Buffer.alloc(32)), /DSA keys are refused/],
  [`ssh-ed25519-cert-v01@openssh.com AAAA`, /certificate, not a key/],
  [`command="ls",no-pty ${ED25519}`, /stands before the key/],
  [`${ED25519} a\n${RSA} b`, /several keys\. Add them one by one/],
  ['---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3Nz\n---- END SSH2 PUBLIC KEY ----', /another format\. ssh-keygen -i -f/],
  ['-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----', /another format/],
  [`${ED25519} ola\u202e`, /control characters/],
  ['hello', /not an SSH public key/],
  ['   ', /not an SSH public key/],
] as const)('%j is refused with what is wrong with it', ([text, says]) => {
  expect(messageOf(text)).toMatch(says);
  expect(readPublicKey(text)).toBeNull();
});
