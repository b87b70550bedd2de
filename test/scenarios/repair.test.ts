/** A requester corrects a file with mistakes without leaving Slack. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Eavesdropper, eavesdropOn } from './eavesdropper.ts';
import { csv, fileIn, postFile, rowOf, websiteHeader } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import { wholeDatabase } from './whole-database.ts';

const mention = '<@U0BOT> please';

describe('Use the suggestions', { concurrency: 2 }, () => {
  test('lists every change, makes a new offer and a new report of the same request', async (t) => {
    const { sandbox, tara, ari, card, threadSays, database } = await startScenario(t);
    const content = csv(
      rowOf('anna'),
      rowOf('ben', { routing: 'Basic Ruting Profile' }),
      rowOf('cleo', { security: 'Agent|Supervisr' }),
      rowOf('dora', { routing: 'Basic Ruting Profile' }),
    );
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content,
    });
    const offer = await threadSays(posted, /1 row is ready to request/);
    assert.deepEqual(offer.buttons, [
      'Request 1 user',
      'Use the 3 suggestions',
      'Choose for all',
      'Fix here',
      'Cancel',
    ]);

    await ari.press(offer, 'Use the 3 suggestions');
    await ari.notice(/Only Tara Lead, who sent the file, can correct it/);
    await tara.press(offer, 'Use the 3 suggestions');
    const form = await tara.form();
    const listed = await form.text();
    assert.match(listed, /3 cells in 3 rows change/);
    assert.match(
      listed,
      /Rows 3 and 5 · Routing profile: “Basic Ruting Profile” becomes Basic Routing Profile/,
    );
    assert.match(listed, /Row 4 · Security profiles: “Supervisr” becomes Supervisor/);
    assert.equal((await form.submit()).outcome, 'closed');
    // A second click directly after the first, on the earlier answer: while the file is checked, or when nothing is
    // wrong anymore. Slack refuses the click if the new answer already exists.
    const isGone = await tara.press(offer, 'Fix here').then(
      () => false,
      (error: { readonly code?: string }) => error.code === 'no_such_element',
    );
    if (!isGone) await tara.notice(/still being checked|no wrong row left/);

    const again = await threadSays(posted, /4 rows are ready to request/);
    await threadSays(
      posted,
      /Every row of .* as it is now\. Nothing in it is wrong\. It replaces CU-1001-report\.csv\./,
    );
    assert.equal(again.ts, offer.ts, 'the same answer, edited');
    assert.deepEqual(again.buttons, ['Request 4 users', 'Cancel']);
    const report = await fileIn(sandbox, () => ari.thread(posted), /report-2\.csv$/);
    assert.match(report, /cleo,.*Agent\|Supervisor,.*,ready,/);
    assert.doesNotMatch(report, /Ruting/);
    const events = await database.query(
      `select kind, details from audit_events where kind in ('checked', 'corrected') order by id`,
    );
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['checked', 'corrected', 'checked'],
    );
    const [before, , after] = events.map(({ details }) => details as { contentHash: string });
    assert.notEqual(before?.contentHash, after?.contentHash);

    await tara.press(again, 'Request 4 users');
    const asked = await card(/requests 4 users in production/);
    await ari.press(asked, 'Approve 4');
    await card(/✅ 4 created/);
    assert.equal((await sandbox.connectUser('ben'))?.routingProfile, 'Basic Routing Profile');
    assert.deepEqual((await sandbox.connectUser('cleo'))?.securityProfiles.toSorted(), [
      'Agent',
      'Supervisor',
    ]);
  });

  test('a file with only wrong rows is offered, and a suggestion that has become wrong is found', async (t) => {
    const { sandbox, tara, threadSays } = await startScenario(t);
    const content = csv(
      rowOf('anna', { routing: 'Basic Ruting Profile' }),
      rowOf('ben', { security: 'Agnt' }),
    );
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content,
    });
    const offer = await threadSays(posted, /No row is ready to request yet/);
    assert.deepEqual(offer.buttons, [
      'Use the 2 suggestions',
      'Choose for all',
      'Fix here',
      'Cancel',
    ]);
    await tara.press(offer, 'Use the 2 suggestions');
    const form = await tara.form();
    // Between the list and the click, somebody deletes the suggested profile.
    await sandbox.website({
      instance: 'production',
      action: 'delete-routing-profile',
      id: 'Basic Routing Profile',
    });
    assert.equal((await form.submit()).outcome, 'closed');
    await threadSays(posted, /Rows 2 and 3 · .*no routing profile “Basic Routing Profile”/);
  });

  test('H4: the typed passwords of good and of wrong rows survive, sealed, also when the file is deleted', async (t) => {
    let heard: Eavesdropper | undefined;
    const scenario = await startScenario(t, {
      connectUrl: async (url) => {
        heard = await eavesdropOn(t, url);
        return heard.url;
      },
    });
    const { sandbox, tara, ari, card, threadSays, database } = scenario;
    const content = [
      `${websiteHeader},password`,
      `${rowOf('anna')},Tr0ub4dor-and-3`,
      `${rowOf('ben', { routing: 'Basic Ruting Profile' })},Correct9Horse!`,
      '',
    ].join('\r\n');
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content,
    });
    const offer = await threadSays(posted, /1 row is ready to request/);
    // As people are advised to do, the file was deleted from Slack.
    await sandbox.fault(
      { on: 'slack', kind: 'method', match: 'files.info', error: 'file_deleted' },
      99,
    );
    await tara.press(offer, 'Use the suggestion');
    await (await tara.form()).submit();
    const again = await threadSays(posted, /2 rows are ready to request/);
    const stored = await wholeDatabase(database);
    for (const secret of ['Tr0ub4dor-and-3', 'Correct9Horse!']) {
      assert.ok(!stored.includes(secret));
      assert.ok(!stored.includes(Buffer.from(secret).toString('hex')));
    }
    await tara.press(again, 'Request 2 users');
    await ari.press(await card(/requests 2 users/), 'Approve 2');
    await card(/✅ 2 created/);
    assert.deepEqual(heard?.passwords.toSorted(), ['Correct9Horse!', 'Tr0ub4dor-and-3']);
    const left = await database.query(
      'select 1 from rows where password_cipher is not null or kept_password is not null',
    );
    assert.equal(left.length, 0);
  });
});

describe('Choose for all', () => {
  test('answers a name that the instance does not have once, for all rows that have it', async (t) => {
    const { sandbox, tara, ari, threadSays } = await startScenario(t);
    const content = csv(
      ...Array.from({ length: 12 }, (_, at) => rowOf(`agent${at}`, { routing: 'Hotline' })),
      rowOf('zoe', { security: 'Agent|Team lead' }),
      rowOf('yan', { security: 'Agnt', routing: 'Hotline' }),
    );
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content,
    });
    const offer = await threadSays(posted, /No row is ready to request yet/);
    await tara.press(offer, 'Choose for all');
    const form = await tara.form();
    assert.deepEqual(await form.labels(), ['“Hotline”', '“Team lead”', '“Agnt”']);
    assert.equal(await form.valueOf('“Agnt”'), 'Agent', 'the nearest name is chosen already');
    assert.deepEqual(await form.offers('“Hotline”', 'basic'), ['Basic Routing Profile']);

    const nothing = await form.submit({ '“Agnt”': '' });
    assert.match(nothing.errors['“Hotline”'] ?? '', /Nothing is chosen yet/);
    const chosen = {
      '“Hotline”': 'Basic Routing Profile',
      '“Team lead”': 'Supervisor',
      '“Agnt”': 'Agent',
    };
    assert.equal((await form.submit(chosen)).outcome, 'closed');

    const again = await threadSays(posted, /14 rows are ready to request/);
    assert.deepEqual(again.buttons, ['Request 14 users', 'Cancel']);
    const report = await fileIn(sandbox, () => ari.thread(posted), /report-2\.csv$/);
    assert.match(report, /zoe,.*Agent\|Supervisor,.*,ready,/);
  });

  test('can be remembered for the instance by an admin, and then applies to everybody’s files', async (t) => {
    const { sandbox, tara, ari, threadSays, database } = await startScenario(t);
    const handIn = (user: string, ...rows: string[]) =>
      postFile(sandbox, user, { channel: requestsChannel, text: mention, content: csv(...rows) });
    const chooses = async (who: typeof ari, posted: Awaited<ReturnType<typeof handIn>>) => {
      await who.press(await threadSays(posted, /No row is ready to request yet/), 'Choose for all');
      return who.form();
    };

    // A team lead cannot have corrections remembered.
    const first = await chooses(tara, await handIn(tara.id, rowOf('anna', { routing: 'Hotline' })));
    assert.deepEqual(await first.labels(), ['“Hotline”']);
    await first.close();

    const posted = await handIn(ari.id, rowOf('ben', { routing: 'Hotline' }));
    const form = await chooses(ari, posted);
    assert.deepEqual(await form.labels(), ['“Hotline”', 'For the next files']);
    const chosen = { '“Hotline”': 'Basic Routing Profile', 'For the next files': true };
    assert.equal((await form.submit(chosen)).outcome, 'closed');
    await threadSays(posted, /1 row is ready to request/);
    const events = await eventually('it is in the audit trail', async () => {
      const found = await database.query(`select actor from audit_events where kind = 'alias'`);
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(events, [{ actor: ari.id }]);

    const next = await handIn(tara.id, rowOf('cleo', { routing: ' hotline' }), rowOf('dora'));
    await threadSays(next, /2 rows are ready to request/);
    const report = await fileIn(sandbox, () => ari.thread(next), /report\.csv$/);
    assert.match(report, /cleo,.*routing profile name: taken as “Basic Routing Profile”/);
  });
});
