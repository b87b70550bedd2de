/** Values that no form or button of the bot sends: made by hand, and delivered by Slack all the same. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { WebClient } from '@slack/web-api';
import { registerFileQuestionButtons } from '../../src/actions/file-question-buttons.ts';
import type { InstanceConfig } from '../../src/config/config.ts';
import { registerAddUser } from '../../src/modals/add-user/form-listeners.ts';
import { registerChange } from '../../src/modals/change.ts';
import { registerDeny } from '../../src/modals/deny.ts';
import { readNotBefore, whyNotBefore } from '../../src/modals/not-before-field.ts';
import { registerReschedule } from '../../src/modals/reschedule.ts';
import { chosenIn } from '../../src/modals/rows/leave-out-list.ts';
import { registerShowRows } from '../../src/modals/rows/show-rows.ts';
import { createShowHome } from '../../src/requests/publish/publish-home.ts';
import { searchUsers } from '../../src/requests/submit/like-user.ts';
import { createOffers } from '../../src/requests/submit/permitted-instances.ts';
import type { Listeners } from '../../src/slack/listener-table.ts';
import { instanceClientOf, personOf, smallInstance } from '../auth/people.ts';
import { newUser } from '../provisioning/approved.ts';
import { waitingRequest } from '../requests/waiting-request.ts';
import { testServices } from '../services.ts';

const tara = personOf({ id: 'U0TARA', name: 'Tara Lead', email: 'tara@example.com' });
const crowd = Array.from({ length: 400 }, (_, at) =>
  personOf({ id: `U0MANY${at}`, name: 'Nia Many', email: `person${at}@example.com` }),
);

type Delivered = Readonly<Record<string, unknown>>;

/** The bot's listeners over a real database; `send` delivers to one of them and answers what it acknowledges. */
async function start(t: TestContext, config: Partial<InstanceConfig> = {}) {
  const { instanceClient } = instanceClientOf(smallInstance(), { config });
  const people = [personOf(), tara, ...crowd];
  const bot = await testServices(t, { instanceClients: [instanceClient], people });
  const services = { ...bot.services, offers: createOffers(bot.services) };
  const heard = new Map<string, unknown>();
  const hear = (ids: string | readonly string[], listener: unknown) => {
    // The button that opens a form may have the id of the form; it is registered first.
    for (const id of [ids].flat()) if (!heard.has(id)) heard.set(id, listener);
  };
  const none = () => {};
  const listeners: Listeners = {
    command: none,
    options: none,
    viewClosed: none,
    messageShortcut: none,
    globalShortcut: none,
    event: none,
    action: hear,
    view: hear,
  };
  registerAddUser(listeners, services);
  registerChange(listeners, services);
  registerShowRows(listeners, services);
  registerDeny(listeners, services);
  registerReschedule(listeners, services);
  registerFileQuestionButtons(listeners, services);
  async function send(id: string, delivered: Delivered) {
    const answers: unknown[] = [];
    const ack = async (answer: unknown) => {
      answers.push(answer);
    };
    const listener = heard.get(id) as (delivered: Delivered) => Promise<void>;
    await listener({ ack, ...delivered });
    return answers;
  }
  return { ...bot, services, send };
}

test('a form that names 400 people and has a reason of 500 KB adds ten people with the reason that its field takes', async (t) => {
  const { send, services, database } = await start(t, { usernamePattern: '{local}' });
  await services.instanceClients.get('production')?.directory.get();
  const read = t.mock.method(services.people, 'peek');
  const one = (field: string, value: object) => ({ [field]: { [field]: value } });
  const metadata = {
    instance: 'production',
    phone: 'soft',
    password: 'generate',
    more: false,
    channels: false,
  };
  const values = {
    ...one('members', { selected_users: crowd.map(({ id }) => id) }),
    ...one('routing_profile', { selected_option: { value: 'rp-basic' } }),
    ...one('security_profiles', { selected_options: [{ value: 'sp-agent' }] }),
    ...one('reason', { value: 'because '.repeat(64_000) }),
  };
  const view = { id: 'V1', private_metadata: JSON.stringify(metadata), state: { values } };
  const body = { user: { id: tara.id, name: 'tara' } };
  assert.deepEqual(await send('add_user', { body, view }), [undefined]);
  const [stored] = await database.query(
    'select length(reason) as reason, (select count(*)::int from rows) as rows from requests',
  );
  assert.deepEqual(stored, { reason: 500, rows: 10 });
  const picked = new Set(read.mock.calls.map(({ arguments: [id] }) => id));
  assert.ok(picked.size <= 11, `${picked.size} people were looked up`);
});

test('a time that no calendar has is too far ahead', async (t) => {
  const { services } = await start(t);
  for (const seconds of [1e18, 1e300]) {
    const at = readNotBefore({ not_before: { not_before: { selected_date_time: seconds } } });
    assert.equal(whyNotBefore(services, at, false)?.code, 'not-before.too-far');
  }
});

test('positions that no row has are not left out', () => {
  const shown = { requestId: 1, channel: 'C1', shown: null, page: 0, chosen: [2] };
  const odd = ['-1', '0', '1.5', '1e300', '99999999999', 'NaN', '', 'row', '3'];
  const selected_options = odd.map((value) => ({ value }));
  const state = { values: { leave_out_0: { leave_out: { selected_options } } } };
  assert.deepEqual(chosenIn(shown, state), [2, 3]);
});

