import { expect, test } from 'vitest';
import {
  answering,
  blackHole,
  certificateFile,
  deadPort,
  hangingUp,
  plainFront,
  proxyTo,
  tlsFront,
  type Front,
} from './front.js';
import { doctor, faultsOf, setUp, type Broken, type SetUp } from './set-up.js';

/** Something wrong between this machine and Gigahost. */
interface Row {
  readonly how: string;
  readonly finds: readonly [check: string, status: 'problem' | 'warning', code: string];
  readonly says: RegExp;
  readonly does: RegExp;
  /** What stands there, and what the set-up is pointed at. */
  readonly stands?: (on: SetUp) => Promise<Front>;
  readonly points: (port: number) => NonNullable<Broken['env']>;
}

const plainly = (port: number) => ({ GIGAHOST_BASE_URL: `http://127.0.0.1:${port}/api/v0` });
const securely = (port: number) => ({ GIGAHOST_BASE_URL: `https://localhost:${port}/api/v0` });
const trusting = (name: string) => (port: number) => ({ ...securely(port), GIGAHOST_CA_FILE: certificateFile(name) });
const proxied = (port: number, user = '') => ({
  GIGAHOST_BASE_URL: 'https://gigahost.test/api/v0',
  HTTPS_PROXY: `http://${user}127.0.0.1:${port}`,
});
const later = (seconds: number) => ({ date: new Date(Date.now() + seconds * 1000).toUTCString() });

