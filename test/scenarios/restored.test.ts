/**
 * A backup from an hour ago is restored (`npm run chaos:restore`). The bot has no record of what happened since then.
 * Nothing is created twice, and the users that Amazon Connect already has are recognized.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { bareEnvironment } from '../bare-environment.ts';
import { startScenario } from './harness.ts';
import { eventually } from './sandbox-calls.ts';
import { mary } from './stage.ts';
import { createsOf } from './wire.ts';

const run = promisify(execFile);

const database = (url: string, ...args: string[]) =>
  run(process.execPath, ['src/database-command/main.ts', ...args], {
    env: { ...bareEnvironment(), DATABASE_URL: url },
    timeout: 60_000,
  });

async function backupFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'connect-add-user-backup-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'backup.ndjson');
}

test('after a restore no user is created twice, and users created since the backup are recognized', async (t) => {
  const backup = await backupFile(t);
  const scenario = await startScenario(t);
  const { tara, ari, sandbox, card, threadSays, stopBot, startBot, database: there } = scenario;
  const ask = async (username: string) => {
    const form = await tara.openForm();
    const sent = await form.submit({ ...mary, Username: username });
    assert.equal(sent.outcome, 'closed', JSON.stringify(sent));
    return card(new RegExp(`\\(${username}\\)[^]*Needs 1 approval`));
  };
  const before = await ask('before');
  await ari.press(before, 'Approve');
  await threadSays(before, /is ready in production/);
  const between = await ask('between');
  const untouched = await ask('untouched');

  await stopBot();
  await database(there.url, 'export', backup);
  await startBot();
  await ari.press(between, 'Approve');
  await threadSays(between, /is ready in production/);
  const lost = await ask('lost');
  const unknown = await ask('unknown');
  await ari.press(unknown, 'Approve');
  await threadSays(unknown, /is ready in production/);

  await stopBot();
  await there.query('drop schema public cascade');
  await there.query('drop schema jobs cascade');
  await there.query('create schema public');
  await database(there.url, 'import', backup);
  const { stdout } = await database(there.url, 'restored');
  assert.match(
    stdout,
    /^CU-\d+\tawaiting_approval\nCU-\d+\tawaiting_approval\n2 open in this copy/,
  );
  await startBot();

  // In the restored database this request still waits, so its card is restored, and somebody approves it again.
  const asBefore = await eventually('the card asks again', async () => {
    const now = await card(/\(between\)/);
    return now.buttons.includes('Approve') && now;
  });
  await ari.press(asBefore, 'Approve');
  await scenario.settled();
  const rows = await there.query(
    `select state, user_id, problem from rows where new_user->>'username' = 'between'`,
  );
  const user = await sandbox.connectUser('between');
  assert.deepEqual(rows, [{ state: 'created', user_id: user?.id, problem: null }]);

  // An unaffected request continues; a username that the copy does not have belongs to another user now, and is not
  // given out again.
  await ari.press(untouched, 'Approve');
  await threadSays(untouched, /is ready in production/);
  // H2 (only what was approved): the card of a request that is missing from the copy decides nothing, even after its
  // number is assigned again.
  await ari.press(lost, 'Approve');
  const later = await ask('later');
  await ari.press(lost, 'Approve');
  await scenario.settled();
  assert.ok((await card(/\(later\)/)).buttons.includes('Approve'), 'it still waits');
  const number = (text: string) => /CU-\d+/.exec(text)?.[0];
  assert.equal(number(later.text), number(lost.text), 'the number is given out again');
  for (const username of ['lost', 'later']) assert.equal(await createsOf(sandbox, username), 0);

  const form = await tara.openForm();
  const again = await form.submit({ ...mary, Username: 'unknown' });
  assert.equal(again.outcome, 'errors', 'the username is taken');
  for (const username of ['before', 'untouched', 'unknown']) {
    assert.equal(await createsOf(sandbox, username), 1, username);
  }
  const created = (await sandbox.wire('connect')).filter(
    ({ name, about, ok }) => name === 'CreateUser' && about === 'between' && ok,
  );
  assert.equal(created.length, 1, 'sent again, and refused by Connect');
});
