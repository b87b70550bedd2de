/** A file that one person posted is submitted by another person. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv, postFile, rowOf } from '../../scenarios/handed-files.ts';
import { startScenario } from '../../scenarios/harness.ts';
import { requestsChannel } from '../../scenarios/person.ts';

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
