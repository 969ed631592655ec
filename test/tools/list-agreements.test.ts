import { expect, test } from 'vitest';
import { connectWithKey, rowsOf } from './support/account.js';
import { everythingIn } from './support/upstream.js';

test('agreements are listed newest first, with a pointer to each document', async () => {
  await using mcp = await connectWithKey();
  const { dpas } = mcp.sandbox.world.people;
  const [first] = dpas;
  if (!first) throw new Error('the demo account has signed one');
  dpas.push({ ...first, id: '302', signedAt: Date.now(), dataTypes: ['names'], revoked: true });
  const answer = await mcp.call('list_agreements');
  expect(rowsOf(answer)).toMatchObject([
    { id: '302', data: 'names', revoked: true },
    { id: '301', signed_by: 'Ingrid Nes', data: 'personal, financial', about: 'employees, customers', revoked: false },
  ]);
  expect(answer.content.filter(({ type }) => type === 'resource_link')).toMatchObject([
    { uri: 'gigahost://agreements/302', mimeType: 'application/pdf' },
    {
      uri: 'gigahost://agreements/301',
      name: expect.stringMatching(/^Data processing agreement 301 of 20/) as unknown,
    },
  ]);
  expect(everythingIn(answer)).not.toContain(first.signedIp);
});

test('the document is read as the PDF it is', async () => {
  await using mcp = await connectWithKey();
  const { contents } = (await mcp.client.readResource({ uri: 'gigahost://agreements/301' })) as {
    contents: { mimeType?: string; blob?: string }[];
  };
  expect(contents[0]?.mimeType).toBe('application/pdf');
  const pdf = Buffer.from(contents[0]?.blob ?? '', 'base64').toString('latin1');
  expect(pdf).toMatch(/^%PDF-/);
  expect(pdf).toContain('Data processing agreement 301');
  const { resources } = await mcp.client.listResources();
  expect(resources.map(({ uri }) => uri)).toContain('gigahost://agreements/301');
});

test('an agreement that does not exist is answered with those that do', async () => {
  await using mcp = await connectWithKey();
  await expect(mcp.client.readResource({ uri: 'gigahost://agreements/999' })).rejects.toThrow(
    /no agreement called "999"\. There are: agreement \(id 301\)/,
  );
});
