import { expect, test } from 'vitest';
import { connectWithKey } from './support/account.js';
import { changesOf, expectBadArguments, expectRefusals } from './support/upstream.js';

test('only the preferences named change, and undo puts back just those', async () => {
  await using mcp = await connectWithKey();
  const { notifications } = mcp.sandbox.world.account;
  const { text, structured } = await mcp.call('set_notifications', { newsletter: true, renewal: false });
  expect(mcp.sandbox.calls('PUT', /notifications$/).map(({ body }) => body)).toEqual([
    {
      cust_newsletter: 1,
      cust_incident: 1,
      cust_bandwidth_notification: 1,
      cust_email_on_login: 0,
      cust_notify_service_renewal: 0,
    },
  ]);
  expect(notifications).toEqual({ newsletter: true, incident: true, bandwidth: true, login: false, renewal: false });
  expect(structured).toMatchObject({
    notifications: { newsletter: true, renewal: false },
    previous: { newsletter: false, renewal: true },
  });
  expect(text).toContain('newsletter | on | off\nrenewal | off | on');

  notifications.login = true;
  const undone = await mcp.call('undo_change');
  expect(undone.isError).toBe(false);
  expect(notifications).toEqual({ newsletter: false, incident: true, bandwidth: true, login: true, renewal: true });
});

test('undo stops where the same preference was changed since', async () => {
  await using mcp = await connectWithKey();
  await mcp.call('set_notifications', { newsletter: true });
  mcp.sandbox.world.account.notifications.newsletter = false;
  expect((await mcp.call('undo_change')).text).toMatch(
    /It was changed again since: .*newsletter true, and now it is newsletter false/,
  );
});

test('what Gigahost made of it is what is told', async () => {
  await using mcp = await connectWithKey();
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'reply', body: { meta: { status: 200 } } } });
  expect((await mcp.call('set_notifications', { newsletter: true })).structured).toMatchObject({
    notifications: { newsletter: false },
  });
});

test('a preference Gigahost does not tell has to be named too, as all are sent at once', async () => {
  await using mcp = await connectWithKey();
  const body = {
    meta: { status: 200 },
    data: {
      cust_id: '1',
      cust_newsletter: '0',
      cust_incident: '1',
      cust_email_on_login: '',
      cust_notify_service_renewal: 1,
    },
  };
  mcp.sandbox.misbehave({ path: /^\/account$/, times: Infinity, fault: { kind: 'reply', body } });
  await expectRefusals(mcp, 'set_notifications', [
    [{ newsletter: true }, /does not tell how bandwidth is set: name it too/],
    [{}, /Name at least one of newsletter, incidents, bandwidth, login, renewal/],
  ]);
  const { text } = await mcp.call('set_notifications', { bandwidth: false });
  expect(text).toContain('bandwidth | unknown | unknown');
  expect(changesOf(mcp.sandbox)).toEqual(['PUT /account/notifications']);
});

test('a lost answer is reported as unknown, with the read that settles it', async () => {
  await using mcp = await connectWithKey();
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'drop', when: 'after' } });
  const { text } = await mcp.call('set_notifications', { newsletter: true });
  expect(text).toMatch(/asked to set the notifications, and it is not known.*get_account shows/);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp = await connectWithKey();
  await expectBadArguments(mcp, 'set_notifications', [[{ newsletter: 'yes' }, /newsletter must be/]]);
});
