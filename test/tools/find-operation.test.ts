import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';

test('whoever asks to close the account is told where that is done, not how to end something else', async () => {
  await using mcp = await connect();
  const find = (query: string) => mcp.call('find_operation', { query });
  for (const query of [
    'close my account',
    'delete my Gigahost account',
    'slett kontoen min',
    'avslutt kundeforholdet',
    'si opp kontoen',
  ]) {
    const { text, structured } = await find(query);
    expect(structured, query).toMatchObject({ matches: [] });
    expect(text).toMatch(/^Closing the account is not offered here: .* a person does that in the Gigahost panel\.$/);
  }
  for (const [query, operation] of [
    ['delete ftp account', 'deleteFtpAccount'],
    ['cancel the web hosting account', 'cancelWebhosting'],
    ['slett e-postkontoen post', 'deleteEmail'],
  ] as const)
    expect((await find(query)).structured, query).toMatchObject({
      matches: expect.arrayContaining([expect.objectContaining({ operation }) as unknown]) as unknown,
    });
});
