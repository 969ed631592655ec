import { describe, expect, test } from 'vitest';
import { storeJournal } from '../../src/guard/store-journal.js';
import { addressIn, fill, shownOn, visit } from '../guard/secrets/support/browse.js';
import { startBalancer } from '../support/balancer.js';
import { agrees, type Talking, type ToolAnswer } from '../support/connect.js';
import { serve, type HttpTalkOptions, type ServeOptions } from '../support/http.js';
import { startRedis, until } from '../support/redis.js';
import { changesOf } from '../tools/support/upstream.js';

const GENERATIONS = ['v1', 'v2-pinned'] as const;
const ZONES = ['fjordkaffe.example', 'kunde.example', '0.0.0.0.0.4.0.0.8.b.d.0.1.0.0.2.ip6.arpa'] as const;
const [ZONE] = ZONES;
const RECORDS = /^\/dns\/zones\/\d+\/records/;
/** How long a lock outlives its node, and what a write and its reads may take beside it. */
const LEASE_MS = 10_000;
const SLACK_MS = 4000;
const WORKERS = 12;
const AWAY = /The store that the nodes of this server share cannot be reached .* Changes are refused without it/;

/** Two nodes on one Redis with nothing else in common but their configuration, and a balancer before them. */
async function twoNodes({ args = [], ...options }: ServeOptions = {}) {
  const open: AsyncDisposable[] = [];
  const opened = <T extends AsyncDisposable>(made: T): T => {
    open.unshift(made);
    return made;
  };
  const close = async (): Promise<void> => {
    for (const made of open) await made[Symbol.asyncDispose]();
  };
  try {
    const redis = opened(await startRedis());
    const balancer = opened(await startBalancer());
    const wide = ['--requests-per-minute', '100000', '--concurrent-calls', '100', '--concurrent-upstream', '50'];
    const principals = [{ name: 'ada', role: 'admin', toolsets: 'all' }];
    const all = ['--store', redis.url, ...wide, ...args];
    const a = opened(await serve({ principals, publicUrl: balancer.url, args: all, ...options }));
    const b = opened(await serve({ likeNode: a }));
    balancer.nodes.push(a.url, b.url);
    const connectTo =
      (at: string) =>
      (talk: HttpTalkOptions = {}) =>
        a.connect({ as: 'ada', ...talk, at });
    return {
      redis,
      balancer,
      a,
      b,
      sandbox: a.sandbox,
      toA: connectTo(a.url),
      toB: connectTo(b.url),
      toBoth: connectTo(balancer.url),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The nodes that calls of a tool went to through the balancer. */
const nodesOf = ({ balancer }: Awaited<ReturnType<typeof twoNodes>>, tool: string): number[] =>
  balancer.passed.flatMap(({ node, body }) =>
    body.includes('"tools/call"') && body.includes(`"${tool}"`) ? [node] : [],
  );

const add = (name: string, zone: string = ZONE) => ({
  zone,
  records: [{ name, type: 'TXT', values: [`made by ${name}`] }],
});

const fine = ({ isError, text, structured }: ToolAnswer): Record<string, unknown> => {
  expect(isError, text).toBe(false);
  return structured;
};

/** What and outcome of all changes, newest first, from all pages. */
async function changesAt(mcp: Talking): Promise<{ id: string; what: string; outcome: string }[]> {
  const found: unknown[][] = [];
  for (let cursor: unknown; ;) {
    const page = fine(await mcp.call('list_changes', { limit: 200, ...(cursor !== undefined && { cursor }) }));
    found.push(...(page['rows'] as unknown[][]));
    cursor = page['next_cursor'] ?? undefined;
    if (cursor === undefined) break;
  }
  return found.map(([id, , , , what, outcome]) => ({ id: String(id), what: String(what), outcome: String(outcome) }));
}

test('a rate limit counts across nodes', async () => {
  const MOST = 30;
  await using nodes = await twoNodes({ args: ['--requests-per-minute', String(MOST)] });
  const ask = async (at: string): Promise<Response> =>
    fetch(`${at}/mcp`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        Authorization: `Bearer ${nodes.a.tokens['ada']}`,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    });
  const statuses: number[] = [];
  for (let sent = 0; sent < MOST + 6; sent += 1) statuses.push((await ask(nodes.balancer.url)).status);
  expect(statuses.filter(status => status === 200)).toHaveLength(MOST);
  expect(statuses.slice(MOST)).toEqual(Array.from({ length: 6 }, () => 429));
  // Each node alone has passed on half of what it may.
  expect(nodes.balancer.passed.filter(({ node }) => node === 0).length).toBeLessThan(MOST);
  for (const { url } of [nodes.a, nodes.b]) {
    const refused = await ask(url);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.text()).toContain(`ada has made the most requests allowed in a minute, ${MOST}`);
  }
});

test('a change asked for on one node is approved once, by one of two who do so at the same time on either', async () => {
  await using nodes = await twoNodes({
    principals: ['ada', 'bo', 'cy'].map(name => ({ name, role: 'admin' })),
    args: ['--four-eyes', 'destroy'],
  });
  const modern = { generation: 'v2-pinned', person: agrees } as const;
  await using ada = await nodes.toA({ ...modern, as: 'ada' });
  await using bo = await nodes.toB({ ...modern, as: 'bo' });
  await using cy = await nodes.toA({ ...modern, as: 'cy' });
  const asked = fine(await ada.call('reinstall_server', { server: 'web01', os: 'debian-13', wait_seconds: 0 }));
  expect(asked).toMatchObject({ status: 'pending_approval' });
  expect(changesOf(nodes.sandbox)).toEqual([]);
  const id = asked['pending_id'];
  const listed = await Promise.all([bo, cy].map(async mcp => fine(await mcp.call('list_pending_changes'))['rows']));
  expect(listed[0]).toEqual(listed[1]);
  expect(JSON.stringify(listed[0])).toContain(String(id));
  // Both approve at the same time, each on another node.
  const approved = await Promise.all([bo, cy].map(mcp => mcp.call('approve_change', { id })));
  expect(approved.filter(({ structured }) => structured['status'] === 'done')).toHaveLength(1);
  expect(changesOf(nodes.sandbox)).toHaveLength(1);
  for (const mcp of [ada, bo, cy]) expect(fine(await mcp.call('list_pending_changes'))['rows']).toEqual([]);
  expect((await changesAt(ada)).map(({ outcome }) => outcome).sort()).toEqual(['applied', 'approved']);
});

describe.for(GENERATIONS)('with a %s client', generation => {
  test('a confirmation code of one node works on the other, once, and then on neither', async () => {
    await using nodes = await twoNodes();
    await using a = await nodes.toA({ generation });
    await using b = await nodes.toB({ generation });
    const { confirmation_code } = fine(await a.call('reboot_server', { server: 'web01' }));
    expect(confirmation_code).toEqual(expect.any(String));
    expect(changesOf(nodes.sandbox)).toEqual([]);
    const reboot = { server: 'web01', confirmation_code };
    expect(fine(await b.call('reboot_server', reboot))).toMatchObject({ status: 'done' });
    for (const mcp of [a, b]) {
      const again = await mcp.call('reboot_server', reboot);
      expect(again.isError).toBe(true);
      expect(again.text).toMatch(/was already used\. Nothing changed/);
    }
    expect(changesOf(nodes.sandbox)).toHaveLength(1);

    // Both at the same time.
    const next = fine(await b.call('reboot_server', { server: 'web02' }));
    const both = await Promise.all(
      [a, b, a, b].map(mcp =>
        mcp.call('reboot_server', { server: 'web02', confirmation_code: next['confirmation_code'] }),
      ),
    );
    expect(both.filter(({ isError }) => !isError)).toHaveLength(1);
    expect(changesOf(nodes.sandbox)).toHaveLength(2);
  });

  test('a page with secrets made on one node opens once, whichever node it is opened through', async () => {
    await using nodes = await twoNodes();
    await using a = await nodes.toA({ generation, person: agrees });
    const made = await a.call('run_operation', {
      operation: 'createDatabase',
      arguments: { hosting: 'fjordkaffe.no', name: 'shop', password: { generate: true } },
    });
    fine(made);
    const page = addressIn(/the page \S+ \(opens once, gone after ten minutes\)/.exec(made.text)?.[0]);
    expect(page.startsWith(`${nodes.balancer.url}/s/`), made.text).toBe(true);
    for (const _node of [1, 2]) expect((await visit('GET', page)).status).toBe(200);
    const opened = await Promise.all(Array.from({ length: 6 }, () => visit('POST', page)));
    expect(opened.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410, 410, 410]);
    const [shown] = opened.filter(({ status }) => status === 200);
    const { databases = [] } = nodes.sandbox.world.hosting.accounts[0] ?? {};
    expect(Object.values(shownOn(shown ?? expect.fail()))).toContain(
      databases.find(({ name }) => name === 'shop')?.password,
    );
    expect(new Set(nodes.balancer.passed.map(({ node }) => node))).toEqual(new Set([0, 1]));
  });

  test('a page to fill in that one node made is filled in on the other, and either goes on from there', async () => {
    await using nodes = await twoNodes();
    const CODE = 'kode-fra-forrige-1234';
    const domain = { domain: 'kaffe.no' };
    await using a = await nodes.toA({ generation });
    await using b = await nodes.toB({ generation });
    const { fill_in_at } = fine(await a.call('transfer_domain', domain));
    const page = String(fill_in_at);
    expect(page.startsWith(`${nodes.balancer.url}/e/`), page).toBe(true);
    expect((await fill(page.replace(nodes.balancer.url, nodes.b.url), CODE)).status).toBe(200);
    for (const _node of [1, 2]) expect((await fill(page, 'too late')).status).toBe(410);
    const { confirmation_code } = fine(await a.call('transfer_domain', domain));
    fine(await b.call('transfer_domain', { ...domain, confirmation_code }));
    expect(nodes.sandbox.calls('POST').map(({ body }) => (body as { auth_code?: unknown }).auth_code)).toEqual([CODE]);
  });
});

