/**
 * The database is unavailable for a while: a delivery is acknowledged only when it is stored, and the bot recovers.
 */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Message } from '../../sandbox/api/messages.ts';
import { type Way, wayTo } from '../storage/outage.ts';
import { csv, postFile, rowOf } from './handed-files.ts';
import { type ScenarioOptions, slackTimeLimits, startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import { mary } from './stage.ts';
import { createsOf } from './wire.ts';

async function startWithWay(
  t: TestContext,
  transport: 'socket' | 'http',
  workspace: ScenarioOptions['workspace'] = {},
) {
  const held: { way?: Way } = {};
  const scenario = await startScenario(t, {
    transport,
    workspace,
    databaseUrl: async (url) => {
      held.way = await wayTo(t, url);
      return held.way.url;
    },
  });
  const { way } = held;
  assert.ok(way);
  return { ...scenario, cut: way.cut, restore: way.restore };
}

describe('H5: the database is away', { concurrency: 3 }, () => {
  test('the log reports the outage once, not for every worker and connection, and not as an error', async (t) => {
    const { ask, tara, card, cut, restore, log, logSays, settled } = await startWithWay(t, 'http');
    await settled();
    const before = log().length;
    await cut();
    // Every worker polls for jobs every two seconds.
    const cutAt = Date.now();
    await logSays(/no jobs are worked: the database is away/);
    await eventually('every worker has tried again', async () => Date.now() - cutAt > 5_000);
    await restore();
    await ask(tara);
    await card(/Needs 1 approval/);
    const lines = log()
      .slice(before)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const said = (message: string) => lines.filter(({ msg }) => msg === message).length;
    assert.equal(said('no jobs are worked: the database is away'), 1);
    assert.equal(said('an idle database connection was lost'), 1);
    assert.deepEqual(
      lines.filter(({ level }) => level === 'error'),
      [],
    );
  });

  for (const transport of ['socket', 'http'] as const) {
    test(`a submission over ${transport} is answered “not saved”, and the form stays`, async (t) => {
      const { tara, ari, card, cut, restore, database, sandbox } = await startWithWay(t, transport);
      const form = await tara.openForm();
      await cut();
      const sent = await form.submit(mary);
      assert.equal(sent.outcome, 'errors', JSON.stringify(sent));
      assert.match(Object.values(sent.errors)[0] ?? '', /couldn’t save this/);
      assert.equal(await form.valueOf('Username'), 'Mary');
      assert.deepEqual(await database.query('select id from requests'), []);

      await restore();
      await eventually('it can be sent again', async () => {
        const again = await form.submit();
        return again.outcome === 'closed';
      });
      await ari.press(await card(/Needs 1 approval/), 'Approve');
      await card(/✅ 1 created/);
      assert.equal((await database.query('select id from requests')).length, 1);
      assert.equal(await createsOf(sandbox, 'Mary'), 1);
    });

    test(`a click over ${transport} is not acknowledged, is told why, and works later`, async (t) => {
      // Slack waits its full time for a delivery that is never acknowledged.
      const { tara, ari, ask, card, cut, restore, sandbox } = await startWithWay(
        t,
        transport,
        slackTimeLimits,
      );
      const asked = await ask(tara);
      await cut();
      const click = await ari.press(asked, 'Approve');
      assert.notEqual(click.outcome, 'ok', 'Slack was not told that it arrived');
      await ari.isTold(/couldn’t save that click, so nothing has changed/);
      await restore();
      assert.equal(await createsOf(sandbox, 'Mary'), 0);
      await eventually('the click can be stored again', async () => {
        const again = await ari.press(asked, 'Approve');
        return again.outcome === 'ok';
      });
      await card(/✅ 1 created/);
      assert.equal(await createsOf(sandbox, 'Mary'), 1);
    });
  }

  for (const transport of ['socket', 'http'] as const) {
    test(`a file over ${transport} is not acknowledged, is told about, and is taken when Slack delivers it again`, async (t) => {
      const retryDelaysMs = [0, 300, 600, 1_200, 2_400, 4_800];
      const scenario = await startWithWay(t, transport, { retryDelaysMs, ackTimeoutMs: 1_000 });
      const { tara, sandbox, cut, restore, threadSays, database } = scenario;
      await tara.command('template');
      const direct = (await tara.isSent(/Templates for production/)).raw.channel;
      await cut();
      const content = csv(rowOf('anna'));
      const inThread = await postFile(sandbox, tara.id, {
        channel: requestsChannel,
        text: '<@U0BOT> please',
        content,
      });
      const sent = await postFile(sandbox, tara.id, { channel: direct, content });
      await tara.isTold(/couldn’t save this file.*I’ll take it when I can/s);
      await restore();
      await threadSays(inThread, /1 row is ready to request/);
      await eventually('the file in the direct message is answered', async () =>
        (await tara.thread(sent, direct)).some(({ text }) =>
          /1 row is ready to request/.test(text),
        ),
      );
      assert.equal((await database.query('select id from requests')).length, 2);
    });
  }

  test('files in channels, threads and direct messages are found after it, also when Slack has given up', async (t) => {
    const scenario = await startWithWay(t, 'socket', { retryDelaysMs: [], ackTimeoutMs: 1_000 });
    const { tara, sandbox, cut, restore, database, settled } = scenario;
    await tara.command('template');
    const direct = (await tara.isSent(/Templates for production/)).raw.channel;
    const topic = await sandbox.call<{ message: Message }>('POST', '/messages', {
      user: tara.id,
      channel: requestsChannel,
      text: 'new people in December',
    });
    const parent = topic.message.ts;
    await cut();
    const content = csv(rowOf('anna'));
    const contentBase64 = Buffer.from(content).toString('base64');
    const post = (where: { channel: string; threadTs?: string }, text = '') =>
      sandbox.call('POST', '/messages', {
        user: tara.id,
        ...where,
        text,
        files: [{ name: 'users.csv', contentBase64 }],
      });
    await post({ channel: requestsChannel }, '<@U0BOT> please');
    await post({ channel: requestsChannel, threadTs: parent }, '<@U0BOT> and these');
    await post({ channel: direct });
    await post({ channel: requestsChannel }, 'nothing for the bot');
    await tara.isTold(/couldn’t save this file/);
    await restore();
    await eventually('every file that was for the bot is a request', async () => {
      const requests = await database.query('select id from requests');
      return requests.length === 3;
    });
    await settled();
    const states = await database.query('select distinct state from requests');
    assert.deepEqual(states, [{ state: 'offered' }]);
  });

  test('H1: nothing is created twice when the database fails in the middle of creating', async (t) => {
    const scenario = await startWithWay(t, 'socket');
    const { tara, ari, ask, card, cut, restore, sandbox } = scenario;
    const asked = await ask(tara);
    await sandbox.fault({ on: 'connect', kind: 'slow', operation: 'CreateUser', delayMs: 400 });
    await ari.press(asked, 'Approve');
    await eventually('CreateUser is under way', async () => (await marked(scenario)) === 'sending');
    await cut();
    await eventually('the user is there', () => sandbox.connectUser('Mary'));
    await restore();
    await card(/✅ 1 created/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
    assert.equal((await ari.messages()).length, 1);
  });
});

describe('H1: the disk of the database is full', { concurrency: 2 }, () => {
  const moments = [
    { when: 'before a row can be marked: nothing is sent', state: 'sending', sent: 0 },
    { when: 'after a user was created: it is found, not created again', state: 'created', sent: 1 },
  ];
  for (const { when, state, sent } of moments) {
    test(when, async (t) => {
      const { tara, ari, ask, card, sandbox, database, logSays } = await startScenario(t);
      const asked = await ask(tara);
      // The error of Postgres when its disk is full (SQLSTATE 53100).
      await database.query(`create function full_disk() returns trigger language plpgsql as
        $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`);
      await database.query(`create trigger full_disk before update on rows for each row
        when (new.state = '${state}') execute function full_disk()`);
      await ari.press(asked, 'Approve');
      await logSays(/No space left on device/);
      assert.equal(await createsOf(sandbox, 'Mary'), sent);
      await database.query('drop trigger full_disk on rows');
      await card(/✅ 1 created/);
      assert.equal(await createsOf(sandbox, 'Mary'), 1);
      assert.equal((await ari.messages()).length, 1);
    });
  }
});

async function marked({ database }: Pick<Awaited<ReturnType<typeof startScenario>>, 'database'>) {
  const [row] = await database.query('select state from rows');
  return row?.state;
}
