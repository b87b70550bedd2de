/**
 * An approver leaves rows out of a file's request: what is created, who is notified, and which approvals still count.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rulesOf } from '../policy/policies.ts';
import { csv, fileIn, postFile, rowOf } from './handed-files.ts';
import { type Scenario, startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';

const two = (more = '') =>
  rulesOf(`
- name: Two people agree
  requesters: { anyone: true }
  approval: { count: 2${more} }`);

/** Requests a file with these valid rows and returns its card. */
async function askFor(scenario: Scenario, ...usernames: string[]) {
  const { sandbox, tara, card, threadSays } = scenario;
  const posted = await postFile(sandbox, tara.id, {
    channel: requestsChannel,
    text: '<@U0BOT> please',
    content: csv(...usernames.map((name) => rowOf(name))),
  });
  const users = usernames.length;
  const offer = await threadSays(posted, new RegExp(`${users} rows are ready to request`));
  await tara.press(offer, `Request ${users} users`);
  return card(new RegExp(`requests ${users} users in production`));
}

describe('rows that an approver leaves out', { concurrency: 2 }, () => {
  test('are not created; the requester is told, and earlier approvals are void', async (t) => {
    const scenario = await startScenario(t, { instance: { rules: two() } });
    const { sandbox, ari, bea, card, threadSays, database } = scenario;
    const asked = await askFor(scenario, 'anna', 'ben', 'cleo');
    await ari.press(asked, 'Approve 3');
    const half = await card(/1 of 2 approvals \(Ari Admin\)/);

    await ari.press(half, 'Show rows');
    const seenByAri = await ari.form();
    assert.match(
      await seenByAri.text(),
      /You can deny, and not approve. You have approved this already/,
    );
    await bea.press(half, 'Show rows');
    const rows = await bea.form();
    assert.match(await rows.text(), /You can approve: you hold Users – Create through /);
    const { errors } = await rows.submit();
    assert.match(errors['Leave out'] ?? '', /Nothing is chosen/);
    await rows.submit({ 'Leave out': ['Row 3: Nia ben (ben)'] });

    const smaller = await card(/requests 2 users .*1 row was left out by approvers/s);
    assert.match(smaller.text, /It changed, so it asks again: Bea Berg left out 1 row\.\nNeeds 2/);
    assert.match(smaller.text, /Nia anna \(anna\), Nia cleo/);
    assert.doesNotMatch(smaller.text, /ben/);
    await threadSays(smaller, /@U0TARA.* Bea Berg left out 1 user: row 3 \(ben\)\./);
    // The form that Ari opened earlier no longer matches the request.
    await seenByAri.submit({ 'Leave out': ['Row 2: Nia anna (anna)'] });
    await ari.isTold(/has changed since the card was shown/);

    await ari.press(smaller, 'Approve 2');
    await card(/1 of 2 approvals/);
    await bea.press(smaller, 'Approve 2');
    const done = await card(/2 created/);
    assert.equal(await sandbox.connectUser('ben'), undefined);
    const results = await fileIn(sandbox, () => ari.thread(done), /results\.csv$/);
    assert.match(results, /ben.*not created.*It was left out of the request by Bea Berg/);
    const [event] = await database.query(
      `select actor, details from audit_events where kind = 'rows-left-out'`,
    );
    assert.equal(event?.actor, 'U0BEA');
    const details = Object(event?.details);
    assert.deepEqual(details.approvals, { voided: 1, kept: 0 });
    assert.deepEqual([details.rows, details.left], [1, 2]);
  });

  test('leave earlier approvals as they are where the policy says so', async (t) => {
    const rules = two(', keepWhenRowsLeftOut: true');
    const scenario = await startScenario(t, { instance: { rules } });
    const { ari, bea, card, threadSays, sandbox } = scenario;
    const asked = await askFor(scenario, 'anna', 'ben');
    await ari.press(asked, 'Approve 2');
    const half = await card(/1 of 2 approvals/);
    await bea.press(half, 'Show rows');
    await (await bea.form()).submit({ 'Leave out': ['Row 2: Nia anna (anna)'] });
    const smaller = await card(/requests 1 user .*1 of 2 approvals \(Ari Admin\)/s);
    await threadSays(smaller, /Approvals that were given before hold for the rest/);
    await bea.press(smaller, 'Approve 1');
    await card(/1 created/);
    assert.equal(await sandbox.connectUser('anna'), undefined);
    assert.notEqual(await sandbox.connectUser('ben'), undefined);
  });

  test('are never all of them, and are left out by nobody who may not deny', async (t) => {
    const scenario = await startScenario(t, {});
    const { tara, ari, card } = scenario;
    const asked = await askFor(scenario, 'anna', 'ben');
    await tara.press(asked, 'Show rows');
    await tara.notice(/You can’t decide\. You can’t approve your own request\./);
    await ari.press(asked, 'Show rows');
    const rows = await ari.form();
    await rows.submit({ 'Leave out': ['Row 2: Nia anna (anna)', 'Row 3: Nia ben (ben)'] });
    await ari.isTold(/You can’t leave out all rows/);
    await card(/requests 2 users/);
  });
});
