/** A file that one person posted is submitted by another person. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { State } from '../../../sandbox/api/workspace.ts';
import { bot, team } from '../../../sandbox/seed.ts';
import { csv, postFile, rowOf } from '../../scenarios/handed-files.ts';
import { startScenario } from '../../scenarios/harness.ts';
import { requestsChannel } from '../../scenarios/person.ts';
import { asSlackSends, eventually } from '../../scenarios/sandbox-calls.ts';

test('a guest who mentions the bot under a file does not keep its sender from submitting the file', async (t) => {
  const { sandbox, tara, threadSays, database } = await startScenario(t);
  const content = csv(rowOf('anna'));
  const posted = await postFile(sandbox, tara.id, { channel: requestsChannel, content });
  const mention = (user: string) =>
    sandbox.call('POST', '/messages', {
      user,
      channel: requestsChannel,
      text: '<@U0BOT> please',
      threadTs: posted.ts,
    });
  await mention('U0GUS');
  await threadSays(posted, /Guests can’t request/);
  await mention(tara.id);
  await threadSays(posted, /1 row/);
  // A second submission by the same person counts as the same one.
  await mention(tara.id);
  await mention('U0GUS');
  const requests = await database.query('select requester_id from requests order by id');
  assert.deepEqual(requests, [{ requester_id: 'U0GUS' }, { requester_id: tara.id }]);
});

test('a button that is pressed by hand with the id of a file that the person cannot see reads nothing of it', async (t) => {
  const { sandbox, tara, ari, noa, requestUrl, threadSays, database } = await startScenario(t, {
    transport: 'http',
  });
  await sandbox.call('POST', '/channels', { channel: 'G0OPS', action: 'join', user: bot.userId });
  await tara.command('help');
  const { channels } = await sandbox.call<State>('GET', `/state?user=${tara.id}`);
  const direct = channels.find(({ kind, with: other }) => kind === 'im' && other === bot.userId);
  assert.ok(direct);
  const fileOf = async (user: string, channel: string, name: string) => {
    const file = { channel, name: `${name}.csv`, content: csv(rowOf(name)) };
    const posted = await postFile(sandbox, user, file);
    return posted.raw.files[0]?.id ?? assert.fail('there is no file');
  };
  const inPublic = await fileOf(tara.id, requestsChannel, 'anna');
  const inPrivate = await fileOf(ari.id, 'G0OPS', 'bernd');
  const inDirect = await fileOf(tara.id, direct.id, 'clara');

  const root = await postFile(sandbox, noa.id, { channel: requestsChannel, content: 'x' });
  const press = (user: string, file: string, channel = requestsChannel) => {
    const value = { channel, ts: root.ts, files: [file] };
    return fetch(
      requestUrl(),
      asSlackSends({
        type: 'block_actions',
        team: { id: team.id },
        user: { id: user, team_id: team.id },
        api_app_id: bot.appId,
        channel: { id: requestsChannel },
        container: { type: 'message', channel_id: requestsChannel, message_ts: root.ts },
        response_url: 'https://hooks.slack.com/actions/x',
        trigger_id: '1.2.3',
        actions: [
          {
            type: 'button',
            block_id: 'check_offer_buttons',
            action_id: 'check_posted_file',
            action_ts: `${Date.now()}.000${file.length}`,
            value: JSON.stringify(value),
          },
        ],
      }),
    );
  };
  const read = (user: string, file: string) =>
    eventually('it is read or refused', async () => {
      const [request] = await database.query(
        `select state from requests join request_files on request_id = id
         where requester_id = '${user}' and slack_file_id = '${file}' and state <> 'received'`,
      );
      return request?.state;
    });
  await press(noa.id, inPrivate);
  await press(noa.id, inDirect);
  await press(noa.id, 'F0UNKNOWN');
  assert.equal(await read(noa.id, inPrivate), 'rejected');
  assert.equal(await read(noa.id, inDirect), 'rejected');
  assert.equal(await read(noa.id, 'F0UNKNOWN'), 'rejected');
  await threadSays(root, /didn’t give me access to this file/);
  const said = JSON.stringify(await noa.thread(root));
  assert.doesNotMatch(said, /bernd|clara/);
  // Everybody in the workspace can open a public channel, and members read their private one. Whoever pressed first
  // does not keep them from submitting the file.
  await press(noa.id, inPublic);
  await press('U0BEA', inPrivate);
  assert.equal(await read(noa.id, inPublic), 'offered');
  assert.equal(await read('U0BEA', inPrivate), 'offered');
});
