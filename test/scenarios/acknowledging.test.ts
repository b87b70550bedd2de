/**
 * H5 (stored before acknowledged): deliveries from Slack are stored and then acknowledged quickly; a repeated
 * delivery is neither doubled nor dropped.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import pg from 'pg';
import { beforeAcknowledging, startScenario } from './harness.ts';
import { mary } from './stage.ts';
import { acceptedCalls } from './wire.ts';

describe('H5: a form that is sent a second time', { concurrency: 2 }, () => {
  test('with other content is answered with what was sent the first time', async (t) => {
    const { tara, sandbox, card, database } = await startScenario(t, {
      workspace: { ackTimeoutMs: 4_000 },
    });
    const form = await tara.openForm();
    await sandbox.fault({ on: 'slack', kind: 'lose-ack', match: 'view_submission' });
    assert.equal((await form.submit(mary)).outcome, 'timeout');
    // Slack reports a failure and leaves the form open; the person corrects the name and submits it again.
    const changed = await form.submit({ Username: 'Maryam' });
    assert.equal(changed.outcome, 'errors');
    assert.match(
      Object.values(changed.errors).join(' '),
      /You already sent this form as CU-\d+, with username “Mary”\. What you changed since then was not sent/,
    );
    assert.equal((await form.submit({ Username: 'Mary' })).outcome, 'closed');
    await card(/\(Mary\)/);
    assert.equal((await database.query('select id from requests')).length, 1);
  });

  test('to deny with a second reason is answered with the first reason', async (t) => {
    const { tara, ari, ask, card, sandbox } = await startScenario(t, {
      workspace: { ackTimeoutMs: 4_000 },
    });
    const asked = await ask(tara);
    await ari.press(asked, 'Deny');
    const form = await ari.form();
    const [label = ''] = await form.labels();
    await sandbox.fault({ on: 'slack', kind: 'lose-ack', match: 'view_submission' });
    assert.equal((await form.submit({ [label]: 'Not in this team' })).outcome, 'timeout');
    const changed = await form.submit({ [label]: 'Wrong profile' });
    assert.match(
      Object.values(changed.errors).join(' '),
      /with another reason, and that one counts/,
    );
    await card(/Not in this team/);
  });
});

describe('H5: before an acknowledgement', { concurrency: 2 }, () => {
  test('a form is stored without a call to Slack, however slow Slack is', async (t) => {
    const { tara, sandbox, card, stopBot, startBot } = await startScenario(t);
    const form = await tara.openForm();
    await stopBot();
    await startBot();
    // An empty cache of people, and a Slack that answers with a rate limit.
    const method = { on: 'slack', kind: 'method', match: 'users.info' } as const;
    await sandbox.fault({ ...method, error: 'ratelimited', retryAfterSeconds: 3 });
    const known = (await acceptedCalls(sandbox, 'users.info')).length;
    const sent = await form.submit(mary);
    assert.equal(sent.outcome, 'closed', sent.detail);
    const wire = await sandbox.wire();
    const acknowledged = wire.findIndex(({ name }) => name === 'view_submission');
    const asked = wire.filter(({ name, ok }) => name === 'users.info' && ok)[known];
    assert.ok(acknowledged >= 0 && (!asked || wire.indexOf(asked) > acknowledged));
    assert.match((await card(/\(Mary\)/)).text, /Tara Lead/);
  });

  test('a database that hangs is not waited for: the form says so in time, and works later', async (t) => {
    const { tara, database, card } = await startScenario(t, { timing: { beforeAcknowledging } });
    const form = await tara.openForm();
    const blocker = new pg.Client({ connectionString: database.url });
    blocker.on('error', () => {});
    await blocker.connect();
    await blocker.query('begin; lock table deliveries');
    const sent = await form.submit(mary);
    await blocker.query('rollback');
    await blocker.end();
    assert.equal(sent.outcome, 'errors', sent.detail);
    assert.match(Object.values(sent.errors).join(' '), /couldn’t save this/);
    assert.equal((await form.submit()).outcome, 'closed');
    await card(/\(Mary\)/);
  });
});