test('a question that one node asks is answered at the other', async () => {
  await using nodes = await twoNodes();
  await using mcp = await nodes.toBoth({ generation: 'v2-pinned', person: agrees });
  for (const server of ['web01', 'web02', 'db01'])
    expect(fine(await mcp.call('reboot_server', { server }))).toMatchObject({ status: 'done' });
  expect(mcp.questions).toHaveLength(3);
  const asked = nodesOf(nodes, 'reboot_server');
  expect(asked).toHaveLength(6);
  for (const at of [0, 2, 4]) expect(asked[at]).not.toBe(asked[at + 1]);
  expect(changesOf(nodes.sandbox)).toHaveLength(3);
});

test('a secret that is typed in at one node is used by the other that the person agrees at', async () => {
  await using nodes = await twoNodes();
  const CODE = 'kode-fra-forrige-1234';
  await using mcp = await nodes.toBoth({
    generation: 'v2-pinned',
    person: agrees,
    async visitor({ url }) {
      expect((await fill(url, CODE)).status).toBe(200);
      return { action: 'accept' };
    },
  });
  fine(await mcp.call('transfer_domain', { domain: 'kaffe.no' }));
  expect(new Set(nodesOf(nodes, 'transfer_domain'))).toEqual(new Set([0, 1]));
  expect(nodes.sandbox.calls('POST').map(({ body }) => (body as { auth_code?: unknown }).auth_code)).toEqual([CODE]);
});

