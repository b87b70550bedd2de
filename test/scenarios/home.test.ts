/** The App Home: the requests that wait for an approver, and requests whose state is updated automatically. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { csv, postFile, rowOf } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { mary } from './stage.ts';

describe('the App Home', { concurrency: 2 }, () => {
  test('has approve buttons that work, and shows the outcome without being opened again', async (t) => {
    const { tara, ari, sandbox } = await startScenario(t);
    await tara.home(/You have no requests yet/);
    await ari.home(/Nothing is waiting for you/);
    const form = await tara.openForm();
    await form.submit(mary);
    await tara.homeSays(/Mary Major\n.*CU-1001.*waiting for approval/s);
    await ari.homeSays(/Waiting for you, the oldest first\s+Tara Lead requests Mary Major/);
    assert.equal((await ari.pressAtHome('Approve')).outcome, 'ok');
    await tara.homeSays(/CU-1001.*production.*created/s);
    await ari.homeSays(/Nothing is waiting for you/);
    assert.ok(await sandbox.connectUser('Mary'));
  });

  test('has a button for each preset that the person may use, which opens the form with it', async (t) => {
    const { tara, noa } = await startScenario(t, {
      config: (config) => ({
        ...config,
        instances: config.instances.map((instance) => ({
          ...instance,
          presets: instance.presets.map((preset) =>
            preset.name === 'Floor supervisor' ? { ...preset, people: ['U0NOA'] } : preset,
          ),
        })),
      }),
    });
    await noa.home(/You have no requests yet/);
    await noa.pressAtHome('Floor supervisor');
    assert.equal(await (await noa.form()).valueOf('Preset'), 'Floor supervisor');
    await tara.home(/You have no requests yet/);
    await assert.rejects(tara.pressAtHome('Floor supervisor'), /no button/);
    await tara.pressAtHome('Tier 1 support');
    const form = await tara.form();
    assert.equal(await form.valueOf('Preset'), 'Tier 1 support');
    assert.ok(!(await form.labels()).includes('Routing profile'));
  });

  test('shows a requester without Users – Create nobody else’s requests', async (t) => {
    const { tara, noa } = await startScenario(t);
    const form = await tara.openForm();
    await form.submit(mary);
    await tara.home(/waiting for approval/);
    const said = await noa.home(/You have no requests yet/);
    assert.doesNotMatch(said, /Mary|Waiting for you/);
  });

  test('shows waiting requests in pages, and leaves a page that has become empty', async (t) => {
    const { tara, ari, database, ask } = await startScenario(t);
    await ask(tara);
    await database.query(`
      set session_replication_role = replica;
      insert into requests (instance, source, state, requester_id, requester_name, requests_channel,
        created_at, content_hash, expires_at)
      select instance, source, state, requester_id, 'Lead ' || n, requests_channel, created_at, content_hash, expires_at
      from requests, generate_series(1, 8) as n;
      insert into rows (request_id, position, state, draft, new_user, password_plan)
      select copy.id, 1, rows.state, rows.draft, rows.new_user, rows.password_plan
      from rows, requests copy where copy.id > 1001;
      set session_replication_role = origin`);
    const first = await ari.home(/Lead 7 requests/);
    assert.match(first, /the oldest first\s+Tara Lead requests/);
    assert.doesNotMatch(first, /Lead 8 requests/);
    await ari.pressAtHome('Next');
    assert.doesNotMatch(await ari.homeSays(/Lead 8 requests/), /Lead 7 requests/);
    await database.query(`delete from rows where request_id > 1008;
      delete from requests where id > 1008`);
    await tara.command('');
    await ari.pressAtHome('Previous');
    await ari.homeSays(/Lead 7 requests/);
  });

  test('shows the state of the instances to approvers and operators only', async (t) => {
    const { tara, ari, noa, ask, sandbox, card } = await startScenario(t, {
      config: (config) => ({ ...config, operators: ['U0NOA'] }),
    });
    const asked = await ask(tara);
    await sandbox.fault({
      on: 'connect',
      kind: 'error',
      operation: 'CreateUser',
      error: 'InvalidParameterException',
      message: 'no such thing',
    });
    await ari.home(/production · .*\n\d+ of 500 users, room for \d+ .* 1 waiting for approval/);
    await ari.press(asked, 'Approve');
    await card(/1 failed/);
    await ari.homeSays(/1 user not created in 24 hours, the latest in CU-1001/);
    await noa.home(/1 user not created in 24 hours/);
    assert.doesNotMatch(await tara.home(/Your requests/), /Instances|not created in/);
  });

  test('asks once more before many are approved, as the card does', async (t) => {
    const { sandbox, tara, ari, threadSays } = await startScenario(t, {
      instance: { card: { notify: [], directMessage: [], confirmAbove: 1 } },
    });
    const content = csv(rowOf('anna'), rowOf('ben'));
    const file = { channel: requestsChannel, text: '<@U0BOT> please', content };
    const posted = await postFile(sandbox, tara.id, file);
    const offer = await threadSays(posted, /2 rows/);
    await tara.press(offer, offer.buttons[0] ?? '');
    await ari.home(/Tara Lead requests 2 users/);
    await assert.rejects(
      ari.pressAtHome('Approve 2'),
      /Slack asks first: "2 users, november\.csv will be/,
    );
    assert.equal((await ari.pressAtHome('Approve 2', { confirmed: true })).outcome, 'ok');
    await ari.homeSays(/Nothing is waiting for you/);
    await tara.home(/2 of 2 created/);
  });
});
