/** Buttons that are pressed by people without permission: guests, people of other companies, and former members. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { csv, postFile, rowOf } from '../scenarios/handed-files.ts';
import { startScenario } from '../scenarios/harness.ts';
import { generalChannel, requestsChannel } from '../scenarios/person.ts';
import { eventually } from '../scenarios/sandbox-calls.ts';

describe('a button', { concurrency: 2 }, () => {
  test('“Show rows” shows nothing to guests, people of other companies, and who is not in the channel', async (t) => {
    const { sandbox, tara, person, card, threadSays } = await startScenario(t);
    const content = csv(rowOf('anna'), rowOf('ben'));
    const file = { channel: requestsChannel, text: '<@U0BOT> please', content };
    const posted = await postFile(sandbox, tara.id, file);
    const offer = await threadSays(posted, /2 rows/);
    await tara.press(offer, offer.buttons[0] ?? '');
    const asked = await card(/2 users in production/);
    await sandbox.call('POST', '/channels', {
      channel: requestsChannel,
      action: 'join',
      user: 'U0EVE',
    });
    for (const [id, words] of [
      ['U0GUS', /Guests/],
      ['U0EVE', /another company/],
    ] as const) {
      const who = person(id);
      await who.press(asked, 'Show rows');
      await who.isTold(words);
      assert.deepEqual(await who.views(), []);
    }
    // The channel is public, so every member of the workspace can open it without joining it.
    const place = { channel: requestsChannel, user: 'U0SAM' };
    await sandbox.call('POST', '/channels', { ...place, action: 'leave' });
    const sam = person('U0SAM');
    await sam.press(asked, 'Show rows');
    await sam.isTold(/members of the requests channel/);
    assert.deepEqual(await sam.views(), []);
    await sandbox.call('POST', '/channels', { ...place, action: 'join' });
    await sam.press(asked, 'Show rows');
    await sam.notice(/2 users · page 1 of 1/);
    // The person who presses is read again at that moment, even when the bot has just read them.
    await sandbox.call('POST', '/people', { id: tara.id, guest: 'multi-channel' });
    await tara.press(asked, 'Show rows');
    await tara.isTold(/Guests/);
    assert.deepEqual(await tara.views(), []);
    await tara.command('status CU-1001', generalChannel);
    await tara.isTold(/Guests/, generalChannel);
  });

  test('“Pause” and “Resume” do nothing for a requester who is a guest by now', async (t) => {
    const { sandbox, tara, ari, card, threadSays, database } = await startScenario(t, {
      instance: { pace: { ratePerSecond: 1, burst: 1 } },
    });
    const rows = Array.from({ length: 40 }, (_, at) => rowOf(`user${at}`));
    const file = { channel: requestsChannel, text: '<@U0BOT> please', content: csv(...rows) };
    const posted = await postFile(sandbox, tara.id, file);
    const offer = await threadSays(posted, /40 rows/);
    await tara.press(offer, offer.buttons[0] ?? '');
    await ari.press(await card(/40 users/), 'Approve 40');
    const running = await card(/of 40.* · approved by/);
    await sandbox.call('POST', '/people', { id: tara.id, guest: 'multi-channel' });
    await tara.press(running, 'Pause');
    await tara.isTold(/Guests/);
    const [request] = await database.query('select state from requests');
    assert.deepEqual(request, { state: 'approved' });
  });

  test('“Resume” of the requester does not undo an approver’s “Pause”', async (t) => {
    const { sandbox, tara, ari, card, threadSays, database } = await startScenario(t, {
      instance: { pace: { ratePerSecond: 1, burst: 1 } },
    });
    const rows = Array.from({ length: 20 }, (_, at) => rowOf(`user${at}`));
    const file = { channel: requestsChannel, text: '<@U0BOT> please', content: csv(...rows) };
    const offer = await threadSays(await postFile(sandbox, tara.id, file), /20 rows/);
    await tara.press(offer, offer.buttons[0] ?? '');
    await ari.press(await card(/20 users/), 'Approve 20');
    const cardWith = (button: string) =>
      eventually(`the card has ${button}`, async () =>
        (await ari.messages()).find(({ buttons }) => buttons.includes(button)),
      );
    await ari.press(await cardWith('Pause'), 'Pause');
    const paused = await cardWith('Resume');
    await tara.press(paused, 'Resume');
    await tara.isTold(/Ari Admin paused this request, so you can’t resume it/);
    assert.deepEqual(await database.query('select state from requests'), [{ state: 'paused' }]);
    // A person who may decide can resume it; a request that its requester paused is resumed by the requester.
    await ari.press(paused, 'Resume');
    await tara.press(await cardWith('Pause'), 'Pause');
    await tara.press(await cardWith('Resume'), 'Resume');
    await cardWith('Pause');
  });

  test('“Evidence” and the words behind the command tell guests nothing, and “doctor” nobody who is only in a public channel', async (t) => {
    const { sandbox, tara, noa, sam, ari, ask, card, person, database } = await startScenario(t, {
      config: (config) => ({ ...config, operators: [requestsChannel, 'U0NOA'] }),
    });
    await sam.command('doctor', requestsChannel);
    await sam.isTold(/Only operators can check/);
    const gus = person('U0GUS');
    for (const address of ['noa.lead@harbour.example', 'nobody@harbour.example']) {
      await gus.command(`deputy ${address} until friday`, requestsChannel);
    }
    const saidToGus = await eventually('both are answered', async () => {
      const said = await gus.told();
      return said.length === 2 ? said : undefined;
    });
    assert.equal(saidToGus[0], saidToGus[1], 'whether somebody has the address is not told');
    const looked = (await sandbox.wire('web-api')).filter(
      ({ name }) => name === 'users.lookupByEmail',
    );
    assert.deepEqual(looked, []);
    await sandbox.call('POST', '/people', { id: noa.id, guest: 'multi-channel' });
    await noa.command('doctor', generalChannel);
    await noa.isTold(/Guests/, generalChannel);

    await ari.deny(await ask(tara), 'not this week');
    const denied = await card(/Denied by Ari Admin/);
    await sandbox.call('POST', '/people', { id: tara.id, guest: 'multi-channel' });
    await tara.command('mine', generalChannel);
    const said = await tara.isTold(/Guests/, generalChannel);
    assert.doesNotMatch(said, /Mary/);
    await tara.press(denied, 'Evidence');
    await tara.isTold(/Guests/);
    assert.deepEqual(await database.query('select evidence_at from requests'), [
      { evidence_at: null },
    ]);
  });
});
