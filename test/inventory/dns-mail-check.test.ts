import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { DnsRecord, Zone } from '../../src/client/api/dns.js';
import { checkMail, hostIn, mailHostsOf, type Finding, type MailHost } from '../../src/inventory/dns/mail-check.js';

const zone = { id: '1', name: 'example.no', isExternal: false } as Zone;
const row = (name: string, type: string, value: string, priority: number | null = null): DnsRecord => ({
  id: 'x',
  name,
  type,
  value,
  ttl: 3600,
  priority,
});
const address = (over: Partial<NonNullable<MailHost['addresses']>[number]> = {}) => ({
  address: '192.0.2.25',
  isOwn: true,
  ptr: 'mail.example.no',
  confirmed: true,
  ...over,
});
const host = (over: Partial<MailHost> = {}): MailHost => ({
  name: 'mail.example.no',
  alias: null,
  addresses: [address()],
  ...over,
});

interface Given {
  readonly spf?: readonly string[];
  readonly dmarc?: readonly string[];
  readonly dkim?: readonly DnsRecord[];
  readonly hosts?: readonly MailHost[];
  readonly zone?: Partial<Zone>;
}
const findings = ({
  spf = ['v=spf1 mx -all'],
  dmarc = ['v=DMARC1; p=reject'],
  dkim = [],
  hosts = [host()],
  ...given
}: Given) =>
  checkMail(
    { ...zone, ...given.zone },
    [...spf.map(text => row('@', 'TXT', text)), ...dmarc.map(text => row('_dmarc', 'TXT', text)), ...dkim],
    hosts,
  );
const of = (check: Finding['check'], given: Given) => findings(given).filter(one => one.check === check);

const key = (bits: number): string =>
  generateKeyPairSync('rsa', { modulusLength: bits })
    .publicKey.export({ format: 'der', type: 'spki' })
    .toString('base64');
const dkim = (value: string, name = 's1._domainkey') => ({ dkim: [row(name, 'TXT', value)] });

test.for<[string, Given, Finding['status'], RegExp]>([
  ['one that names its hosts', {}, 'ok', /v=spf1 mx -all/],
  ['none', { spf: [] }, 'problem', /no SPF record.*v=spf1 mx -all/],
  ['another TXT only', { spf: ['v=spf10 x', 'google=1'] }, 'problem', /no SPF record/],
  [
    'two',
    { spf: ['v=spf1 ip4:192.0.2.1 -all', 'V=SPF1 include:x.no ~all'] },
    'problem',
    /2 SPF records.*Keep one: v=spf1 ip4:192\.0\.2\.1 include:x\.no -all/,
  ],
  ['one that lets everybody', { spf: ['v=spf1 mx +all'] }, 'problem', /lets everybody send/],
  ['one with a bare all', { spf: ['v=spf1 all'] }, 'problem', /lets everybody send/],
  [
    'too many lookups',
    { spf: [`v=spf1 ${Array.from({ length: 11 }, (_, n) => `include:s${n}.no`).join(' ')} -all`] },
    'problem',
    /11 lookups, and at most 10/,
  ],
  [
    'ten lookups',
    { spf: [`v=spf1 ${Array.from({ length: 9 }, (_, n) => `include:s${n}.no`).join(' ')} a -all`] },
    'ok',
    /a -all/,
  ],
  ['no verdict', { spf: ['v=spf1 mx'] }, 'warning', /add -all/],
  ['a redirect instead of a verdict', { spf: ['v=spf1 redirect=_spf.example.com'] }, 'ok', /redirect=/],
  ['?all', { spf: ['v=spf1 mx ?all'] }, 'warning', /says nothing/],
  ['ptr', { spf: ['v=spf1 mx ptr -all'] }, 'warning', /slow and ignored/],
  [
    'one that leaves an own host out',
    { spf: ['v=spf1 ip4:198.51.100.0/24 -all'] },
    'warning',
    /does not name 192\.0\.2\.25/,
  ],
  ['one whose network holds the host', { spf: ['v=spf1 ip4:192.0.2.0/24 -all'] }, 'ok', /-all/],
  [
    'one that names the host in another spelling',
    { spf: ['v=spf1 ip6:2001:DB8:0::25 -all'], hosts: [host({ addresses: [address({ address: '2001:db8::25' })] })] },
    'ok',
    /-all/,
  ],
  [
    'foreign hosts',
    { spf: ['v=spf1 ip4:198.51.100.1 -all'], hosts: [host({ addresses: [address({ isOwn: false })] })] },
    'ok',
    /-all/,
  ],
])('SPF: %s', ([, given, status, says]) => {
  const found = of('SPF', given);
  expect(found).toHaveLength(1);
  expect(found[0]?.status).toBe(status);
  expect(`${found[0]?.found}; ${found[0]?.todo}`).toMatch(says);
});

