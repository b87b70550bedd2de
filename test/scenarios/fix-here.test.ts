/** The invalid rows of a file are corrected one after the other in a form. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import pg from 'pg';
import { fileIn, postFile, rowOf, websiteHeader } from './handed-files.ts';
import { beforeAcknowledging, startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import { wholeDatabase } from './whole-database.ts';

const mention = '<@U0BOT> please';
const header = `${websiteHeader},mobile,tags`;

function file(...rows: string[]): string {
  return [header, ...rows, ''].join('\r\n');
}

describe('Fix here', { concurrency: 2 }, () => {
  test('20 mistakes of 8 kinds are corrected without leaving Slack', async (t) => {
    const { sandbox, tara, ari, card, threadSays } = await startScenario(t);
    const basic = 'Basic Routing Profile';
    const content = file(
      `${rowOf('anna')},,`,
      // 1. A misspelled routing profile, five times; 2. a misspelled security profile, three times.
      ...[1, 2, 3, 4, 5].map((at) => `${rowOf(`r${at}`, { routing: 'Basic Ruting Profile' })},,`),
      ...[1, 2, 3].map((at) => `${rowOf(`s${at}`, { security: 'Agent|Supervisr' })},,`),
      // 3. A name that never existed in the instance, five times.
      ...[1, 2, 3, 4, 5].map((at) => `${rowOf(`h${at}`, { routing: 'Hotline' })},,`),
      // 4. An incomplete email address; 5. the name of nobody; 6. a taken username; 7. seconds; 8. a phone number;
      // and an incomplete email address again.
      `${rowOf('e1', { email: 'e1@harbour' })},,`,
      `,n1,n1@harbour.example,n1,${basic},Agent,soft,,yes,30,,`,
      `${rowOf('jdoe')},,`,
      `Nia,w1,w1@harbour.example,w1,${basic},Agent,soft,,yes,half a minute,,`,
      `Nia,d1,d1@harbour.example,d1,${basic},Agent,desk,12,yes,30,,`,
      `Nia,two words,t1@harbour.example,,${basic},Agent,soft,,yes,30,,`,
      `${rowOf('e2', { email: 'e2 at harbour' })},,`,
    );
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content,
    });
    const offer = await threadSays(posted, /20 rows need to be corrected/);
    const use = offer.buttons.find((button) => button.startsWith('Use the')) ?? '';
    await tara.press(offer, use);
    await (await tara.form()).submit();
    const second = await threadSays(posted, /12 rows need to be corrected/);
    await tara.press(second, 'Choose for all');
    const names = await tara.form();
    assert.deepEqual(await names.labels(), ['“Hotline”']);
    assert.equal((await names.submit({ '“Hotline”': basic })).outcome, 'closed');

    const third = await threadSays(posted, /7 rows need to be corrected/);
    assert.ok(!third.buttons.includes('Choose for all'));
    await tara.press(third, 'Fix here');
    const form = await tara.form();
    assert.match(await form.text(), /Row 16 · 7 left/);
    assert.equal((await form.labels())[0], 'Email', 'what is wrong comes first');
    assert.match(
      JSON.stringify(await form.view()),
      /⚠️ “e1@harbour” doesn’t look like an email address/,
    );
    // The remaining error is shown at its field.
    const wrong = await form.submit({ Email: 'e1@' });
    assert.ok(wrong.errors.Email, JSON.stringify(wrong));
    const next = async (values: Record<string, string>, then: RegExp) => {
      const sent = await form.submit(values);
      assert.deepEqual(sent.errors, {});
      await tara.notice(then);
    };
    await next({ Email: 'e1@harbour.example' }, /Row 17 · 6 left/);
    await next({ 'First name': 'Nora' }, /Row 18 · 5 left/);
    await next({ Username: 'jdoe.two' }, /Row 19 · 4 left/);
    await next({ 'After-call work (seconds)': '30' }, /Row 20 · 3 left/);
    await next({ 'Phone number': '+12065550151' }, /Row 21 · 2 left/);
    await next({ Username: 't1' }, /Row 22 · the last/);
    assert.equal((await form.submit({ Email: 'e2@harbour.example' })).outcome, 'closed');

    const last = await threadSays(posted, /21 rows are ready to request/);
    assert.deepEqual(last.buttons, ['Request 21 users', 'Cancel']);
    assert.doesNotMatch(last.text, /need to be corrected|not checked yet/);
    const report = await fileIn(sandbox, () => ari.thread(posted), /report-4\.csv$/);
    assert.equal(report.match(/,ready,/g)?.length, 21);
    await tara.press(last, 'Request 21 users');
    await ari.press(await card(/requests 21 users/), 'Approve 21');
    await card(/✅ 21 created/);
    assert.equal((await sandbox.connectUser('h3'))?.routingProfile, basic);
    assert.ok(await sandbox.connectUser('jdoe.two'));
  });

  test('saved corrections are checked when the form is closed, and a row can be skipped', async (t) => {
    const { sandbox, tara, ari, threadSays, database } = await startScenario(t, {
      timing: { beforeAcknowledging },
    });
    const content = file(
      `${rowOf('anna')},,`,
      `${rowOf('ben', { email: 'ben@' })},,`,
      `${rowOf('cleo', { email: 'cleo@' })},,`,
      `${rowOf('dora', { email: 'dora@' })},,`,
    );
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content,
    });
    const offer = await threadSays(posted, /1 row is ready to request/);
    await ari.press(offer, 'Fix here');
    await ari.notice(/Only Tara Lead, who sent the file, can correct it/);
    await tara.press(offer, 'Fix here');
    const form = await tara.form();
    assert.match(await form.text(), /Row 3/);
    // The bot does not wait for a database that does not respond, and the typed text is kept.
    const blocker = new pg.Client({ connectionString: database.url });
    blocker.on('error', () => {});
    await blocker.connect();
    await blocker.query('begin; lock table rows');
    const late = await form.submit({ Email: 'ben@harbour.example' });
    await blocker.query('rollback');
    await blocker.end();
    assert.equal(late.outcome, 'errors', late.detail);
    assert.match(String(late.errors.Email), /couldn’t save this/);
    await form.press('Skip this row');
    assert.match(await form.text(), /Row 4/);
    assert.deepEqual((await form.submit({ Email: 'cleo@harbour.example' })).errors, {});
    await tara.notice(/Row 5/);
    const saved = await threadSays(posted, /1 row corrected here and not checked yet/);
    assert.ok(saved.buttons.includes('Check 1 corrected row'));
    assert.ok(!saved.buttons.includes('Request 1 user'), 'not what was corrected');
    await form.close();
    const again = await threadSays(posted, /2 rows are ready to request/);
    assert.match(again.text, /2 rows need to be corrected/);
    const report = await fileIn(sandbox, () => ari.thread(posted), /report-2\.csv$/);
    assert.match(report, /cleo@harbour\.example/);
  });

  test('H4: a password that is typed for a row is sealed, and one in a name field is refused', async (t) => {
    const { sandbox, tara, ari, card, threadSays, database, log } = await startScenario(t, {
      logLevel: 'debug',
    });
    const secret = 'Tr0ub4dor-and-3';
    const content = [
      `${websiteHeader},password`,
      `${rowOf('anna')},short`,
      `${rowOf('ben')},short`,
      '',
    ].join('\r\n');
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content,
    });
    const offer = await threadSays(posted, /No row is ready/);
    await tara.press(offer, 'Fix here');
    const form = await tara.form();
    assert.equal(await form.valueOf('Their first password'), '');
    const misplaced = await form.submit({
      'Their first password': secret,
      'First name': 'Sesam0effne-dich',
    });
    assert.match(misplaced.errors['First name'] ?? '', /looks like a password/);
    const right = { 'Their first password': secret, 'First name': 'Anna' };
    assert.deepEqual((await form.submit(right)).errors, {});
    await tara.notice(/Row 3/);
    assert.deepEqual((await form.submit({ 'Their first password': secret })).errors, {});
    const again = await threadSays(posted, /2 rows are ready to request/);
    const stored = await wholeDatabase(database);
    for (const text of [secret, Buffer.from(secret).toString('hex'), 'Sesam0effne-dich']) {
      assert.ok(!stored.includes(text), text);
      assert.ok(!log().includes(text), text);
    }
    await tara.press(again, 'Request 2 users');
    await ari.press(await card(/requests 2 users/), 'Approve 2');
    await card(/✅ 2 created/);
    await eventually('no password is left', async () => {
      const left = await database.query(
        'select 1 from rows where password_cipher is not null or kept_password is not null',
      );
      return left.length === 0;
    });
  });
});