test('what a killed node was writing in a zone is held for its lease and not longer, and nothing is written twice', async () => {
  await using nodes = await twoNodes({ sandboxOptions: { dnsWriteMs: 1500 } });
  await using a = await nodes.toA();
  await using b = await nodes.toB({ generation: 'v2-pinned' });
  const { sandbox } = nodes;
  const cutOff = a.call('set_dns_records', add('first')).catch(() => 'cut off');
  await until(() => sandbox.calls('POST', RECORDS).length === 1, 'the first write is on its way');
  await nodes.a.stop('SIGKILL');
  const started = performance.now();
  const second = b.call('set_dns_records', add('second'));
  fine(await b.call('set_dns_records', add('elsewhere', ZONES[1])));
  expect(performance.now() - started, 'the lease of one zone held up another').toBeLessThan(LEASE_MS - SLACK_MS);
  fine(await second);
  expect(performance.now() - started).toBeLessThan(LEASE_MS + SLACK_MS);
  const { records } = sandbox.world.dns.zone(ZONE);
  for (const name of ['first', 'second']) expect(records.filter(row => row.name === name)).toHaveLength(1);
  // A write that met another one would have been refused and sent again.
  expect(sandbox.calls('POST', RECORDS)).toHaveLength(3);
  expect((await changesAt(b)).map(({ outcome }) => outcome).sort()).toEqual(['applied', 'applied', 'unknown']);
  await a.client.close();
  expect(await cutOff).toBe('cut off');
});