test('a username that no menu takes is not offered as an example, so that the menu still opens for others', async () => {
  const usernames = ['u'.repeat(76), 'u'.repeat(75), 'una'];
  const users = usernames.map((username) => ({
    id: username,
    username,
    firstName: 'Una',
    lastName: 'Long',
    securityProfileIds: [],
  }));
  const { instanceClient } = instanceClientOf(smallInstance());
  const directory = { ...instanceClient.directory, colleagues: async () => users };
  const found = await searchUsers({ directory }, '', { limit: 50, withinMs: 1_000 });
  assert.deepEqual(found.map(({ id }) => id).sort(), usernames.slice(1).sort());
});

test('a denial has the reason that its field takes', async (t) => {
  const { send, services, jobs } = await start(t);
  const user = newUser('mary');
  const { id } = await waitingRequest(services, { requester: tara, user, expiresAfterMs: 60_000 });
  const state = {
    values: { deny_reason: { deny_reason: { value: ` ${'no '.repeat(200_000)}` } } },
  };
  const metadata = { requestId: id, channel: 'C1' };
  const view = { id: 'V1', private_metadata: JSON.stringify(metadata), state };
  assert.deepEqual(await send('deny_request', { body: { user: { id: 'U0ARI' } }, view }), [
    undefined,
  ]);
  const [decide] = jobs.flatMap((job) => (job.queue === 'decide' ? [job.data] : []));
  assert.ok(decide?.what.kind === 'deny');
  assert.equal(decide.what.reason.length, 500);
  assert.match(decide.what.reason, /^no no /);
});

test('forms and answers to a button say nothing of a request that the person may not see', async (t) => {
  const { send, services, database, ephemerals } = await start(t);
  const user = newUser('mary');
  const { id } = await waitingRequest(services, { requester: tara, user, expiresAfterMs: 60_000 });
  await database.query(`update requests set not_before = '2031-05-06T07:08:00Z'`);
  const client = new WebClient();
  const shown: string[] = [];
  const note = async (call: unknown) => {
    shown.push(JSON.stringify(call));
    return { ok: true, view: { id: 'V1' } };
  };
  client.views.open = note;
  client.views.update = note;
  const press = (actionId: string, who: string, value: string) => {
    const body = {
      user: { id: who },
      trigger_id: '1.2',
      view: { id: 'V1' },
      channel: { id: 'C1' },
    };
    return send(actionId, { body, action: { value }, client });
  };
  const stranger = crowd[0]?.id ?? '';
  const seconds = String(Date.UTC(2031, 4, 6, 7, 8) / 1000);
  for (const who of [stranger, tara.id]) {
    await press('open_change', who, String(id));
    await press('move_request', who, String(id));
    await press(
      'choose_reading_0',
      who,
      JSON.stringify({ requestId: id, kind: 'sheet', value: 'x' }),
    );
    const isHidden = who === stranger;
    assert.equal(
      shown.some((view) => view.includes(seconds)),
      !isHidden,
      shown.join(),
    );
    assert.equal(
      shown.some((view) => view.includes('production')),
      !isHidden,
      shown.join(),
    );
  }
  assert.deepEqual(
    ephemerals.map(({ place, problem }) => [place.person, problem.code]),
    [
      [stranger, 'request.unknown'],
      [tara.id, 'decision.over'],
    ],
  );
});

test('a change has ten profiles at most, a table is of the request that its view shows, and a guest’s Home is empty', async (t) => {
  const { send, services, database, jobs } = await start(t);
  const request = (username: string) =>
    waitingRequest(services, { requester: tara, user: newUser(username), expiresAfterMs: 60_000 });
  const [own, other] = [await request('mary'), await request('nora')];
  await database.query(
    `update requests set requester_id = 'U0NOA', requester_name = 'Noa' where id = $1`,
    [other.id],
  );
  const body = { user: { id: tara.id }, channel: { id: 'C1' } };

  const selected_options = Array.from({ length: 30 }, (_, at) => ({ value: `sp-${at}` }));
  const metadata = { requestId: own.id, instance: 'production', shown: null };
  await send('change_request', {
    body,
    view: {
      id: 'V2',
      private_metadata: JSON.stringify(metadata),
      state: { values: { change_security: { repair_security_profile: { selected_options } } } },
    },
  });
  const [decide] = jobs.flatMap((job) => (job.queue === 'decide' ? [job.data] : []));
  assert.ok(decide?.what.kind === 'change');
  assert.equal(decide.what.securityProfiles.length, 10);

  const client = new WebClient();
  const said: string[] = [];
  const note = async (call: unknown) => {
    said.push(JSON.stringify(call));
    return { ok: true };
  };
  client.chat.postMessage = note;
  client.views.update = note;
  client.views.publish = note;
  const shown = { requestId: own.id, channel: 'C1', shown: null, page: 0, chosen: [] };
  const view = { id: 'V3', private_metadata: JSON.stringify(shown), state: { values: {} } };
  const action = { value: `${other.id} 0` };
  await send('rows_table', { body: { ...body, view }, action, client });
  assert.match(said.join(), /mary/);
  assert.doesNotMatch(said.join(), /nora/);

  said.length = 0;
  const showHome = createShowHome(services);
  await showHome(client, tara.id, { page: 0, waitingPage: 0 });
  t.mock.method(services.people, 'person', async () => ({ ...tara, guest: true }));
  await showHome(client, tara.id, { page: 0, waitingPage: 0 });
  const [before, after] = said;
  assert.match(before ?? '', new RegExp(`CU-${own.id}`));
  assert.doesNotMatch(after ?? '', /CU-|Major/);
});
