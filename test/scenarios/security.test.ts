/**
 * Requests that do not come from Slack are refused, text that people type stays text, and a change is applied
 * completely or not at all.
 */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { bot } from '../../sandbox/seed.ts';
import { startScenario } from './harness.ts';
import { eventually } from './sandbox-calls.ts';
import { mary } from './stage.ts';
import { createsOf, everybodyMentioned } from './wire.ts';

const marker = 'what-nobody-should-log';
const command = new URLSearchParams({
  command: '/connect-add-user',
  text: '',
  user_id: 'U0TARA',
  team_id: 'T0HARBOUR',
  channel_id: 'C0GENERAL',
  trigger_id: marker,
  response_url: 'http://127.0.0.1:9/',
  api_app_id: bot.appId,
}).toString();

function signed(secret: string, ageSeconds: number, body = command): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
  const hmac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${hmac}`,
  };
}

test('unsigned, forged and stale requests are refused with 401, and logged without their body', async (t) => {
  const { requestUrl, log, logSays, sandbox } = await startScenario(t, { transport: 'http' });
  const post = (headers: Record<string, string>, body = command) =>
    fetch(requestUrl(), { method: 'POST', headers, body });
  const good = signed(bot.signingSecret, 0);
  assert.equal((await post(good)).status, 200, 'what Slack would send is taken');

  const { 'content-type': type = '', ...proof } = good;
  const refused: [what: string, headers: Record<string, string>, body?: string][] = [
    ['unsigned', { 'content-type': type }],
    ['without a time', { ...good, 'x-slack-request-timestamp': '' }],
    ['without a signature', { ...good, 'x-slack-signature': '' }],
    ['signed with another secret', signed('another-signing-secret-01234567', 0)],
    ['signed for another body', good, command.replace('U0TARA', 'U0ARI')],
    ['six minutes old', signed(bot.signingSecret, 360)],
    ['a time that is none', { ...good, 'x-slack-request-timestamp': 'soon' }],
    ['the old way to sign', { 'content-type': type, ...proof, 'x-slack-signature': 'v1=00' }],
  ];
  for (const [what, headers, body] of refused) {
    const answer = await post(headers, body);
    assert.equal(answer.status, 401, what);
    assert.equal(await answer.text(), '', `${what}: says nothing to a stranger`);
  }
  await logSays(/"level":"(warn|error)".*verif/i);
  assert.ok(!log().includes(marker));
  const opened = await eventually('the form of the one that was taken is opened', async () => {
    const calls = await sandbox.wire('web-api');
    const views = calls.filter((call) => call.name === 'views.open');
    return views.length > 0 && views;
  });
  assert.equal(opened.length, 1, 'and no other');
});

test('other paths and methods of the HTTP transport give nothing away', async (t) => {
  const { requestUrl } = await startScenario(t, { transport: 'http' });
  const base = new URL(requestUrl());
  for (const [method, path, status] of [
    ['GET', '/slack/events', 404],
    ['POST', '/', 404],
    ['GET', '/../../etc/passwd', 404],
    ['GET', '/health', 200],
  ] as const) {
    const answer = await fetch(new URL(path, base), { method });
    assert.equal(answer.status, status, `${method} ${path}`);
    assert.doesNotMatch(await answer.text(), /node_modules|at .*:\d+/);
  }
});

describe('H6: text from people stays text', { concurrency: 3 }, () => {
  const texts = [
    '<!channel>',
    '<!here|x> <!everyone>',
    '<@U0ARI> @channel @here',
    '<!subteam^S0LEADS>',
    '*bold* _it_ ~no~ `code`',
    '<https://evil.example|Approve here>',
    'https://evil.example/login',
    ':white_check_mark: :smile: ✅ 🎉',
    '&lt;!channel&gt; & <b>',
    'محمد العربي',
    '> quote\n```block```',
  ];

  test('names and reasons are shown as they were typed, mention nobody and link nowhere', async (t) => {
    const { tara, sandbox, card } = await startScenario(t);
    for (const [index, text] of [...texts.slice(0, 5), ':smile: ✅ 🎉 & > quote'].entries()) {
      const oneLine = text.replaceAll('\n', ' ');
      const form = await tara.openForm();
      const username = `mary${index}`;
      const names = { 'First name': oneLine, 'Last name': oneLine };
      const sent = await form.submit({ ...mary, ...names, Username: username, Reason: text });
      // A mention is refused as a name, with a message that shows it as text, and is kept as text in a reason.
      const isName = !/<[@!]/.test(text);
      if (!isName) {
        assert.ok(sent.errors['First name']?.includes(`“${oneLine}” has marks`), sent.detail);
        const corrected = await form.submit({ 'First name': 'Mary', 'Last name': 'Major' });
        assert.equal(corrected.outcome, 'closed', JSON.stringify(corrected));
      } else {
        assert.equal(sent.outcome, 'closed', JSON.stringify(sent));
      }
      const asked = await card(new RegExp(`\\(mary${index}\\).*Needs 1 approval`, 's'));
      assert.ok(plainly(asked.text).includes(`Reason ${text}`), asked.text);
      const name = isName ? `${oneLine} ${oneLine}` : 'Mary Major';
      assert.ok(plainly(asked.text).includes(`${name} (mary${index})`), asked.text);
    }
    assert.deepEqual(await everybodyMentioned(sandbox), []);
  });

  test('the same holds for reasons to deny, in the thread and in direct messages', async (t) => {
    const { tara, ari, sandbox, ask, threadSays } = await startScenario(t);
    const asked = await ask(tara, {
      ...mary,
      'First name': texts
        .filter((text) => !/&\w+;|<[@!]|:\/\//.test(text))
        .join(' ')
        .replaceAll('\n', ' ')
        .slice(0, 200),
    });
    const reason = texts.join(' / ').replaceAll('\n', ' ');
    assert.equal((await ari.deny(asked, reason)).outcome, 'closed');
    const denied = await threadSays(asked, /denied:/);
    assert.ok(plainly(denied.text).includes(reason), denied.text);
    const direct = await tara.isSent(/denied CU-/);
    assert.ok(plainly(direct.text).includes(reason), direct.text);
    assert.deepEqual(await everybodyMentioned(sandbox), []);
    for (const message of [denied, direct, asked]) {
      // The card's mention of its requester, the date, and the channel come from the bot.
      const own = /<@U0TARA>|<!date\^[^>]*>|<#C0REQUESTS>/g;
      const said = message.notification.replaceAll(own, '');
      assert.doesNotMatch(said, /<[!@#h]/, 'the notification is escaped');
      const elements = JSON.stringify(message.raw.blocks).replaceAll(
        /\{"type":"user","user_id":"U0TARA"\}|\{"type":"emoji","name":"[a-z_0-9]+"\}/g,
        '',
      );
      assert.doesNotMatch(elements, /"type":"(mrkdwn|user|broadcast|usergroup|emoji)"/);
      // The direct message links to the card.
      assert.doesNotMatch(
        elements.replaceAll(/\{"type":"link","url":"[^"]*","text":"Open the card"\}/g, ''),
        /"type":"link"/,
      );
    }
  });

  test('text in an error from Connect stays text as well', async (t) => {
    const { tara, ari, sandbox, ask, threadSays } = await startScenario(t);
    const asked = await ask(tara);
    await sandbox.fault({
      on: 'connect',
      kind: 'error',
      operation: 'CreateUser',
      error: 'InvalidParameterException',
      message: '<!channel> <https://evil.example|click> *now*',
    });
    await ari.press(asked, 'Approve');
    const receipt = await threadSays(asked, /refused these values/);
    assert.match(receipt.text, /<!channel> <https:\/\/evil\.example\|click> \*now\*/);
    assert.deepEqual(await everybodyMentioned(sandbox), []);
  });
});

/** The text without the marks that isolate right-to-left text. */
function plainly(text: string): string {
  return text.replaceAll(/[\u2068\u2069]/g, '');
}

describe('H7: a state change, its audit event and its jobs are one', { concurrency: 3 }, () => {
  test('an approval whose audit event cannot be written changes nothing, and is done when it can', async (t) => {
    const { tara, ari, sandbox, ask, card, database, logSays } = await startScenario(t);
    const asked = await ask(tara);
    await database.query(`
      create function no_audit() returns trigger language plpgsql as $$
        begin raise exception 'the audit trail is full'; end $$`);
    await database.query(
      'create trigger no_audit before insert on audit_events for each row execute function no_audit()',
    );
    await ari.press(asked, 'Approve');
    await logSays(/the audit trail is full/);
    const state = 'select state, decision, started_at from requests';
    assert.deepEqual(await database.query(state), [
      { state: 'awaiting_approval', decision: null, started_at: null },
    ]);
    const jobs = await database.query(`select id from jobs.job where name = 'provision'`);
    assert.deepEqual(jobs, []);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);

    await database.query('drop trigger no_audit on audit_events');
    await card(/✅ 1 created/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });

  test('a request whose jobs cannot be written is not stored, and the form says so or stays', async (t) => {
    const { tara, database, card } = await startScenario(t);
    const form = await tara.openForm();
    await database.query(`
      create function no_jobs() returns trigger language plpgsql as $$
        begin raise exception 'no more jobs' using errcode = '53100'; end $$`);
    await database.query(
      'create trigger no_jobs before insert on jobs.job for each row execute function no_jobs()',
    );
    const sent = await form.submit(mary);
    assert.equal(sent.outcome, 'errors', JSON.stringify(sent));
    assert.match(Object.values(sent.errors)[0] ?? '', /couldn’t save this/);
    assert.deepEqual(await database.query('select id from requests'), []);
    assert.deepEqual(
      await database.query(`select id from deliveries where id not like 'direct look%'`),
      [],
    );
    await database.query('drop function no_jobs() cascade');
    assert.equal((await form.submit()).outcome, 'closed');
    await card(/Needs 1 approval/);
  });

  test('every state that a request went through is in the audit trail, in order', async (t) => {
    const { tara, ari, ask, card, database } = await startScenario(t);
    await ari.press(await ask(tara), 'Approve');
    await card(/✅ 1 created/);
    const kinds = async () =>
      (await database.query('select kind, actor from audit_events order by id')).map(
        (event) => `${String(event.kind)} by ${String(event.actor)}`,
      );
    const wanted = ['submitted by U0TARA', 'checked by bot', 'approved by U0ARI', 'done by bot'];
    await eventually('the trail is whole', async () => (await kinds()).includes('done by bot'));
    assert.deepEqual(
      (await kinds()).filter((kind) => wanted.includes(kind)),
      wanted,
    );
  });
});
