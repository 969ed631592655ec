import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { open } from './support/open.js';

type Pictures = Record<string, string>;
const FIELDS = ['graph_day', 'graph_week', 'graph_month', 'graph_year'];

test('traffic comes as four pictures, one of them behind a data prefix', async () => {
  await using gigahost = await open();
  for (const path of ['/servers/18101/port_bits', '/servers/18105/port_upkts']) {
    const { data } = await gigahost.get<Pictures>(path);
    expect(Object.keys(data)).toEqual(FIELDS);
    expect(FIELDS.filter(field => data[field]?.startsWith('data:image/png;base64,'))).toEqual(['graph_week']);
    for (const text of Object.values(data)) {
      const { width, height } = decode(Buffer.from(text.replace(/^data:[^,]*,/, ''), 'base64'));
      expect([width, height]).toEqual([600, 220]);
    }
  }
});

test('every kind, period and machine has a picture of its own, always the same', async () => {
  await using gigahost = await open();
  const paths = ['/servers/18101/port_bits', '/servers/18101/port_upkts', '/servers/18102/port_bits'];
  const drawn = async () => {
    const replies = await Promise.all(paths.map(path => gigahost.get<Pictures>(path)));
    return replies.flatMap(({ data }) => Object.values(data));
  };
  const first = await drawn();
  expect(new Set(first).size).toBe(12);
  expect(await drawn()).toEqual(first);
});

test('the name of the machine is in the picture', async () => {
  await using gigahost = await open();
  const day = async () => (await gigahost.get<Pictures>('/servers/18101/port_bits')).data.graph_day;
  const before = await day();
  gigahost.sandbox.world.server('web01').name = 'shop';
  expect(await day()).not.toBe(before);
});

test('a machine without traffic has four empty pictures', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<Pictures>('/servers/18106/port_bits');
  expect(data).toEqual({ graph_day: '', graph_week: '', graph_month: '', graph_year: '' });
});

test('a name the font cannot write does no harm', async () => {
  await using gigahost = await open();
  gigahost.sandbox.world.server('web01').name = '☕ kafé '.repeat(20);
  const { status, data } = await gigahost.get<Pictures>('/servers/18101/port_bits');
  expect(status).toBe(200);
  expect(data.graph_day).not.toBe('');
});
