/**
 * Slack's own JavaScript SDK against the sandbox: every method that the sandbox serves, and a Socket Mode connection.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SocketModeClient } from '@slack/socket-mode';
import { LogLevel, WebClient } from '@slack/web-api';
import { bot } from '../../../sandbox/seed.ts';
import { methodNames, methodScopes } from '../../../sandbox/slack/web-api.ts';
import { until } from '../../until.ts';
import { manifestWith, startTestSandbox, type TestSandbox, testManifest } from './harness.ts';

const channel = 'C0REQUESTS';
const user = 'U0TARA';
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const divider = { type: 'divider' as const };
const modal = { type: 'modal' as const, title: plain('a'), blocks: [divider] };
const home = { type: 'home' as const, blocks: [divider] };

function clientFor(sandbox: TestSandbox, token: string): WebClient {
  return new WebClient(token, {
    slackApiUrl: `${sandbox.url}/api/`,
    retryConfig: { retries: 0 },
    timeout: 5000,
    logLevel: LogLevel.ERROR,
  });
}

type Given = { web: WebClient; app: WebClient; sandbox: TestSandbox };

async function posted({ web }: Given): Promise<string> {
  const { ts } = await web.chat.postMessage({ channel, text: 'a', blocks: [divider] });
  return ts ?? '';
}

function trigger({ sandbox }: Given, viewId?: string): string {
  return sandbox.slack.triggers.issue({ user, ...(viewId ? { viewId } : {}) });
}

async function opened(given: Given) {
  const { view } = await given.web.views.open({ trigger_id: trigger(given), view: modal });
  assert.ok(view?.id && view.hash);
  return { id: view.id, hash: view.hash };
}

async function uploaded({ web }: Given): Promise<string> {
  const url = await web.files.getUploadURLExternal({ filename: 'a.csv', length: 4 });
  await fetch(url.upload_url ?? '', { method: 'POST', body: 'a,b\n' });
  return url.file_id ?? '';
}

async function shared(given: Given): Promise<string> {
  const id = await uploaded(given);
  await given.web.files.completeUploadExternal({ files: [{ id }], channel_id: channel });
  return id;
}

/** One call of each method through the SDK, with a response that only a working method can give. */
const calls: Record<string, (given: Given) => Promise<unknown>> = {
  'apps.connections.open': async ({ app }) => (await app.apps.connections.open({})).url,
  'auth.test': async ({ web }) => (await web.auth.test()).bot_id,
  'blocks.validate': async ({ web }) =>
    (await web.blocks.validate({ blocks: [{ type: 'divider' }] })).ok,
  'bots.info': async ({ web }) => (await web.bots.info({ bot: bot.botId })).bot?.app_id,
  'chat.delete': async (given) =>
    (await given.web.chat.delete({ channel, ts: await posted(given) })).ts,
  'chat.getPermalink': async (given) =>
    (await given.web.chat.getPermalink({ channel, message_ts: await posted(given) })).permalink,
  'chat.postEphemeral': async ({ web }) =>
    (await web.chat.postEphemeral({ channel, user, text: 'a' })).message_ts,
  'chat.postMessage': posted,
  'chat.update': async (given) =>
    (await given.web.chat.update({ channel, ts: await posted(given), text: 'b' })).text,
  'conversations.history': async ({ web }) =>
    (await web.conversations.history({ channel, limit: 1 })).messages,
  'conversations.info': async ({ web }) => (await web.conversations.info({ channel })).channel?.id,
  'conversations.join': async ({ web }) =>
    (await web.conversations.join({ channel: 'C0GENERAL' })).channel?.is_member,
  'conversations.list': async ({ web }) => (await web.conversations.list({})).channels?.[0]?.id,
  'conversations.members': async ({ web }) =>
    (await web.conversations.members({ channel })).members?.[0],
  'conversations.open': async ({ web }) =>
    (await web.conversations.open({ users: user })).channel?.id,
  'conversations.replies': async (given) =>
    (await given.web.conversations.replies({ channel, ts: await posted(given) })).messages?.[0]?.ts,
  'files.completeUploadExternal': shared,
  'files.delete': async (given) => (await given.web.files.delete({ file: await shared(given) })).ok,
  'files.getUploadURLExternal': uploaded,
  'files.info': async (given) =>
    (await given.web.files.info({ file: await shared(given) })).file?.url_private_download,
  'files.list': async ({ web }) => (await web.files.list({})).files,
  'functions.completeError': async (given) => {
    const id = await stepRun(given);
    return (await given.web.functions.completeError({ function_execution_id: id, error: 'no' })).ok;
  },
  'functions.completeSuccess': async (given) => {
    const id = await stepRun(given);
    const outputs = { answer: 'yes' };
    const done = { function_execution_id: id, outputs };
    await assert.rejects(given.web.functions.completeSuccess({ ...done, outputs: {} }), {
      message: /parameter_validation_failed/,
    });
    const { ok } = await given.web.functions.completeSuccess(done);
    await assert.rejects(given.web.functions.completeSuccess(done), {
      message: /execution_not_in_running_state/,
    });
    return ok;
  },
  'reactions.add': async (given) => {
    const timestamp = await posted(given);
    return (await given.web.reactions.add({ channel, timestamp, name: 'eyes' })).ok;
  },
  'usergroups.list': async ({ web }) => (await web.usergroups.list()).usergroups?.[0]?.id,
  'usergroups.users.list': async ({ web }) => {
    const { usergroups } = await web.usergroups.list();
    return (await web.usergroups.users.list({ usergroup: usergroups?.[0]?.id ?? '' })).users;
  },
  'users.info': async ({ web }) => (await web.users.info({ user })).user?.profile?.email,
  'users.list': async ({ web }) => (await web.users.list({})).members?.length,
  'users.lookupByEmail': async ({ web }) =>
    (await web.users.lookupByEmail({ email: 'bea@harbour.example' })).user?.id,
  'views.open': async (given) => (await opened(given)).id,
  'views.publish': async ({ web }) =>
    (await web.views.publish({ user_id: user, view: home })).view?.type,
  'views.push': async (given) => {
    const { id } = await opened(given);
    const pushed = await given.web.views.push({ trigger_id: trigger(given, id), view: modal });
    return pushed.view?.previous_view_id;
  },
  'views.update': async (given) => {
    const { id, hash } = await opened(given);
    return (await given.web.views.update({ view_id: id, hash, view: modal })).view?.hash;
  },
};