test.for<[string, Given, readonly Finding['status'][], RegExp]>([
  ['a host with an address', {}, ['ok'], /mail\.example\.no \(192\.0\.2\.25\)/],
  ['none', { hosts: [] }, ['problem'], /no MX record.*10 mail\.example\.no/],
  ['none where SPF says that no mail is sent', { hosts: [], spf: ['v=spf1 -all'] }, ['ok'], /no mail comes from here/],
  [
    'an alias',
    { hosts: [host({ alias: 'CNAME', addresses: [] })] },
    ['problem'],
    /is a CNAME.*refuse an MX that is an alias/,
  ],
  ['a host without address', { hosts: [host({ addresses: [] })] }, ['problem'], /has no address.*remove the MX/],
  ['a host that could not be looked up', { hosts: [host({ addresses: null })] }, ['unknown'], /could not be looked up/],
  [
    'two hosts',
    { hosts: [host(), host({ name: 'b.example.no', addresses: [] })] },
    ['ok', 'problem'],
    /b\.example\.no has no address|mail/,
  ],
])('MX: %s', ([, given, statuses, says]) => {
  const found = of('MX', given);
  expect(found.map(({ status }) => status)).toEqual(statuses);
  expect(`${found[0]?.found}; ${found[0]?.todo}`).toMatch(says);
});

test.for<[string, Given, Finding['status'], RegExp]>([
  ['none', {}, 'warning', /no DKIM key.*something\._domainkey/],
  ['2048 bits', dkim(`v=DKIM1; k=rsa; p=${key(2048)}`), 'ok', /s1\._domainkey, RSA 2048 bits/],
  [
    '2048 bits in chunks as listed',
    dkim(`v=DKIM1; k=rsa; p=${key(2048).replace(/^.{200}/, '$&" "')}`),
    'ok',
    /2048 bits/,
  ],
  ['512 bits', dkim(`v=DKIM1; p=${key(512)}`), 'problem', /has 512 bits.*2048/],
  ['Ed25519', dkim(`v=DKIM1; k=ed25519; p=${Buffer.alloc(32, 7).toString('base64')}`), 'ok', /^s1\._domainkey; /],
  ['revoked', dkim('v=DKIM1; p='), 'warning', /is revoked/],
  ['cut off', dkim(`v=DKIM1; p=${key(2048).slice(0, 200)}`), 'problem', /cannot be read.*as one text/],
  ['no key', dkim('hello'), 'problem', /holds no key/],
  [
    'kept elsewhere',
    { dkim: [row('s1._domainkey', 'CNAME', 's1.mail.example.com.')] },
    'ok',
    /kept by s1\.mail\.example\.com/,
  ],
  ['a policy only', dkim('o=~', '_domainkey'), 'warning', /no DKIM key/],
])('DKIM: %s', ([, given, status, says]) => {
  const found = of('DKIM', given);
  expect(found.map(one => one.status)).toEqual([status]);
  expect(`${found[0]?.found}; ${found[0]?.todo}`).toMatch(says);
});

