/** Tables and alerts where the workspace supports them, and the same content in older blocks where it does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv, postFile, rowOf } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';

const typesOf = (blocks: readonly unknown[]) =>
  blocks.map((block) => (block as { type: string }).type);

test('tables and alerts, and the same without them in an older workspace', async (t) => {
  const scenario = await startScenario(t, { instance: { userQuota: 1 } });
  const { sandbox, tara, ari, card, threadSays, logSays } = scenario;
  const basic = 'Basic Routing Profile,Agent';
  const wrong = [
    `,w0,w0@harbour.example,w0,${basic},soft,,yes,30`,
    `Nia,w1,w1@harbour.example,w 1,${basic},soft,,yes,30`,
    `Nia,w2,no address,w2,${basic},soft,,yes,30`,
    rowOf('w3', { routing: 'Nowhere' }),
    rowOf('w4', { security: 'Nothing' }),
    `Nia,w5,w5@harbour.example,w5,${basic},pigeon,,yes,30`,
    `Nia,w6,w6@harbour.example,w6,${basic},desk,12,yes,30`,
    `Nia,w7,w7@harbour.example,w7,${basic},soft,,yes,soon`,
  ];
  const post = (...rows: string[]) =>
    postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: '<@U0BOT> please',
      content: csv(...rows),
    });

  const posted = await post(rowOf('anna'), rowOf('ben'), ...wrong);
  const offer = await threadSays(posted, /2 rows are ready to request/);
  const table = offer.raw.blocks.find(({ type }) => type === 'data_table');
  assert.ok(table, offer.text);
  assert.match(JSON.stringify(table), /8 causes, most rows first.*Row 4.*Nowhere.*Row 11/s);
  assert.match(offer.notification, /8 causes.*Row 4.*Nowhere.*Row 11/s);
  await tara.press(offer, 'Request 2 users');
  const asked = await card(/requests 2 users in production/);

  const showTable = async () => {
    await ari.press(asked, 'Show rows');
    const rows = await ari.form();
    assert.match(JSON.stringify((await rows.view()).blocks), /its quota|exceed the quota/);
    return rows;
  };
  const rows = await showTable();
  assert.ok(typesOf((await rows.view()).blocks).includes('alert'));
  // Slack does not show an ephemeral message in a thread without replies.
  await rows.press('Show as a table');
  assert.match(await rows.text(), /The table is in the requests channel\. Only you see it\./);
  await ari.isTold(
    /its rows\nUsers 1 to 2 of 2\nRow · Name · Username · Email · Security profiles · Routing profile · Phone\n2 · Nia anna · anna · anna@/,
  );
  assert.deepEqual(await tara.told(), [], 'nobody else sees it');
  const reply = { user: tara.id, channel: requestsChannel, text: 'for Monday', threadTs: asked.ts };
  await sandbox.call('POST', '/messages', reply);
  await rows.press('Show as a table');
  assert.match(await rows.text(), /The table is in the thread of the card\. Only you see it\./);
  assert.ok((await ari.thread(asked)).some(({ ephemeral }) => ephemeral));

  // Otherwise this form could be mistaken for the next one.
  await rows.close();
  // From now on the workspace does not support them.
  await sandbox.fault({ on: 'slack', kind: 'older-blocks' }, 100);
  const again = await post(rowOf('cleo'), ...wrong);
  const older = await threadSays(again, /1 row is ready to request/);
  assert.match(older.text, /8 causes.*Row 3.*Nowhere.*and 2 more\./s);
  assert.ok(!typesOf(older.raw.blocks).includes('data_table'));
  await logSays(/the workspace does not know the newer blocks/);
  const olderRows = await showTable();
  assert.ok(!typesOf((await olderRows.view()).blocks).includes('alert'));
  await olderRows.press('Show as a table');
  await ari.isTold(/its rows\nUsers 1 to 2 of 2\n2 · Nia anna · anna/);
  const refused = (await sandbox.wire('web-api')).filter(
    (call) => call.status === 'invalid_blocks',
  );
  assert.equal(refused.length, 1, 'asked once, then remembered');
});
