/** H4, with the real bot: passwords in unexpected places of a file reach no table, message, report or log. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileIn, postFile, rowOf, websiteHeader } from '../scenarios/handed-files.ts';
import { startScenario } from '../scenarios/harness.ts';
import { requestsChannel } from '../scenarios/person.ts';
import { wholeDatabase } from '../scenarios/whole-database.ts';
import { everythingSaid } from '../scenarios/wire.ts';

const secrets = ['Tr0ub4dor-and-3', 'Correct9Horse!', 'xK9mPq2Lw7', 'Sesam0effne'];

test('H4: passwords in unknown columns, shifted rows and name fields are kept and posted nowhere', async (t) => {
  const { sandbox, tara, ari, threadSays, database, log } = await startScenario(t, {
    logLevel: 'debug',
  });
  const [unknown = '', shifted = '', misplaced = '', inPassword = ''] = secrets;
  const content = [
    `${websiteHeader},Kennwort,secret`,
    `${rowOf('anna')},${inPassword},${unknown}`,
    `${shifted},${rowOf('ben')},,x`,
    `${rowOf('cleo', { routing: misplaced })},,`,
    '',
  ].join('\r\n');
  const posted = await postFile(sandbox, tara.id, {
    channel: requestsChannel,
    text: '<@U0BOT> please',
    content,
  });
  const offer = await threadSays(posted, /1 row is ready to request/);
  assert.match(offer.text, /looks like a password/);
  assert.match(offer.text, /“secret”/);
  const report = await fileIn(sandbox, () => ari.thread(posted), /report\.csv$/);
  assert.ok(!report.includes('secret'), 'columns that are not known are left out of the report');
  const stored = await wholeDatabase(database);
  // The file itself stays in Slack, where its uploader put it.
  const said = (await everythingSaid(sandbox)).replaceAll(JSON.stringify(content).slice(1, -1), '');
  for (const secret of secrets) {
    for (const [where, place] of Object.entries({ stored, report, said, log: log() })) {
      assert.ok(!place.includes(secret), `${secret} in ${where}`);
    }
  }
});
