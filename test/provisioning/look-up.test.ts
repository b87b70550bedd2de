import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { ConnectReadError, type ExistingUser } from '../../src/connect/gateway.ts';
import { lookUp } from '../../src/provisioning/look-up.ts';
import { isMarked, rowTagOf } from '../../src/provisioning/row-tag.ts';
import { sendRow } from '../../src/provisioning/send-row.ts';
import { readRequest, readRows } from '../../src/requests/store/requests-store.ts';
import { instanceClientOf, smallInstance, userNamed } from '../auth/people.ts';
import { secretsKey, testServices } from '../services.ts';
import { type ApprovedRow, approvedRequest, createdAs, newUser, scripted } from './approved.ts';

const uid = '0f0f0f0f-1111-4222-8333-444444444444';
const identity = { requestId: 1042, requestUid: uid, position: 3 };

describe('the mark of a row', () => {
  test('is one tag within Connect’s limits', () => {
    const [entry, ...others] = Object.entries(
      rowTagOf({ ...identity, requestId: 999_999_999, position: 1000 }),
    );
    assert.deepEqual(others, []);
    assert.match(entry?.[0] ?? '', /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u);
    assert.match(entry?.[1] ?? '', /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u);
  });

  test('is recognized for exactly its row, and not for a different row, request or database', () => {
    const marked = userNamed('mary', { tags: { team: 'x', ...rowTagOf(identity) } });
    assert.equal(isMarked(marked, identity), true);
    assert.equal(isMarked(marked, { ...identity, position: 31 }), false);
    assert.equal(isMarked(marked, { ...identity, requestId: 104 }), false);
    assert.equal(isMarked(marked, { ...identity, requestUid: uid.replace('0', '1') }), false);
    assert.equal(isMarked(userNamed('mary'), identity), false);
  });
});

async function stored(t: TestContext, row: ApprovedRow) {
  const { services } = await testServices(t);
  const id = await approvedRequest(services, [row]);
  const request = await readRequest(services.db, id);
  const [record] = await readRows(services.db, id);
  assert.ok(request && record);
  return { request, record };
}

describe('whether a user is the one that a lost send made', () => {
  test('is told by the tag, and by all other values when there are no tags', async (t) => {
    const { request, record } = await stored(t, { user: newUser('mary') });
    const mark = rowTagOf({ requestId: request.id, requestUid: request.uid, position: 1 });
    const alike = { firstName: 'Mary', lastName: 'Major' };
    const find = async (tagUsers: boolean, user?: Partial<ExistingUser>) => {
      const instance = smallInstance();
      if (user) instance.users.push(userNamed('mary', user));
      return (
        await lookUp(
          instanceClientOf(instance, { config: { tagUsers } }).instanceClient,
          request,
          record,
        )
      ).kind;
    };
    assert.equal(await find(true), 'not-there');
    assert.equal(await find(true, { tags: mark }), 'ours');
    assert.equal(await find(true, alike), 'not-ours', 'ours would carry the mark');
    assert.equal(await find(false, alike), 'cannot-tell');
    assert.equal(await find(false, { ...alike, lastName: 'Minor' }), 'not-ours');
    assert.equal(await find(false, { ...alike, routingProfileId: 'rp-2' }), 'not-ours');
    assert.equal(await find(false, { ...alike, hierarchyGroupId: 'hg-north' }), 'not-ours');
    assert.equal(
      await find(false, { ...alike, securityProfileIds: ['sp-agent', 'sp-admin'] }),
      'not-ours',
    );
    assert.equal(
      await find(false, { tags: mark }),
      'ours',
      'marked before marking was switched off',
    );
  });
});

describe('sending a row', () => {
  const send = async (
    t: TestContext,
    row: ApprovedRow,
    options: { key?: boolean; tagUsers?: boolean } = {},
  ) => {
    const { request, record } = await stored(t, row);
    const script = scripted(createdAs('mary'));
    const config = { tagUsers: options.tagUsers ?? true };
    const { instanceClient } = instanceClientOf(smallInstance(), {
      config,
      createUser: script.createUser,
    });
    const key = options.key === false ? {} : { secretsKey };
    return { outcome: await sendRow(key, instanceClient, request, record), sent: script.sent };
  };

  test('H4: makes a new password for each send, and gives it to nobody', async (t) => {
    const { request, record } = await stored(t, { user: newUser('mary') });
    const script = scripted(createdAs('mary'));
    const { instanceClient } = instanceClientOf(smallInstance(), { createUser: script.createUser });
    const outcomes = [
      await sendRow({}, instanceClient, request, record),
      await sendRow({}, instanceClient, request, record),
    ];
    const [one, two] = script.sent.map((input) => input.password);
    assert.ok(one && two && one !== two);
    assert.deepEqual(outcomes, [createdAs('mary'), createdAs('mary')]);
  });

  test('opens a typed password for its own row only', async (t) => {
    const typed = { user: newUser('mary'), typed: 'Correct-1' };
    const { sent } = await send(t, typed);
    assert.equal(sent[0]?.password, 'Correct-1');
    const { request, record } = await stored(t, typed);
    const { instanceClient } = instanceClientOf(smallInstance(), {
      createUser: scripted().createUser,
    });
    const moved = { ...record, position: 2 };
    assert.deepEqual(await sendRow({ secretsKey }, instanceClient, request, moved), {
      kind: 'unreadable-password',
    });
  });

  test('sends nothing when a typed password cannot be read: no key, another key, none stored', async (t) => {
    const typed = { user: newUser('mary'), typed: 'Correct-1' };
    const { outcome, sent } = await send(t, typed, { key: false });
    assert.deepEqual([outcome, sent.length], [{ kind: 'unreadable-password' }, 0]);
    const { request, record } = await stored(t, typed);
    const { instanceClient, calls } = instanceClientOf(smallInstance());
    const otherKey = { secretsKey: new Uint8Array(32) };
    assert.equal(
      (await sendRow(otherKey, instanceClient, request, record)).kind,
      'unreadable-password',
    );
    const lost = { ...record, password_cipher: null };
    assert.equal(
      (await sendRow({ secretsKey }, instanceClient, request, lost)).kind,
      'unreadable-password',
    );
    assert.equal(calls().createUser, undefined);
  });

  test('leaves the bot’s own tags out where it may not tag', async (t) => {
    const { sent } = await send(
      t,
      { user: newUser('mary'), password: 'none' },
      { tagUsers: false },
    );
    assert.deepEqual(sent[0], { user: newUser('mary'), tags: {} });
  });
});

describe('a look-up that the search refuses', () => {
  const invalid = new ConnectReadError('invalid', 'SearchUsers', {
    cause: undefined,
    detail: 'Value is too long',
  });

  test('continues in the lists, where only exactly this name counts', async (t) => {
    const { request, record } = await stored(t, { user: newUser('mary') });
    const tags = rowTagOf({ requestId: request.id, requestUid: request.uid, position: 1 });
    const look = async (...users: ExistingUser[]) => {
      const instance = smallInstance();
      instance.users.push(...users);
      const { instanceClient } = instanceClientOf(instance);
      const gateway = { ...instanceClient.gateway, findUser: () => Promise.reject(invalid) };
      return (await lookUp({ ...instanceClient, gateway }, request, record)).kind;
    };
    assert.equal(await look(), 'not-there');
    assert.equal(await look(userNamed('MARY', { tags })), 'not-there');
    assert.equal(await look(userNamed('Mary'), userNamed('mary', { tags })), 'ours');
  });
});