/** A workflow has reached the app's step. */
async function stepRun({ sandbox }: Given): Promise<string> {
  const body = { user, callbackId: 'ask_somebody', inputs: { question: 'why?' } };
  const { run } = await sandbox.call('POST', '/workflows', body);
  return run.id;
}

describe('The official SDK', () => {
  let given: Given;
  before(async () => {
    const sandbox = await startTestSandbox({ rateLimits: false });
    const web = clientFor(sandbox, bot.botToken);
    given = { sandbox, web, app: clientFor(sandbox, bot.appToken) };
  });
  after(() => given.sandbox.stop());

  it('is tried with every method there is', () => {
    assert.deepEqual(Object.keys(calls).sort(), methodNames().sort());
  });

  for (const [name, call] of Object.entries(calls)) {
    it(`calls ${name} and understands the answer`, async () => {
      assert.ok(await call(given));
      const { entries } = await given.sandbox.call('GET', '/wire?kind=web-api');
      const mine = entries.filter((entry: { name: string }) => entry.name === name);
      // For the end of a step, the calls that the sandbox refuses are tested as well.
      const taken = mine.filter((entry: { ok: boolean }) => entry.ok);
      assert.ok(
        taken.length > 0 && (name.startsWith('functions.') || taken.length === mine.length),
      );
    });
  }

  it('uploads a file with its own helper, and downloads it', async () => {
    const { web, sandbox } = given;
    const answer = await web.filesUploadV2({
      channel_id: channel,
      filename: 'a.csv',
      content: 'a',
    });
    assert.ok(answer.ok);
    const { files } = await web.files.list({});
    const file = files?.find(({ name }) => name === 'a.csv');
    const headers = { authorization: `Bearer ${bot.botToken}` };
    const download = await fetch(file?.url_private_download ?? '', { headers });
    assert.equal(download.status, 200);
    assert.ok(sandbox.slack.files.all().length > 0);
  });

  it('reads pages to their end', async () => {
    const names = [];
    for await (const page of given.web.paginate('users.list', { limit: 2 })) {
      const { members = [] } = page as { members?: { id: string }[] };
      names.push(...members.map(({ id }) => id));
    }
    const { members } = await given.web.users.list({});
    assert.deepEqual(
      names,
      members?.map(({ id }) => id),
    );
  });

  it('holds a Socket Mode connection, acknowledges, and comes back after a disconnect', async () => {
    const { sandbox } = given;
    const client = new SocketModeClient({
      appToken: bot.appToken,
      clientPingTimeout: 300,
      logLevel: LogLevel.ERROR,
      clientOptions: { slackApiUrl: `${sandbox.url}/api/` },
    });
    const heard: string[] = [];
    client.on('slash_commands', async ({ ack, body }) => {
      heard.push(body.text);
      await ack();
    });
    await client.start();
    const say = (text: string) =>
      sandbox.call('POST', '/commands', { user, channel, command: '/ask', text });
    assert.equal((await say('one')).outcome, 'ok');
    const fault = { on: 'slack', kind: 'drop-socket', announce: true };
    await sandbox.call('POST', '/faults', fault);
    await until('the client is back', () => sandbox.slack.delivery.sockets.count() > 0);
    assert.equal((await say('two')).outcome, 'ok');
    assert.deepEqual(heard, ['one', 'two']);
    await client.disconnect();
  });
});

describe('The scope of a method', () => {
  for (const name of methodNames()) {
    const scopes = methodScopes(name);
    if (scopes.length === 0) continue;
    it(`${name} is refused without ${scopes.join(' or ')}`, async () => {
      const { bot: granted } = testManifest.oauth_config.scopes;
      const others = granted.filter((scope) => !scopes.includes(scope));
      const sandbox = await startTestSandbox({ manifest: manifestWith({ scopes: others }) });
      try {
        const answer = await sandbox.api(name, requiredArguments);
        assert.deepEqual([answer.error, answer.needed], ['missing_scope', scopes.join(',')]);
        assert.equal(answer.provided, others.join(','));
      } finally {
        await sandbox.stop();
      }
    });
  }
});

/** Arguments that are sufficient for any method to reach the check of its scopes. */
const requiredArguments = {
  channel,
  user,
  users: user,
  text: 'a',
  ts: '1.000001',
  message_ts: '1.000001',
  timestamp: '1.000001',
  name: 'eyes',
  email: 'tara@harbour.example',
  usergroup: 'S0LEADS',
  file: 'F0A',
  files: [],
  filename: 'a',
  length: 1,
  types: 'public_channel',
};
