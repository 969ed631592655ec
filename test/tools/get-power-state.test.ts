import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { expectBadArguments, expectRefusals } from './support/upstream.js';

test('a server is told to be on or off, and when that was measured', async () => {
  await using mcp = await connect();
  const on = await mcp.call('get_power_state', { server: '192.0.2.10' });
  expect(on.structured).toMatchObject({ server: 'web01', powered_on: true });
  expect(on.structured['measured_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(on.text).toBe(`web01 is powered on (measured just now, ${String(on.structured['measured_at'])}).`);
  const off = await mcp.call('get_power_state', { server: 'legacy' });
  expect(off.structured).toMatchObject({ server: 'legacy-db', powered_on: false });
  expect(off.text).toMatch(/^legacy-db is powered off \(measured/);
});

test('a measurement of long ago is told as such, and one without a state as unknown', async () => {
  await using mcp = await connect();
  const reply = (meta: object) => ({ kind: 'reply' as const, body: { meta: { status: 200, ...meta } } });
  const hoursAgo = Math.floor(Date.now() / 1000) - 3 * 3600;
  mcp.sandbox.misbehave({ path: /powerstate/, fault: reply({ powerstate: 1, timestamp: hoursAgo }) });
  expect((await mcp.call('get_power_state', { server: 'web01' })).text).toMatch(/on \(measured 3 hours ago, /);
  mcp.sandbox.misbehave({ path: /powerstate/, fault: reply({}) });
  const unknown = await mcp.call('get_power_state', { server: 'web01' });
  expect(unknown.text).toBe('Gigahost does not say whether web01 is on.');
  expect(unknown.structured).toMatchObject({ powered_on: null, measured_at: null });
});

test('a server that is not there, and wrong arguments, are answered with what would be right', async () => {
  await using mcp = await connect();
  await expectRefusals(mcp, 'get_power_state', [
    [{ server: 'db02' }, /No server is called "db02"\. There are: backup01, /],
    [{ server: 'web' }, /"web" matches 2 servers/],
  ]);
  await expectBadArguments(mcp, 'get_power_state', [
    [{}, /server is missing/],
    [{ server: ['web01'] }, /server must be a text/],
  ]);
});
