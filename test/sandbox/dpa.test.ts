import { expect, test } from 'vitest';
import { open, START, type Gigahost, type Row } from './support/open.js';

const PATH = '/account/dpa';

async function pdfText({ get }: Gigahost, id: string): Promise<{ filename: unknown; text: string }> {
  const { data } = await get<Record<string, string>>(`${PATH}/${id}`);
  return { filename: data.filename, text: Buffer.from(data.data ?? '', 'base64').toString('latin1') };
}

test('the demo account has signed one agreement', async () => {
  await using gigahost = await open();
  expect((await gigahost.get<Row[]>(PATH)).data).toMatchObject([
    {
      dpa_id: '301',
      dpa_signed_by: 'Ingrid Nes',
      dpa_data_types: ['personal', 'financial'],
      dpa_affected_groups: ['employees', 'customers'],
      dpa_revoked: '0',
    },
  ]);
});

test('its PDF comes as base64, and every object is where the table of the PDF says', async () => {
  await using gigahost = await open();
  const { filename, text } = await pdfText(gigahost, '301');
  expect(filename).toBe('dpa-301.pdf');
  expect(text).toMatch(/^%PDF-1\.4\n[^]*%%EOF\n$/);
  expect(text).toContain('Controller: Fjordkaffe AS. Processor: Gigahost.');
  expect(text.slice(Number(/startxref\n(\d+)/.exec(text)?.[1]))).toMatch(/^xref\n0 6\n/);
  const offsets = [...text.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
  expect(offsets.map(offset => text.slice(offset, offset + 7))).toEqual([1, 2, 3, 4, 5].map(n => `${n} 0 obj`));
  const [, length, stream = ''] = /\/Length (\d+) >>\nstream\n([^]*)\nendstream/.exec(text) ?? [];
  expect(stream).toHaveLength(Number(length));
});

test('each signature makes another agreement, in the name and from the address of the caller', async () => {
  await using gigahost = await open();
  const body = { data_types: ['personal'], affected_groups: ['customers'] };
  const first = await gigahost.call<Row>('POST', PATH, { body });
  const second = await gigahost.call<Row>('POST', PATH, { body });
  expect(first).toMatchObject({
    status: 201,
    data: { dpa_signed_by: 'Ingrid Nes', dpa_signed_ip: '127.0.0.1', dpa_signed_at: START / 1000, dpa_revoked: '0' },
  });
  const ids = (await gigahost.get<Row[]>(PATH)).data.map(row => row.dpa_id);
  expect(ids).toEqual(['301', first.data.dpa_id, second.data.dpa_id]);
  expect((await pdfText(gigahost, String(second.data.dpa_id))).text).toContain('2026-10-05T12:00:00.000Z');
});

test('empty lists and HTML are not signed', async () => {
  await using gigahost = await open();
  for (const types of [[], 'personal', ['<b>'], [7], undefined]) {
    const body = { data_types: types, affected_groups: ['customers'] };
    expect((await gigahost.call('POST', PATH, { body })).status).toBe(400);
  }
  expect(gigahost.sandbox.world.people.dpas).toHaveLength(1);
});

test('a revoked agreement stays on record', async () => {
  await using gigahost = await open();
  expect((await gigahost.call('DELETE', `${PATH}/301`)).status).toBe(200);
  expect((await gigahost.call('DELETE', `${PATH}/999`)).status).toBe(404);
  expect((await gigahost.get<Row[]>(PATH)).data).toMatchObject([{ dpa_id: '301', dpa_revoked: '1' }]);
  expect((await pdfText(gigahost, '301')).filename).toBe('dpa-301.pdf');
});