test('writes to one zone through both nodes never meet, none is lost, and neither node has to wait for the other to be done', async () => {
  await using nodes = await twoNodes({ sandboxOptions: { dnsWriteMs: 30 } });
  await using a = await nodes.toA();
  await using b = await nodes.toB({ generation: 'v2-pinned' });
  const names = Array.from({ length: 14 }, (_, n) => `job-${n}`);
  const texts = Array.from({ length: 4 }, (_, n) => `text-${n}`);
  const writes = [{ mcp: a, node: 'a' } as const, { mcp: b, node: 'b' } as const].flatMap(({ mcp, node }) => [
    ...names.map(name => mcp.call('set_dns_records', add(`${node}-${name}`))),
    ...texts.map(text => {
      const records = [{ name: 'shared', type: 'TXT', values: [`${node}-${text}`] }];
      return mcp.call('set_dns_records', { zone: ZONE, keep_existing: true, records });
    }),
  ]);
  for (const answer of await Promise.all(writes)) expect(fine(answer)).toMatchObject({ complete: true });
  const { records } = nodes.sandbox.world.dns.zone(ZONE);
  for (const name of names.flatMap(job => [`a-${job}`, `b-${job}`]))
    expect(records.filter(row => row.name === name)).toHaveLength(1);
  expect(records.filter(row => row.name === 'shared')).toHaveLength(2 * texts.length);
  // One that met another would have been refused and sent again.
  const sent = nodes.sandbox.calls('POST', RECORDS);
  expect(sent).toHaveLength(writes.length);
  const order = sent.map(({ body }) => /\b([ab])-(?:job|text)-/.exec(JSON.stringify(body))?.[1]).join('');
  expect(order).not.toMatch(/^(a+b+|b+a+)$/);
  const [atA, atB] = [await changesAt(a), await changesAt(b)];
  expect(atA).toHaveLength(writes.length);
  expect(atB).toEqual(atA);
});

