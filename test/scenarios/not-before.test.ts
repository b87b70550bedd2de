/**
 * Approved now, created later: the request has a time, is listed, can be moved, and is checked again when it is due.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TestDatabase } from '../database.ts';
import type { FieldValues } from './form.ts';
import { csv, postFile, rowOf } from './handed-files.ts';
import { type Scenario, startScenario } from './harness.ts';
import { type Person, requestsChannel } from './person.ts';
import { mary } from './stage.ts';

const day = 24 * 3600_000;
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString();

async function askFor(tara: Person, at: string, values: FieldValues = mary) {
  const form = await tara.openForm();
  await form.press('More settings');
  return form.submit({ ...values, 'Not before': at });
}

/** Makes the time for which the request waits the current time. */
async function due(database: TestDatabase): Promise<void> {
  await database.query(`update requests set not_before = now() - interval '1 second'`);
  await database.query(`update jobs.job set start_after = now() where name = 'provision'`);
}

async function scheduled(scenario: Scenario, approver: Person = scenario.ari) {
  const { tara, card } = scenario;
  assert.deepEqual((await askFor(tara, inDays(3))).errors, {});
  const asked = await card(/Not before \d{4}-(?:.|\n)*Needs 1 approval/);
  await approver.press(asked, 'Approve');
  return card(/To be created .* · approved by/);
}

describe('a request that is to be created later', { concurrency: 2 }, () => {
  test('is approved now, created when it is due, and says so to everybody meanwhile', async (t) => {
    const scenario = await startScenario(t);
    const { tara, ari, sandbox, database, card, threadSays } = scenario;
    const asked = await scheduled(scenario);
    assert.match(asked.text, /To be created \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    assert.deepEqual(asked.buttons, ['Move', 'Deny', 'Withdraw']);
    await threadSays(asked, /Ari Admin approved .*\nNot before /);
    await tara.isSent(
      /CU-1001, Mary Major in production, is approved by Ari Admin\. To be created/,
    );
    await tara.home(/Mary Major\n.*CU-1001.*approved, not created yet.* · not before /);
    await tara.command('mine');
    await tara.isTold(/approved, not created yet.*not before/, 'C0GENERAL');
    await scenario.settled();
    assert.equal(await sandbox.connectUser('Mary'), undefined);
    await due(database);
    await card(/✅ 1 created · approved by Ari Admin/);
    await threadSays(asked, /is ready in production/);
    assert.ok(await sandbox.connectUser('Mary'));
    assert.equal((await ari.home(/Nothing is waiting/)).includes('To be created'), false);
  });

  test('is refused in the past, beyond what an approval can wait, and after its typed password', async (t) => {
    const { tara } = await startScenario(t);
    const refused = async (at: string, words: RegExp, values?: FieldValues) => {
      const form = await tara.openForm();
      await form.press('More settings');
      if (values) await form.set('Password', 'Type one');
      const { errors } = await form.submit({ ...mary, ...values, 'Not before': at });
      assert.match(errors['Not before'] ?? '', words);
      await form.close();
    };
    await refused(inDays(-1), /This time is in the past/);
    await refused(inDays(91), /more than 90 days ahead/);
    const password = { 'Their first password': 'Pass@Word1' };
    await refused(inDays(2), /password that you typed is kept until .* UTC only/, password);
  });

  test('asks again when somebody who approved it may not do so anymore', async (t) => {
    const scenario = await startScenario(t);
    const { bea, sandbox, database, card, threadSays } = scenario;
    const asked = await scheduled(scenario, bea);
    await sandbox.call('POST', '/people', { id: bea.id, deleted: true });
    await due(database);
    await card(/It changed, so it asks again: Bea Berg may not approve all of it anymore\./);
    await threadSays(asked, /Earlier approvals do not count anymore/);
    assert.equal(await sandbox.connectUser('Mary'), undefined);
  });

  test('can be moved to a later time by its requester, to any time by an approver, and by no other person', async (t) => {
    const scenario = await startScenario(t);
    const { tara, ari, noa, database, sandbox, card } = scenario;
    const asked = await scheduled(scenario);
    const move = async (who: Person, at: string) => {
      await who.press(asked, 'Move');
      const form = await who.form();
      return form.submit({ 'Not before': at });
    };
    const at = async () => {
      const [row] = await database.query('select not_before from requests');
      return new Date(row?.not_before as Date).getTime();
    };
    const before = await at();
    await sandbox.fault({ on: 'slack', kind: 'expired-trigger' });
    await tara.press(asked, 'Move');
    await tara.isTold(/time limit ran out.*Press the same button/s);
    assert.match((await move(tara, inDays(-1))).errors['Not before'] ?? '', /in the past/);
    await (await tara.form()).close();
    await move(tara, inDays(1));
    await tara.isTold(/Only people who may approve can move it to before/);
    await move(noa, inDays(5));
    await noa.isTold(/I can’t tell which user in production you are/);
    assert.equal(await at(), before);
    await move(tara, inDays(5));
    await card(/To be created/);
    await scenario.settled();
    assert.ok((await at()) > before);
    await move(ari, inDays(1));
    await scenario.settled();
    assert.ok((await at()) < before);
    await due(database);
    await card(/✅ 1 created/);
    assert.ok(await sandbox.connectUser('Mary'));
  });

  test('is withdrawn by its requester, or denied after all', async (t) => {
    const scenario = await startScenario(t);
    const { tara, ari, card, database, sandbox } = scenario;
    const asked = await scheduled(scenario);
    await tara.press(asked, 'Withdraw');
    await card(/Withdrawn by Tara Lead/);
    await askFor(tara, inDays(3), { ...mary, Username: 'Mary2' });
    const second = await card(/\(Mary2\)(?:.|\n)*Needs 1 approval/);
    await ari.press(second, 'Approve');
    await ari.deny(await card(/\(Mary2\)(?:.|\n)*To be created/), 'The start was put off');
    await card(/Denied by Ari Admin: The start was put off/);
    await due(database);
    await scenario.settled();
    assert.equal(await sandbox.connectUser('Mary'), undefined);
    assert.equal(await sandbox.connectUser('Mary2'), undefined);
  });

  test('takes the time of a file from its message, in the time zone of the sender', async (t) => {
    const { sandbox, bea, ari, tara, card, threadSays } = await startScenario(t);
    const send = async (who: Person, text: string) => {
      const message = { channel: requestsChannel, text: `<@U0BOT> ${text}` };
      return postFile(sandbox, who.id, { ...message, content: csv(rowOf('anna')) });
    };
    const year = new Date(Date.now() + 20 * day).toISOString().slice(0, 10);
    const offer = await threadSays(await send(bea, `starts not before ${year} 09:00`), /1 row/);
    // Berlin is one hour ahead in winter and two in summer.
    assert.match(offer.text, new RegExp(`Not before ${year} 0[78]:00 UTC`));
    await bea.press(offer, offer.buttons[0] ?? '');
    const asked = await card(/requests 1 user/);
    await ari.press(asked, 'Approve 1');
    await card(new RegExp(`To be created ${year} 0[78]:00 UTC`));
    await threadSays(
      await send(tara, 'not before 31.12.2026'),
      /can’t read the time “31\.12\.2026”/,
    );
    await threadSays(await send(tara, 'not before 2020-01-01 09:00'), /This time is in the past/);
  });
});