test.for<[string, readonly string[], Finding['status'], RegExp]>([
  ['reject', ['v=DMARC1; p=reject'], 'ok', /p=reject/],
  ['blanks and capitals', ['V = dmarc1 ; rua=mailto:a@b.no; P = Quarantine'], 'ok', /Quarantine/],
  ['quarantine', ['v=DMARC1;p=quarantine'], 'ok', /quarantine/],
  ['none of them', [], 'problem', /_dmarc\.example\.no: v=DMARC1; p=none; rua=/],
  ['only reports', ['v=DMARC1; p=none'], 'warning', /It only reports/],
  ['no policy', ['v=DMARC1; rua=mailto:a@b.no'], 'problem', /no policy/],
  ['a subdomain policy only', ['v=DMARC1; sp=reject'], 'problem', /no policy/],
  ['two', ['v=DMARC1; p=none', 'v=DMARC1; p=reject'], 'problem', /2 DMARC records/],
])('DMARC: %s', ([, dmarc, status, says]) => {
  const found = of('DMARC', { dmarc });
  expect(found.map(one => one.status)).toEqual([status]);
  expect(`${found[0]?.found}; ${found[0]?.todo}`).toMatch(says);
});

test.for<[string, Parameters<typeof address>[0], Finding['status'], RegExp]>([
  ['its own name', {}, 'ok', /is called mail\.example\.no/],
  ['its own name in another spelling', { ptr: 'MAIL.example.no.', confirmed: false }, 'ok', /is called/],
  ['another name that leads back', { ptr: 'srv1.gigahost.no', confirmed: true }, 'ok', /leads back to it/],
  [
    'another name that does not',
    { ptr: 'x.gigahost.no', confirmed: false },
    'problem',
    /set_reverse_dns address=192\.0\.2\.25 target=mail\.example\.no/,
  ],
  [
    'another name that could not be looked up',
    { ptr: 'x.gigahost.no', confirmed: null },
    'unknown',
    /could not be looked up/,
  ],
  ['none', { ptr: null, confirmed: null }, 'problem', /has no reverse DNS.*set_reverse_dns/],
  ['a foreign address', { isOwn: false, ptr: null, confirmed: null }, 'unknown', /not an address of this account/],
  ['one that could not be read', { isOwn: null, ptr: null, confirmed: null }, 'unknown', /could not be read/],
  ['IPv6 by its own name', { address: '2001:db8::25' }, 'ok', /2001:db8::25 is called mail\.example\.no/],
  [
    'IPv6 by another name',
    { address: '2001:db8::25', ptr: 'x.gigahost.no', confirmed: false },
    'problem',
    /does not lead back to it; Have it changed where its subnet is delegated to/,
  ],
  ['IPv6 without a name', { address: '2001:db8::25', ptr: null }, 'unknown', /nameserver it is delegated to/],
])('reverse DNS: %s', ([, over, status, says]) => {
  const found = of('PTR', { hosts: [host({ addresses: [address(over)] })] });
  expect(found.map(one => one.status)).toEqual([status]);
  expect(`${found[0]?.found}; ${found[0]?.todo}`).toMatch(says);
});

test('a zone that is served elsewhere is the first finding', () => {
  expect(findings({ zone: { isExternal: true } })[0]).toMatchObject({ check: 'served by', status: 'warning' });
});

test('mail hosts are named by preference, and found with their addresses or alias', () => {
  const records = [
    row('@', 'MX', 'B.example.no.', 20),
    row('@', 'MX', 'a.example.no', 5),
    row('sub', 'MX', 'c.example.no', 1),
    row('a', 'A', '192.0.2.1'),
    row('a', 'AAAA', '2001:DB8:0:0::1'),
    row('b', 'CNAME', 'a.example.no.'),
  ];
  expect(mailHostsOf(records)).toEqual(['a.example.no', 'b.example.no']);
  expect(hostIn('a.example.no', zone, records)).toEqual({ alias: null, addresses: ['192.0.2.1', '2001:db8::1'] });
  expect(hostIn('b.example.no', zone, records)).toEqual({ alias: 'CNAME', addresses: [] });
});
