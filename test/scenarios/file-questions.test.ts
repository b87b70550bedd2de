/** A file that can be read in several ways: its sender chooses the right one in the thread. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { workbookBytes } from '../files/workbook-writing.ts';
import { csv, postFile, rowOf, websiteHeader } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';

const file = { channel: requestsChannel, text: '<@U0BOT>' };
const rows = (name: string, username: string) => [
  websiteHeader.split(','),
  rowOf(username).replace('Nia', name).split(','),
];

/** UTF-8 text that a program has read as Windows-1252 and saved again. */
const twice = csv(rowOf('renee').replace('Nia', 'RenÃ©e'), rowOf('zoe').replace('Nia', 'ZoÃ«'));

describe('a file that can be read in several ways', { concurrency: 2 }, () => {
  test('is read in the way that its sender chooses, once, and no other person can choose', async (t) => {
    const { sandbox, tara, ari, card, threadSays } = await startScenario(t);
    const posted = await postFile(sandbox, tara.id, { ...file, content: twice });
    const asked = await threadSays(posted, /Which names are right\?/);
    assert.match(asked.text, /Renée/);
    assert.match(asked.text, /RenÃ©e/);
    assert.equal(asked.buttons[0], 'Encoded twice');
    await ari.press(asked, 'Encoded twice');
    await ari.isTold(/Only Tara Lead/);
    // Two clicks before the message has changed count as one answer.
    await Promise.all([tara.press(asked, 'Encoded twice'), tara.press(asked, 'Encoded twice')]);
    await tara.isTold(/was read already|being checked/);
    const offer = await threadSays(posted, /2 rows are ready to request/);
    await tara.press(offer, 'Request 2 users');
    await ari.press(await card(/requests 2 users/), 'Approve 2');
    const made = await eventually('she is in Connect', () => sandbox.connectUser('renee'));
    assert.equal(made.firstName, 'Renée');
  });

  test('with a sheet for each team is read as one chosen sheet or as all of them together', async (t) => {
    const { sandbox, tara, threadSays } = await startScenario(t);
    const content = workbookBytes({
      sheets: [
        { name: 'North', rows: rows('Ann', 'ann1') },
        { name: 'South', rows: rows('Ben', 'ben1') },
      ],
    });
    const name = 'teams.xlsx';
    const first = await postFile(sandbox, tara.id, { ...file, content, name });
    const asked = await threadSays(first, /several sheets with users\. Which one is meant\?/);
    assert.equal(asked.buttons.length, 3);
    await tara.press(asked, 'South');
    const south = await threadSays(first, /1 row is ready to request/);
    assert.match(south.text, /Ben/);
    const second = await postFile(sandbox, tara.id, { ...file, content, name: 'all.xlsx' });
    await tara.press(await threadSays(second, /Which one is meant/), 'All 2 sheets together');
    await threadSays(second, /2 rows are ready to request/);
  });

  test('can be answered after the bot was away', async (t) => {
    const { sandbox, tara, threadSays, stopBot, startBot } = await startScenario(t);
    const posted = await postFile(sandbox, tara.id, { ...file, content: twice });
    await threadSays(posted, /Which names are right\?/);
    await stopBot();
    await startBot();
    await tara.press(await threadSays(posted, /Which names are right\?/), 'Encoded twice');
    await threadSays(posted, /2 rows are ready to request/);
  });
});