const ROWS: readonly Row[] = [
  {
    how: 'a name that does not exist',
    finds: ['connection', 'problem', 'nameUnknown'],
    says: /The name gigahost\.invalid cannot be looked up/,
    does: /DNS.*GIGAHOST_BASE_URL/,
    points: () => ({ GIGAHOST_BASE_URL: 'https://gigahost.invalid/api/v0' }),
  },
  {
    how: 'a port nobody listens on',
    finds: ['connection', 'problem', 'noConnection'],
    says: /No connection to 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/,
    does: /firewall/,
    points: plainly,
  },
  {
    how: 'a server that never answers',
    finds: ['connection', 'problem', 'silent'],
    says: /takes the connection and does not answer/,
    does: /Try again later/,
    stands: blackHole,
    points: port => ({ ...plainly(port), GIGAHOST_TIMEOUT_SECONDS: '1' }),
  },
  {
    how: 'a server that hangs up',
    finds: ['connection', 'problem', 'cutOff'],
    says: /ended the connection before it had answered/,
    does: /host and port/,
    stands: hangingUp,
    points: plainly,
  },
  {
    how: 'plain http where https is spoken to',
    finds: ['connection', 'problem', 'tlsBroken'],
    says: /TLS fails \(/,
    does: /host and port/,
    stands: ({ gigahost }) => plainFront(gigahost),
    points: securely,
  },
  {
    how: 'a captive portal',
    finds: ['connection', 'problem', 'page'],
    says: /is a web page \("Hotel Fjord"\) \(200\), not the API/,
    does: /captive portal/,
    stands: () => answering(200, { 'Content-Type': 'text/html' }, '<html><title>Hotel Fjord</title>Welcome'),
    points: plainly,
  },
  {
    how: 'a portal that leads elsewhere',
    finds: ['connection', 'problem', 'redirected'],
    says: /leads on to login\.hotel\.example, which is not followed/,
    does: /captive portal/,
    stands: () => answering(302, { Location: 'https://login.hotel.example/?back=1' }, ''),
    points: plainly,
  },
  {
    how: 'something that is no API',
    finds: ['connection', 'problem', 'notJson'],
    says: /no JSON came \(200\)/,
    does: /GIGAHOST_BASE_URL/,
    stands: () => answering(200, { 'Content-Type': 'text/plain' }, 'pong'),
    points: plainly,
  },
  {
    how: 'a wrong path',
    finds: ['connection', 'problem', 'noApi'],
    says: /no Gigahost API at that path .*404/,
    does: /the path is \/api\/v0/,
    stands: ({ gigahost }) => plainFront(gigahost),
    points: port => ({ GIGAHOST_BASE_URL: `http://127.0.0.1:${port}/v1` }),
  },
  {
    how: 'a Gigahost with a problem',
    finds: ['connection', 'problem', 'apiDown'],
    says: /has a problem of its own \(503\)/,
    does: /nothing is wrong on this machine/,
    stands: () => answering(503, { 'Content-Type': 'application/json' }, '{"meta":{"status":503}}'),
    points: plainly,
  },
  {
    how: 'a certificate of a CA that nobody knows',
    finds: ['connection', 'problem', 'certificateUntrusted'],
    says: /comes from "localhost", which this machine does not trust/,
    does: /GIGAHOST_CA_FILE \(or NODE_EXTRA_CA_CERTS\)/,
    stands: ({ gigahost }) => tlsFront(gigahost, 'cert'),
    points: securely,
  },
  {
    how: 'a certificate that has expired',
    finds: ['connection', 'problem', 'certificateExpired'],
    says: /The certificate of localhost:\d+ has expired/,
    does: /clock of this machine.*renew/,
    stands: ({ gigahost }) => tlsFront(gigahost, 'expired'),
    points: trusting('expired'),
  },
  {
    how: 'a certificate that is not valid yet',
    finds: ['connection', 'problem', 'certificateNotYet'],
    says: /is not valid yet/,
    does: /Set the clock/,
    stands: ({ gigahost }) => tlsFront(gigahost, 'not-yet'),
    points: trusting('not-yet'),
  },
  {
    how: 'a certificate of another name',
    finds: ['connection', 'problem', 'certificateOfOther'],
    says: /the certificate of another name/,
    does: /No credentials were sent/,
    stands: ({ gigahost }) => tlsFront(gigahost, 'other-name'),
    points: trusting('other-name'),
  },
  {
    how: 'a CA file without a certificate',
    finds: ['configuration', 'problem', 'refused'],
    says: /The CA file .*key\.pem holds no certificate as PEM/,
    does: /Correct that/,
    stands: ({ gigahost }) => plainFront(gigahost),
    points: port => ({ ...plainly(port), GIGAHOST_CA_FILE: certificateFile('key') }),
  },
  {
    how: 'a clock that is ahead',
    finds: ['clock', 'warning', 'clockOff'],
    says: /clock of this machine is (59\d|60\d) s ahead/,
    does: /NTP/,
    stands: ({ gigahost }) => plainFront(gigahost, later(-600)),
    points: plainly,
  },
  {
    how: 'a clock that is behind, where two-factor codes are made',
    finds: ['clock', 'problem', 'clockForCodes'],
    says: /s behind, so two-factor codes come out wrong/,
    does: /NTP/,
    stands: ({ gigahost }) => plainFront(gigahost, later(600)),
    points: port => ({
      ...plainly(port),
      GIGAHOST_API_KEY_FILE: undefined,
      GIGAHOST_USERNAME: 'demo@example.no',
      GIGAHOST_PASSWORD: 'sandbox',
      GIGAHOST_TOTP_SECRET: 'JBSWY3DPEHPK3PXP',
    }),
  },
  {
    how: 'a proxy that is down',
    finds: ['proxy', 'problem', 'proxyDown'],
    says: /The proxy 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/,
    does: /HTTPS_PROXY/,
    points: port => proxied(port),
  },
  {
    how: 'a proxy that lets nobody to Gigahost',
    finds: ['proxy', 'problem', 'proxyRefuses'],
    says: /refuses to connect to Gigahost \(403\)/,
    does: /allow the API host/,
    stands: () => proxyTo(undefined, 403),
    points: port => proxied(port),
  },
  {
    how: 'a proxy that asks who it is',
    finds: ['proxy', 'problem', 'proxyWantsLogin'],
    says: /asks for a user name and password \(407\)/,
    does: /http:\/\/user:password@host:port/,
    stands: () => proxyTo(undefined, 407),
    points: port => proxied(port),
  },
  {
    how: 'a proxy that does not take the password',
    finds: ['proxy', 'problem', 'proxyLogin'],
    says: /does not take the user name and password/,
    does: /%40/,
    stands: () => proxyTo(undefined, 407),
    points: port => proxied(port, 'kari:husk-dette@'),
  },
  {
    how: 'a proxy in a variable that does not count',
    finds: ['proxy', 'warning', 'proxyIdle'],
    says: /HTTP_PROXY is set, and does not count here/,
    does: /set HTTPS_PROXY too/,
    points: () => ({ GIGAHOST_BASE_URL: 'https://gigahost.invalid/api/v0', HTTP_PROXY: 'http://127.0.0.1:3128' }),
  },
];

test.for(ROWS)(
  '$how: is found, and what to do is said',
  { timeout: 60_000 },
  async ({ finds: [check, status, code], says, does, stands, points }) => {
    await using on = await setUp();
    await using front = stands ? await stands(on) : undefined;
    const { report } = await doctor(on, {
      env: points(front?.port ?? (await deadPort())),
      secrets: ['husk-dette', 'JBSWY3DPEHPK3PXP'],
    });
    const faults = faultsOf(report);
    expect(faults.filter(fault => fault.check === check)).toEqual([
      expect.objectContaining({
        status,
        code,
        says: expect.stringMatching(says) as unknown,
        does: expect.stringMatching(does) as unknown,
      }),
    ]);
    // Whatever needs an answer of the API is left out where there is none, and not found to be wrong.
    const later = ['connection', 'clock', 'account', 'permissions'];
    const from = check === 'proxy' && status === 'problem' ? later : check === 'connection' ? later.slice(2) : [];
    for (const id of from) expect(report.checks.find(one => one.id === id)?.status).toBe('skipped');
    expect(report.first).toBe(faults.find(fault => fault.status === 'problem')?.does ?? faults[0]?.does);
    if (check === 'connection' || check === 'proxy') expect(on.gigahost.calls('POST')).toEqual([]);
  },
);