test('what is spent through one node counts at the other, also at the same moment', async () => {
  await using nodes = await twoNodes({ args: ['--max-spend', '200 NOK'] });
  await using a = await nodes.toA({ generation: 'v2-pinned', person: agrees });
  await using b = await nodes.toB({ generation: 'v2-pinned', person: agrees });
  const upgrade = (mcp: Talking, server: string) => mcp.call('upgrade_server', { server, package: '7957' });
  const answers = await Promise.all([upgrade(a, 'db01'), upgrade(b, 'mail01')]);
  expect(answers.map(({ isError }) => isError).sort()).toEqual([false, true]);
  for (const mcp of [a, b]) {
    const refused = await upgrade(mcp, answers[0].isError ? 'db01' : 'mail01');
    expect(refused.text).toMatch(/149\.00 NOK was spent in the last 24 hours, and 200(\.00)? NOK may be/);
  }
  expect(nodes.sandbox.calls('POST', /upgrade/)).toHaveLength(1);
});

test('what one node changed the other shows, and takes back', async () => {
  await using nodes = await twoNodes();
  await using a = await nodes.toA();
  await using b = await nodes.toB({ generation: 'v2-pinned', person: agrees });
  await using both = await nodes.toBoth();
  fine(await a.call('rename_server', { server: 'web01', name: 'front' }));
  fine(await b.call('set_dns_records', add('front')));
  const shown = await changesAt(a);
  expect(shown.map(({ what }) => what)).toEqual([
    `Change 1 DNS record in ${ZONE}`,
    expect.stringMatching(/^Rename web01 .* to front$/),
  ]);
  for (const mcp of [b, both, both]) expect(await changesAt(mcp)).toEqual(shown);
  fine(await b.call('undo_change', { change: shown[1]?.id }));
  expect(nodes.sandbox.world.servers.find(({ id }) => id === '18101')?.name).toBe('web01');
  const again = await a.call('undo_change', { change: shown[1]?.id });
  expect(again.text).toMatch(/was already undone/);
});

describe('while Redis is away', () => {
  test('changes are refused in words and nothing is sent, reading goes on, and all of it works when it is back', async () => {
    await using nodes = await twoNodes();
    await using a = await nodes.toA();
    await using b = await nodes.toB({ generation: 'v2-pinned' });
    const { sandbox, redis } = nodes;
    const { confirmation_code } = fine(await a.call('reboot_server', { server: 'web01' }));
    await redis.stop();
    for (const mcp of [a, b]) {
      fine(await mcp.call('get_server', { server: 'web01' }));
      fine(await mcp.call('list_dns_records', { zone: ZONE }));
      for (const [tool, args] of [
        ['reboot_server', { server: 'web01' }],
        ['reboot_server', { server: 'web01', confirmation_code }],
        ['rename_server', { server: 'web01', name: 'front' }],
        ['set_dns_records', add('front')],
        ['run_operation', { operation: 'rename_server', arguments: { server: 'web01', name: 'front' } }],
        ['undo_change', {}],
      ] as const) {
        const { isError, text } = await mcp.call(tool, args);
        expect(isError, text).toBe(true);
        expect(text, tool).toMatch(AWAY);
      }
    }
    expect(changesOf(sandbox)).toEqual([]);
    await redis.start();
    for (const [mcp, name] of [
      [a, 'back-1'],
      [b, 'back-2'],
    ] as const) {
      await until(async () => !(await mcp.call('rename_server', { server: '18102', name })).isError, 'changes go on');
      const { confirmation_code: code } = fine(await mcp.call('reboot_server', { server: 'db01' }));
      expect(code).toEqual(expect.any(String));
    }
    const forgotten = await a.call('reboot_server', { server: 'web01', confirmation_code });
    expect(forgotten.text).toMatch(/is not one that was given out\. Nothing changed/);
    expect(changesOf(sandbox)).toEqual(['PUT /servers/18102/name', 'PUT /servers/18102/name']);
  });

  test('a change that was on its way is told as it ended, with a word that it may be missing in the journal', async () => {
    await using nodes = await twoNodes({ sandboxOptions: { dnsWriteMs: 1000 } });
    await using a = await nodes.toA();
    const { sandbox, redis } = nodes;
    const underWay = a.call('set_dns_records', add('front'));
    await until(() => sandbox.calls('POST', RECORDS).length === 1, 'the write is on its way');
    await redis.stop();
    const answer = await underWay;
    expect(fine(answer)).toMatchObject({ complete: true });
    expect(answer.text).toMatch(/could not be written to the journal/);
    expect(sandbox.calls('POST', RECORDS)).toHaveLength(1);
  });
});

