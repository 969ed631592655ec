import { describe, expect, test } from 'vitest';
import { setReverseDns } from '../../src/client/api/addresses.js';
import type { Client } from '../../src/client/index.js';
import { reinstallServer } from '../../src/client/api/reinstall.js';
import { createIpmiSession, listServers } from '../../src/client/api/servers.js';
import { powerOffServer, powerOnServer, rebootServer } from '../../src/client/api/power.js';
import { deleteSnapshot } from '../../src/client/api/snapshots.js';
import { startSandbox, type Fault } from '../../src/sandbox/index.js';
import { clientOf, failure } from './support/client.js';
import { DONE, startServer } from './support/plain-server.js';

const web01 = { params: { id: '18101' } };
const backup01 = { params: { id: '18105' } };

describe('a change whose answer does not come back whole', () => {
  test.each<[string, Fault]>([
    ['the connection broke before it was carried out', { kind: 'drop', when: 'before' }],
    ['the connection broke after it was carried out', { kind: 'drop', when: 'after' }],
    ['the answer is cut off', { kind: 'truncate' }],
    ['the answer is not JSON', { kind: 'garbage' }],
    ['the answer is empty', { kind: 'empty' }],
    ['the answer never ends', { kind: 'endless' }],
    ['the answer is a flood', { kind: 'flood' }],
    ['it is answered with 408', { kind: 'status', status: 408 }],
    ['it is answered with 500', { kind: 'status', status: 500, acts: true }],
    ['it is answered with 502 in HTML', { kind: 'status', status: 502, body: '<h1>Bad Gateway</h1>' }],
    ['it is answered with 503', { kind: 'status', status: 503, headers: { 'retry-after': '1' } }],
    ['it is answered with 504', { kind: 'status', status: 504, acts: true }],
  ])('wire note 5.1: a reboot is sent once and of unknown outcome when %s', async (_, fault) => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { timeoutMs: 500 });
    gigahost.misbehave({ path: /reboot/, fault, times: Infinity });
    const error = await failure(client.call(rebootServer, web01));
    expect(error).toMatchObject({ kind: 'outcome_unknown', facts: { changed: 'unknown' } });
    expect(error.facts.sent).not.toBe(false);
    expect(gigahost.requests).toHaveLength(1);
  });

  test.each<[string, (client: Client) => Promise<unknown>]>([
    ['wire note 5.1: power on', client => client.call(powerOnServer, backup01)],
    ['wire note 5.1: power off', client => client.call(powerOffServer, backup01)],
    [
      'wire note 6.5: a reverse name',
      client => client.call(setReverseDns, { ...web01, body: { ip_id: '1', dns: 'a.example.no' } }),
    ],
    ['wire note 6.6: a console', client => client.call(createIpmiSession, { ...web01, body: { acl: '192.0.2.1' } })],
    [
      'wire note 17: a deletion, though it is repeatable,',
      client => client.call(deleteSnapshot, { params: { id: '18101', snap_id: '1' } }),
    ],
  ])('%s is not sent again when its answer is lost', async (_, call) => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    gigahost.misbehave({ fault: { kind: 'drop', when: 'after' }, times: Infinity });
    expect(await failure(call(client))).toMatchObject({ kind: 'outcome_unknown', facts: { changed: 'unknown' } });
    expect(gigahost.requests).toHaveLength(1);
  });

  test('wire note 8.5: a reinstall whose answer is lost is running, and is not started over', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    gigahost.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'after' }, times: Infinity });
    const os = gigahost.world.operatingSystems.find(({ minRamGb, dedicatedOnly }) => minRamGb < 1 && !dedicatedOnly);
    const body = {
      os_id: os?.id ?? '',
      language: 'en_US',
      keyboard: 'us',
      timezone: 'Europe/Oslo',
      hostname: 'web01',
    };
    const error = await failure(client.call(reinstallServer, { ...web01, body }));
    expect(error.kind).toBe('outcome_unknown');
    expect(gigahost.world.server('web01').install).not.toBeNull();
    expect(gigahost.requests).toHaveLength(1);
  });

  test('a change that was accepted with an answer nobody can decode has been made', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    gigahost.misbehave({ fault: { kind: 'reply', body: { meta: { status: 200 }, data: 'session opened' } } });
    const error = await failure(client.call(createIpmiSession, { ...web01, body: { acl: '192.0.2.1' } }));
    expect(error).toMatchObject({ kind: 'unexpected_response', facts: { changed: 'yes' } });
  });

  test('a change is not sent over a connection that went stale while it lay idle', async () => {
    const perConnection = new Map<object, number>();
    const reboots: string[] = [];
    await using server = await startServer((request, response) => {
      const earlier = perConnection.get(request.socket) ?? 0;
      perConnection.set(request.socket, earlier + 1);
      // What a change would meet on a connection the server closed at the very moment.
      if (earlier > 0) return void request.socket.destroy();
      if (request.url?.endsWith('/reboot')) reboots.push(request.url);
      response.end(DONE);
    });
    await using client = clientOf(server);
    await client.call(listServers, {});
    // More than there are connections, so that one of them would have to be used twice.
    for (let count = 0; count < 8; count += 1) await client.call(rebootServer, web01);
    expect(reboots).toHaveLength(8);
  });
});
