import { expect, test } from 'vitest';
import { agrees, connect as connectAny, declines, type Connected, type Person } from '../support/connect.js';
import { changesOf, expectBadArguments, expectRefusals } from './support/upstream.js';

const connect = (person: Person = agrees): Promise<Connected> => connectAny({ person, args: ['--toolsets', 'deploy'] });

test('reservations and stock alerts are listed together', async () => {
  await using mcp = await connect();
  const { structured, text } = await mcp.call('list_waitlist');
  expect(structured).toMatchObject({
    columns: ['entry', 'kind', 'plan', 'region', 'order', 'price', 'since'],
    rows: [
      [
        'reservation-5408',
        'reservation',
        'KVM Value VPS 32GB',
        'Sandefjord',
        '100548',
        '289.00 NOK, billed hourly',
        expect.any(String),
      ],
      ['alert-71', 'alert', 'Storage - Intel Xeon E-2236 64GB', 'Sandefjord', null, null, expect.any(String)],
    ],
  });
  expect(text).toMatch(
    /of a month where billing is hourly, without VAT\. A reservation is billed and built when there is a server; an alert is only an e-mail\./,
  );
  mcp.sandbox.world.shop.reservations.splice(0);
  mcp.sandbox.world.shop.alerts.splice(0);
  expect((await mcp.call('list_waitlist')).text).toBe('There are no entries on the waiting list.');
});

test('a reservation is found by plan, order or entry, and cancelled once a person agrees', async () => {
  await using declined = await connect(declines);
  for (const entry of ['kvm value vps 32gb', '100548', '5408', 'reservation-5408']) {
    await declined.call('cancel_waitlist_entry', { entry });
    expect(declined.questions.at(-1)?.message.split('\n')).toEqual([
      'Cancel the reservation of KVM Value VPS 32GB in Sandefjord (reservation-5408).',
      '- Its place in the queue, from 3 days ago, is lost.',
      '- It is not ordered and not billed when there is one again.',
      '- undo_change does not apply to it.',
    ]);
  }
  expect(changesOf(declined.sandbox)).toEqual([]);

  await using mcp = await connect();
  const reservation = await mcp.call('cancel_waitlist_entry', { entry: 'reservation-5408' });
  expect(reservation.structured).toMatchObject({ status: 'done', still_listed: false, remaining: 1 });
  const alert = await mcp.call('cancel_waitlist_entry', { entry: 'alert-71' });
  expect(alert.text).toMatch(
    /^Cancelled: the stock alert of Storage - Intel Xeon E-2236 64GB in Sandefjord\. Nothing remains on the waiting list\./,
  );
  expect(mcp.sandbox.calls('DELETE').map(({ path, body }) => [path, body])).toEqual([
    ['/deploy/waitlist', { order_id: '5408' }],
    ['/deploy/waitlist', { notify_id: '71' }],
  ]);
  expect(mcp.sandbox.world.shop).toMatchObject({ reservations: [], alerts: [] });
});

test('an entry of another kind with the same number is told apart, and a missing one answered with what there is', async () => {
  await using mcp = await connect();
  const [reservation] = mcp.sandbox.world.shop.reservations;
  if (reservation) mcp.sandbox.world.shop.alerts.push({ id: '5408', productId: '8101', regionId: '1', signedUpAt: 0 });
  await expectRefusals(mcp, 'cancel_waitlist_entry', [
    [{ entry: '5408' }, /^"5408" matches 2 entries of the waiting list: .*reservation-5408.*alert-5408.* Use an id\./],
    [
      { entry: 'nosuch' },
      /^There is no entry of the waiting list called "nosuch"\. There are: KVM Value VPS 32GB \(id reservation-5408\)/,
    ],
  ]);
  await expectBadArguments(mcp, 'cancel_waitlist_entry', [[{}, /entry/]]);
});

test('one that became an order meanwhile is refused in words', async () => {
  await using mcp = await connect();
  const body = { meta: { status: 404, error: 'Reservation was not found or is no longer cancellable.' }, data: [] };
  mcp.sandbox.misbehave({ method: 'DELETE', fault: { kind: 'reply', status: 404, body } });
  const { text } = await mcp.call('cancel_waitlist_entry', { entry: 'reservation-5408' });
  expect(text).toMatch(
    /^Could not leave the waiting list: "Reservation was not found .*", status 404\. Nothing changed\. It is not on the waiting list any more/,
  );
});
