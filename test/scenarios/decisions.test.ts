/**
 * One decision per request: a second person is told who decided first, and an old card answers with the current
 * state.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TestDatabase } from '../database.ts';
import { fileIn } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { eventually, type SandboxCalls } from './sandbox-calls.ts';
import { mary } from './stage.ts';
import { acceptedCalls, createsOf, deliveries } from './wire.ts';

/** From now on Slack refuses every edit of a message, so cards keep their old buttons. */
async function freezeCards(sandbox: SandboxCalls): Promise<void> {
  const fault = { on: 'slack', kind: 'method', match: 'chat.update' } as const;
  await sandbox.fault({ ...fault, error: 'edit_window_closed' }, 100);
}
/** Simulates that three days have passed: the job that ends an open request is due now. */
async function letTimePass(database: TestDatabase): Promise<void> {
  await database.query(`update jobs.job set start_after = now() where name = 'expire'`);
}

describe('decisions', { concurrency: 3 }, () => {
  test('one of two simultaneous approvals counts, and the second person is told who was first', async (t) => {
    const scenario = await startScenario(t);
    const { tara, ari, bea, sandbox, ask, card, threadSays, database, settled } = scenario;
    const asked = await ask(tara);
    const clicks = await Promise.all([ari.press(asked, 'Approve'), bea.press(asked, 'Approve')]);
    assert.deepEqual(
      clicks.map((click) => click.outcome),
      ['ok', 'ok'],
    );
    await card(/✅ 1 created/);
    const decision = await threadSays(asked, /approved/);
    const ariWon = decision.text.startsWith('Ari Admin');
    const [second, first] = ariWon ? [bea, 'Ari Admin'] : [ari, 'Bea Berg'];
    await second.isTold(new RegExp(`^${first} approved this (just now|\\d+ seconds? ago)`));
    await settled();
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
    const events = await database.query(`select actor from audit_events where kind = 'approved'`);
    assert.equal(events.length, 1);
    const thread = await ari.thread(asked);
    assert.equal(thread.filter((message) => /approved/.test(message.text)).length, 1);
  });

  test('only one of a simultaneous approval and denial counts', async (t) => {
    const { tara, ari, bea, sandbox, ask, card } = await startScenario(t);
    const asked = await ask(tara);
    await bea.press(asked, 'Deny');
    const form = await bea.form();
    const [label = ''] = await form.labels();
    await Promise.all([ari.press(asked, 'Approve'), form.submit({ [label]: 'not this week' })]);
    const end = await card(/✅ 1 created|Denied by/);
    assert.deepEqual(end.buttons, ['Evidence']);
    const created = /created/.test(end.text);
    await (created ? bea.isTold(/Ari Admin approved this/) : ari.isTold(/Bea Berg denied this/));
    assert.equal(await createsOf(sandbox, 'Mary'), created ? 1 : 0);
  });

  test('denying requires a reason, and the card, the thread and the requester get it', async (t) => {
    const { tara, ari, sandbox, ask, card, threadSays } = await startScenario(t);
    const asked = await ask(tara);
    const blank = await ari.deny(asked, '   ');
    assert.equal(blank.outcome, 'errors');
    assert.match(Object.values(blank.errors)[0] ?? '', /Enter a short reason/);
    const form = await ari.form();
    const [label = ''] = await form.labels();
    assert.match(label, /^Why is CU-\d+ denied\?$/);
    assert.equal((await form.submit({ [label]: 'use the Tier 1 profile' })).outcome, 'closed');
    const denied = await card(/Denied by Ari Admin: use the Tier 1 profile/);
    assert.deepEqual(denied.buttons, ['Evidence']);
    await threadSays(asked, /Ari Admin denied: use the Tier 1 profile/);
    const direct = await tara.isSent(/Ari Admin denied CU-\d+ \(Mary Major\): use the Tier 1/);
    assert.deepEqual(direct.buttons, ['Edit and resend']);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });

  test('messages in the card’s thread before the decision are part of the evidence', async (t) => {
    const { tara, noa, ari, sandbox, ask, card, database } = await startScenario(t);
    const asked = await ask(tara);
    const say = (user: string, text: string, more: object = { threadTs: asked.ts }) =>
      sandbox.call<{ message: { ts: string } }>('POST', '/messages', {
        user,
        channel: requestsChannel,
        text,
        ...more,
      });
    await sandbox.fault({ on: 'slack', kind: 'duplicate', match: 'message' }, 2);
    const { message } = await say(noa.id, 'Does she need `Admin`?');
    await say(tara.id, 'Nobody asked about this one', {});
    const at = { user: noa.id, channel: requestsChannel, ts: message.ts };
    await sandbox.call('POST', '/messages/edit', { ...at, text: 'Does she need it?' });
    await say(tara.id, 'Only until Friday | <!here>');
    await sandbox.call('POST', '/messages/delete', at);
    await eventually('all of it is kept', async () => {
      const kept = await database.query('select 1 from thread_messages');
      return kept.length === 4;
    });
    await ari.deny(asked, 'not this week');
    const denied = await card(/Denied by Ari Admin/);
    await say(noa.id, 'too late');
    await ari.press(denied, 'Evidence');
    const page = await fileIn(sandbox, () => ari.thread(denied), /evidence\.md$/);
    const [, thread = ''] = page.split('## What was written in the thread\n\n');
    const [said = ''] = thread.split('\n\n');
    const lines = said.split('\n').map((line) => line.replace(/^- \S+ /, ''));
    assert.deepEqual(lines, [
      '`Noa Lead` (`U0NOA`): `` Does she need `Admin`? ``',
      '`Noa Lead` (`U0NOA`) changed it to: `Does she need it?`',
      '`Tara Lead` (`U0TARA`): `Only until Friday \\| <!here>`',
      '`Noa Lead` (`U0NOA`) deleted a message',
    ]);
  });

  test('the requester can withdraw a request, and nobody else can', async (t) => {
    const { tara, ari, noa, sandbox, ask, card, threadSays } = await startScenario(t);
    const asked = await ask(tara);
    for (const who of [ari, noa]) {
      await who.press(asked, 'Withdraw');
      await who.isTold(/Only Tara Lead, who sent this request, can withdraw it/);
    }
    await tara.press(asked, 'Withdraw');
    const cancelled = await card(/Withdrawn by Tara Lead/);
    assert.deepEqual(cancelled.buttons, []);
    await threadSays(asked, /Tara Lead withdrew the request/);
    await tara.isSent(/was withdrawn\. Nothing was created/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });

  test('a click on the card of a withdrawn request is answered with that', async (t) => {
    const { tara, ari, sandbox, ask, threadSays } = await startScenario(t);
    const asked = await ask(tara);
    await freezeCards(sandbox);
    await tara.press(asked, 'Withdraw');
    await threadSays(asked, /Tara Lead withdrew the request/);
    await ari.press(asked, 'Approve');
    await ari.isTold(/^Tara Lead cancelled this/);
    await tara.press(asked, 'Withdraw');
    await tara.isTold(/^You cancelled this yourself/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });

  test('a click on a card that is not true anymore is answered with what is true now', async (t) => {
    const { tara, ari, bea, sam, sandbox, ask, threadSays } = await startScenario(t);
    const asked = await ask(tara);
    await freezeCards(sandbox);
    await ari.press(asked, 'Approve');
    await threadSays(asked, /is ready in production/);
    await bea.press(asked, 'Approve');
    await bea.isTold(/^Ari Admin approved this/);
    await ari.press(asked, 'Approve');
    await ari.isTold(/^You approved this yourself/);
    // The message about the earlier decision takes precedence over the one about missing permissions.
    await sam.press(asked, 'Approve');
    await sam.isTold(/^Ari Admin approved this/);
    await bea.press(asked, 'Deny');
    await bea.notice(/^Ari Admin approved this/);
    await tara.press(asked, 'Withdraw');
    await tara.isTold(/^Ari Admin approved this/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });

  test('a request that nobody decides about ends, and its requester can send it again', async (t) => {
    const { tara, database, sandbox, ask, card } = await startScenario(t);
    await ask(tara);
    await letTimePass(database);
    const expired = await card(/Nobody decided in time\. Nothing was created/);
    assert.deepEqual(expired.buttons, ['Evidence']);
    const direct = await tara.isSent(/Nobody decided about CU-\d+/);
    assert.deepEqual(direct.buttons, ['Edit and resend']);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });

  test('a click on the card of an expired request is answered with that', async (t) => {
    const { tara, ari, database, sandbox, ask } = await startScenario(t);
    const asked = await ask(tara);
    await freezeCards(sandbox);
    await letTimePass(database);
    await tara.isSent(/Nobody decided about CU-/);
    await ari.press(asked, 'Approve');
    await ari.isTold(/expired, because nobody decided in time/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });

  test('H2: an approval is bound to exactly the rows that were shown', async (t) => {
    const { tara, ari, sandbox, ask, card, database, logSays } = await startScenario(t);
    const asked = await ask(tara);
    // A person with the database’s password changes a row so that Mary becomes an admin, without an approval.
    const { securityProfiles } = await sandbox.connect();
    const admin = securityProfiles.find((profile) => profile.name === 'Admin');
    const changed = JSON.stringify([{ id: admin?.id, name: 'Agent' }]);
    await database.tamper(
      `update rows set new_user = jsonb_set(new_user, '{securityProfiles}', $1::jsonb)`,
      [changed],
    );
    await ari.press(asked, 'Approve');
    await ari.isTold(/has changed since it was shown: rows of it were edited, .*“Admin” now/);
    await logSays(/decision.changed-since/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    await card(/It changed, so it asks again: .*it requests “Admin” now.*\nNeeds 1 approval/);
  });

  test('H5: everything that Slack delivers twice takes effect once', async (t) => {
    const { tara, ari, sandbox, card, database, settled } = await startScenario(t);
    const duplicate = { on: 'slack', kind: 'duplicate' } as const;
    await sandbox.fault({ ...duplicate, match: 'view_submission', retryAttempt: 0 });
    const form = await tara.openForm();
    assert.equal((await form.submit(mary)).outcome, 'closed');
    const asked = await card(/Needs 1 approval/);
    await eventually('both submissions were answered', async () => {
      const sent = await deliveries(sandbox, 'view_submission');
      return sent.length === 2 && sent.every((delivery) => delivery.ok);
    });
    await settled();
    const requests = await database.query('select id from requests');
    assert.equal(requests.length, 1);

    await sandbox.fault({ ...duplicate, match: 'block_actions', retryAttempt: 1 });
    await ari.press(asked, 'Approve');
    await card(/✅ 1 created/);
    await eventually('both clicks were answered', async () => {
      const sent = await deliveries(sandbox, 'block_actions');
      return sent.length === 2 && sent.every((delivery) => delivery.ok);
    });
    await settled();
    assert.deepEqual(await ari.told(), [], 'their own click is no second one');
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
    assert.equal((await ari.messages()).length, 1, 'one card');
  });

  test('H5: a form that is submitted again after a lost acknowledgement becomes one request', async (t) => {
    const { tara, sandbox, card, database } = await startScenario(t, {
      workspace: { ackTimeoutMs: 3_000 },
    });
    const form = await tara.openForm();
    await sandbox.fault({ on: 'slack', kind: 'lose-ack', match: 'view_submission' });
    assert.equal((await form.submit(mary)).outcome, 'timeout');
    // Slack shows an error and leaves the form open; the person submits it again.
    assert.equal((await form.submit()).outcome, 'closed');
    await card(/Needs 1 approval/);
    assert.equal((await database.query('select id from requests')).length, 1);
    assert.equal((await acceptedCalls(sandbox, 'chat.postMessage')).length >= 1, true);
  });

  test('a security profile that was deleted after the check is reported, and the request can be denied', async (t) => {
    const { tara, ari, sandbox, ask, card } = await startScenario(t);
    const asked = await ask(tara, { ...mary, 'Security profiles': ['Trainee'] });
    await sandbox.website({
      instance: 'production',
      action: 'delete-security-profile',
      id: 'Trainee',
    });
    await ari.press(asked, 'Approve');
    await ari.isTold(
      /A security profile in this request no longer exists in production.*Deny the request/s,
    );
    await ari.deny(asked, 'Trainee is gone');
    await card(/Denied by Ari Admin: Trainee is gone/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });

  test('H5: a click counts when its acknowledgement was lost, and a second click is answered with that', async (t) => {
    const { tara, ari, sandbox, ask, threadSays } = await startScenario(t, {
      workspace: { ackTimeoutMs: 3_000 },
    });
    const asked = await ask(tara);
    await freezeCards(sandbox);
    await sandbox.fault({ on: 'slack', kind: 'lose-ack', match: 'block_actions' });
    assert.equal((await ari.press(asked, 'Approve')).outcome, 'timeout');
    await threadSays(asked, /is ready in production/);
    assert.equal((await ari.press(asked, 'Approve')).outcome, 'ok');
    await ari.isTold(/^You approved this yourself/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });

  test('H5: clicks that arrive in another order than they were made leave one decision', async (t) => {
    const { tara, ari, bea, sandbox, ask, card, database, settled } = await startScenario(t);
    const asked = await ask(tara);
    await sandbox.fault({ on: 'slack', kind: 'reorder', match: 'block_actions' });
    await Promise.all([ari.press(asked, 'Approve'), bea.press(asked, 'Approve')]);
    await card(/✅ 1 created/);
    await settled();
    const decided = await database.query(`select actor from audit_events where kind = 'approved'`);
    assert.equal(decided.length, 1);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });
});
