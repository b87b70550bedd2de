import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InstanceConfig } from '../../../src/config/config.ts';
import { explain } from '../../../src/errors/problem.ts';
import { noticesOf } from '../../../src/requests/check/notices.ts';
import { ambiguousTimeNotice } from '../../../src/requests/check/read-not-before.ts';
import { instanceConfig } from '../../auth/people.ts';

const said = (users: number, asked: number, config: Partial<InstanceConfig> = {}) =>
  noticesOf({ ...instanceConfig, ...config }, { userCount: users }, asked).map(explain);

describe('a quota of users', () => {
  test('leads to a notice before the approval, with the number of users above the quota', () => {
    assert.match(
      said(464, 48)[0] ?? '',
      /^12 of these 48 users would exceed the quota of 500 users in production, which has 464\./,
    );
    assert.match(said(500, 1)[0] ?? '', /production has 500 users already, and its quota is 500/);
    assert.match(said(10, 5, { userQuota: 8 })[0] ?? '', /^5 of these 5 users/);
  });

  test('is not guessed where the instance has more users than AWS gives at first', () => {
    assert.deepEqual(said(501, 48), []);
    assert.match(said(501, 48, { userQuota: 520 })[0] ?? '', /^29 of these 48/);
  });

  test('is not mentioned while the quota allows the users', () => {
    assert.deepEqual(said(452, 48), []);
  });
});

describe('a time that the requester’s clocks show twice', () => {
  const people = { person: async () => ({ timeZone: 'Europe/Berlin' }) };
  const notice = async (at: string | null) =>
    (
      await ambiguousTimeNotice(
        { people: people as never },
        'U0TARA',
        at === null ? null : new Date(at),
      )
    ).map(explain);

  test('is shown on the card, with which of the two moments is meant', async () => {
    assert.deepEqual(await notice('2026-10-25T01:30:00Z'), [
      'The clocks in Europe/Berlin show 02:30 twice that night: this is the second one, 2026-10-25 01:30 UTC. If the other one is meant, move it by an hour.',
    ]);
  });

  test('has no notice for any other time, or without a time', async () => {
    assert.deepEqual(await notice('2027-03-28T01:00:00Z'), []);
    assert.deepEqual(await notice(null), []);
  });
});
