import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { warnAboutChannels } from '../../src/slack/conversations/warn-about-channels.ts';
import { createEphemeralSender } from '../../src/slack/ephemeral.ts';
import { createPeople, readHomeTeam } from '../../src/slack/people.ts';
import { rateLimitedForMs, slackErrorCode } from '../../src/slack/slack-failure.ts';
import { instanceConfig } from '../auth/people.ts';
import { log } from '../services.ts';
import { slackStub } from './stub.ts';

const slackConfig = {
  botToken: 'xoxb-test',
  apiUrl: 'http://127.0.0.1:9/api/',
  transport: { kind: 'socket' as const, appToken: 'xapp-test' },
};
const home = {
  teamId: 'T1',
  name: 'Harbour Support',
  botUserId: 'U0BOT',
  url: 'https://harbour.test/',
};
const tara = {
  id: 'U0TARA',
  team_id: 'T1',
  name: 'tara',
  profile: { real_name: 'Tara Lead', email: 'tara@example.com' },
};

async function start(t: TestContext, team: typeof home & { enterpriseId?: string } = home) {
  const slack = await slackStub(t);
  let now = 0;
  slack.on('users.info', { ok: true, user: tara });
  return {
    slack,
    people: createPeople(slack.client, team, () => now),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('people as Slack describes them', () => {
  test('have the name and the address of their profile', async (t) => {
    const { people } = await start(t);
    assert.deepEqual(await people.person('U0TARA'), {
      id: 'U0TARA',
      name: 'Tara Lead',
      email: 'tara@example.com',
      deleted: false,
      bot: false,
      guest: false,
      stranger: false,
    });
  });

  test('are guests, bots, strangers and deactivated ones for each of Slack’s reasons', async (t) => {
    const { slack, people } = await start(t);
    const cases = [
      [{ is_restricted: true }, 'guest'],
      [{ is_ultra_restricted: true }, 'guest'],
      [{ is_bot: true }, 'bot'],
      [{ id: 'USLACKBOT' }, 'bot'],
      [{ deleted: true }, 'deleted'],
      [{ is_stranger: true }, 'stranger'],
      [{ team_id: 'T2' }, 'stranger'],
      [{ team_id: undefined }, 'stranger'],
    ] as const;
    for (const [change, flag] of cases) {
      slack.on('users.info', { ok: true, user: { ...tara, ...change } });
      const person = await people.person('U0TARA', { fresh: true });
      assert.equal(person?.[flag], true, JSON.stringify(change));
    }
  });

  test('do not count as strangers in any workspace of the same enterprise', async (t) => {
    const { slack, people } = await start(t, { ...home, enterpriseId: 'E1' });
    const user = { ...tara, team_id: 'T2' };
    slack.on('users.info', {
      ok: true,
      user: { ...user, enterprise_user: { enterprise_id: 'E1' } },
    });
    assert.equal((await people.person('U0TARA'))?.stranger, false);
    slack.on('users.info', {
      ok: true,
      user: { ...user, enterprise_user: { enterprise_id: 'E2' } },
    });
    assert.equal((await people.person('U0TARA', { fresh: true }))?.stranger, true);
  });

  test('are nobody when Slack does not know them, and an error when Slack does not answer', async (t) => {
    const { slack, people } = await start(t);
    slack.on('users.info', { ok: false, error: 'user_not_found' });
    assert.equal(await people.person('U0GONE'), null);
    slack.on('users.info', { ok: false, error: 'internal_error' });
    await assert.rejects(people.person('U0GONE'));
  });

  test('are read once a minute, and again for a decision', async (t) => {
    const { slack, people, pass } = await start(t);
    assert.equal(people.peek('U0TARA'), undefined);
    await people.person('U0TARA');
    await people.person('U0TARA');
    assert.equal(people.peek('U0TARA')?.name, 'Tara Lead');
    assert.equal(slack.calls.length, 1);
    await people.person('U0TARA', { fresh: true });
    assert.equal(slack.calls.length, 2);
    pass(60_000);
    assert.equal(people.peek('U0TARA'), undefined);
    await people.person('U0TARA');
    assert.equal(slack.calls.length, 3);
  });

  test('are found by their address, if they are active', async (t) => {
    const { slack, people } = await start(t);
    slack.on('users.lookupByEmail', { ok: true, user: tara });
    assert.deepEqual(await people.whoHasAddress('tara@example.com'), {
      id: 'U0TARA',
      name: 'Tara Lead',
    });
    slack.on('users.lookupByEmail', { ok: true, user: { ...tara, deleted: true } });
    assert.equal(await people.whoHasAddress('tara@example.com'), null);
    slack.on('users.lookupByEmail', { ok: false, error: 'users_not_found' });
    assert.equal(await people.whoHasAddress('nobody@example.com'), null);
    slack.on('users.lookupByEmail', { ok: false, error: 'ratelimited' });
    await assert.rejects(people.whoHasAddress('tara@example.com'));
  });

  test('are in the user groups that list them, read once a minute', async (t) => {
    const { slack, people } = await start(t);
    slack.on('usergroups.users.list', ({ usergroup }) => ({
      ok: true,
      users: usergroup === 'S1' ? ['U0TARA'] : ['U0SAM'],
    }));
    assert.equal(people.peekUsergroupsOf('U0TARA', ['S1', 'S2']), undefined);
    assert.deepEqual(await people.usergroupsOf('U0TARA', ['S1', 'S2']), ['S1']);
    assert.deepEqual(people.peekUsergroupsOf('U0SAM', ['S1', 'S2']), ['S2']);
    await people.usergroupsOf('U0SAM', ['S1', 'S2']);
    assert.equal(slack.calls.length, 2);
  });

  test('are in no user group that Slack refuses to list, which is remembered until it does', async (t) => {
    const { slack, people } = await start(t);
    slack.on('usergroups.users.list', { ok: false, error: 'no_such_subteam' });
    assert.deepEqual(await people.usergroupsOf('U0TARA', ['S1']), []);
    assert.deepEqual(people.unlisted(['S1', 'S2']), ['S1']);
    slack.on('usergroups.users.list', { ok: true, users: ['U0TARA'] });
    const since = new Date(8_640_000_000_000_000);
    assert.deepEqual(await people.usergroupsOf('U0TARA', ['S1'], { since }), ['S1']);
    assert.deepEqual(people.unlisted(['S1', 'S2']), []);
  });
});

describe('whose token it is', () => {
  test('is the answer of auth.test', async (t) => {
    const slack = await slackStub(t);
    slack.on('auth.test', {
      ok: true,
      team_id: 'T1',
      url: 'https://harbour.test/',
      team: 'Harbour Support',
      user_id: 'U0BOT',
      bot_id: 'B1',
    });
    assert.deepEqual(await readHomeTeam(slack.client), { ...home, botId: 'B1' });
    slack.on('auth.test', { ok: true });
    await assert.rejects(readHomeTeam(slack.client), /no team or user/);
  });
});

describe('a failed call', () => {
  test('is tried once, and tells Slack’s code or nothing', async (t) => {
    const { slack } = await start(t);
    slack.on('chat.postMessage', { ok: false, error: 'not_in_channel' });
    const post = () => slack.client.chat.postMessage({ channel: 'C1', text: 'x' });
    await assert.rejects(post(), (error) => slackErrorCode(error) === 'not_in_channel');
    slack.on('chat.postMessage', 'lost');
    await assert.rejects(
      post(),
      (error) => slackErrorCode(error) === null && rateLimitedForMs(error) === null,
    );
    assert.equal(slack.callsOf('chat.postMessage').length, 2, 'a retry could post it twice');
  });

  test('tells how long to wait after status 429', async (t) => {
    const { slack } = await start(t);
    slack.on('chat.postMessage', { retryAfter: 7 });
    const post = slack.client.chat.postMessage({ channel: 'C1', text: 'x' });
    await assert.rejects(
      post,
      (error) => rateLimitedForMs(error) === 7000 && slackErrorCode(error) === null,
    );
  });

  test('tells neither a code nor a time after any other error', () => {
    for (const odd of [null, 'x', new Error('x'), { data: { error: 'x' }, retryAfter: 1 }]) {
      assert.equal(slackErrorCode(odd), null);
      assert.equal(rateLimitedForMs(odd), null);
    }
  });
});

describe('sending an ephemeral message', () => {
  const problem = { code: 'decision.own-request' as const, params: { instance: '<!here>' } };

  test('tells one person in the channel, in literal text', async (t) => {
    const { slack } = await start(t);
    await createEphemeralSender(
      slack.client,
      slackConfig,
      log,
    )({ channel: 'C1', person: 'U1' }, problem);
    const [call] = slack.calls;
    assert.equal(call?.method, 'chat.postEphemeral');
    assert.deepEqual([call?.params.channel, call?.params.user], ['C1', 'U1']);
    assert.match(call?.params.text ?? '', /&lt;!here&gt;/);
  });

  test('uses direct messages where the channel does not take it', async (t) => {
    const { slack } = await start(t);
    slack.on('chat.postEphemeral', { ok: false, error: 'user_not_in_channel' });
    await createEphemeralSender(
      slack.client,
      slackConfig,
      log,
    )({ channel: 'C1', person: 'U1' }, problem);
    assert.equal(slack.callsOf('chat.postMessage')[0]?.params.channel, 'U1');
  });

  test('never makes its caller fail', async (t) => {
    const { slack } = await start(t);
    slack.on('chat.postEphemeral', 'lost');
    slack.on('chat.postMessage', { ok: false, error: 'user_disabled' });
    await createEphemeralSender(
      slack.client,
      slackConfig,
      log,
    )({ channel: 'C1', person: 'U1' }, problem);
    assert.equal(slack.calls.length, 2);
  });
});

describe('the check of the requests channels', () => {
  test('never throws, whatever Slack answers', async (t) => {
    const { slack } = await start(t);
    const warnings: string[] = [];
    const listening = Object.assign(Object.create(log), {
      warn: (about: { why: string }) => void warnings.push(about.why),
    });
    const look = () => warnAboutChannels(slack.client, [instanceConfig], listening);
    for (const channel of [
      { is_member: true },
      { is_member: false },
      { is_member: true, is_archived: true },
    ]) {
      slack.on('conversations.info', { ok: true, channel });
      await look();
    }
    slack.on('conversations.info', { ok: false, error: 'channel_not_found' });
    await look();
    slack.on('conversations.info', 'lost');
    await look();
    assert.deepEqual(warnings, [
      'I am not in it: invite me with /invite',
      'it is archived',
      'channel_not_found',
      'Slack did not answer',
    ]);
  });
});