test('a node killed in the middle of 1,000 calls loses no journal entry, and nothing is applied twice', async () => {
  await using nodes = await twoNodes({ sandboxOptions: { dnsWriteMs: 25 } });
  const { sandbox, redis } = nodes;
  const servers = ['18101', '18102', '18103', '18104'] as const;
  type Job = {
    readonly kind: 'read' | 'rename' | 'dns';
    readonly tool: string;
    readonly args: Record<string, unknown>;
  };
  const jobs = Array.from({ length: 1000 }, (_, n): Job => {
    const server = servers[n % servers.length];
    if (n % 10 < 5)
      return n % 2 === 0
        ? { kind: 'read', tool: 'get_server', args: { server } }
        : { kind: 'read', tool: 'list_dns_records', args: { zone: ZONE, name: 'www' } };
    if (n % 10 < 8) return { kind: 'rename', tool: 'rename_server', args: { server, name: `job-${n}` } };
    return { kind: 'dns', tool: 'set_dns_records', args: add(`job-${n}`, ZONES[n % ZONES.length]) };
  });
  const answers: (ToolAnswer | 'lost')[] = [];
  let next = 0;
  let done = 0;
  let killed: Promise<unknown> | undefined;
  await Promise.all(
    Array.from({ length: WORKERS }, async (_, worker) => {
      await using mcp = await nodes.toBoth({ generation: GENERATIONS[worker % 2] ?? 'v1' });
      for (let n = next++; n < jobs.length; n = next++) {
        const { tool, args } = jobs[n] as Job;
        answers[n] = await mcp.call(tool, args, { timeout: 40_000 }).catch(() => 'lost' as const);
        if ((done += 1) === 300) killed = nodes.a.stop('SIGKILL');
      }
    }),
  );
  await killed;

  const sent = sandbox.requests.flatMap(({ method, body }) => {
    const { name, record_name } = (body ?? {}) as Record<string, unknown>;
    return method === 'GET' ? [] : [String(name ?? record_name)];
  });
  expect(sent).toHaveLength(new Set(sent).size);
  const journal = await storeJournal(redis.store(), 'journal').read();
  const recorded = new Map(
    journal.map(({ arguments: args, outcome }) => {
      const { name, records } = args as { name?: string; records?: { name: string }[] };
      return [name ?? records?.[0]?.name, outcome];
    }),
  );
  expect(recorded.size).toBe(journal.length);
  for (const name of sent) expect(recorded.has(name), `${name} was sent and is not on record`).toBe(true);
  const lost = answers.filter(answer => answer === 'lost').length;
  expect(lost, 'it was killed between two calls').toBeGreaterThan(0);
  expect(lost).toBeLessThanOrEqual(WORKERS);
  for (const [n, { kind }] of jobs.entries()) {
    const answer = answers[n] ?? expect.fail(`job ${n} has no answer`);
    if (answer === 'lost') continue;
    fine(answer);
    if (kind === 'read') continue;
    expect(sent).toContain(`job-${n}`);
    expect(recorded.get(`job-${n}`)).toBe('applied');
  }
  const held = ZONES.flatMap(zone => sandbox.world.dns.zone(zone).records.map(({ name }) => name));
  expect(held.filter(name => name.startsWith('job-')).sort()).toEqual(
    sent.filter(name => jobs[Number(name.slice('job-'.length))]?.kind === 'dns').sort(),
  );
  await using b = await nodes.toBoth();
  expect((await changesAt(b)).map(({ id }) => id)).toEqual(journal.map(({ id }) => id));
}, 80_000);
