import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { expectBadArguments, expectRefusals } from './support/upstream.js';

const GIF = Buffer.from('GIF89a-and-the-rest').toString('base64');

test('a graph is a picture of its kind and period, with a link to it as a resource', async () => {
  await using mcp = await connect();
  const seen = new Set<unknown>();
  for (const kind of ['bits', 'packets']) {
    for (const period of ['day', 'week', 'month', 'year']) {
      const { content, structured, text } = await mcp.call('get_traffic_graph', { server: 'web01', kind, period });
      const picture = content.find(({ type }) => type === 'image');
      const bytes = Buffer.from(String(picture?.['data']), 'base64');
      expect(picture).toMatchObject({ mimeType: 'image/png' });
      expect(bytes.subarray(1, 4).toString()).toBe('PNG');
      const uri = `gigahost://servers/18101/graphs/${kind}/${period}`;
      expect(content.find(({ type }) => type === 'resource_link')).toMatchObject({ uri, mimeType: 'image/png' });
      expect(structured).toMatchObject({
        server: 'web01',
        kind,
        period,
        mime_type: 'image/png',
        bytes: bytes.length,
        resource: uri,
      });
      expect(text).toBe(
        `The picture shows the ${kind === 'bits' ? 'bandwidth' : 'packets'} of web01 over the last ${period}.`,
      );
      seen.add(picture?.['data']);
    }
  }
  expect(seen.size).toBe(8);
  expect(mcp.sandbox.calls('GET', /port_bits/)).toHaveLength(4);
  expect(mcp.sandbox.calls('GET', /port_upkts/)).toHaveLength(4);
});

test('without kind and period it is the bandwidth of the last day, also for a server named by its beginning', async () => {
  await using mcp = await connect();
  const { structured } = await mcp.call('get_traffic_graph', { server: 'mail' });
  expect(structured).toMatchObject({ server: 'mail01', kind: 'bits', period: 'day' });
});

test('the type is told from the bytes, whatever prefix they come with', async () => {
  await using mcp = await connect();
  const body = { meta: { status: 200 }, data: { graph_day: `data:image/png;base64,${GIF}` } };
  mcp.sandbox.misbehave({ path: /port_bits/, fault: { kind: 'reply', body } });
  const { content, structured } = await mcp.call('get_traffic_graph', { server: 'web01' });
  expect(content.find(({ type }) => type === 'image')).toEqual({ type: 'image', data: GIF, mimeType: 'image/gif' });
  expect(structured).toMatchObject({ mime_type: 'image/gif' });
});

test('an empty graph and bytes that are no picture are errors, not pictures', async () => {
  await using mcp = await connect();
  const body = { meta: { status: 200 }, data: { graph_day: Buffer.from('sorry').toString('base64') } };
  mcp.sandbox.misbehave({ path: /18101\/port_bits/, fault: { kind: 'reply', body } });
  await expectRefusals(mcp, 'get_traffic_graph', [
    [
      { server: 'build01' },
      /Gigahost has no bits graph of build01 for the day yet: a new server has none until there has been traffic\./,
    ],
    [{ server: 'web01' }, /something as the bits graph of web01 that is not a PNG, GIF, JPEG or SVG picture/],
  ]);
});

test('a server that is not there, and wrong arguments, are answered with what would be right', async () => {
  await using mcp = await connect();
  await expectRefusals(mcp, 'get_traffic_graph', [[{ server: 'shop' }, /No server is called "shop"/]]);
  await expectBadArguments(mcp, 'get_traffic_graph', [
    [{}, /server is missing/],
    [{ server: 'web01', kind: 'bytes' }, /kind must be one of bits, packets/],
    [{ server: 'web01', period: 'decade' }, /period must be one of day, week, month, year/],
  ]);
});
