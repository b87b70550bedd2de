import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InstanceConfig } from '../../../src/config/config.ts';
import { explain } from '../../../src/errors/problem.ts';
import { noticesOf } from '../../../src/requests/check/notices.ts';
import { instanceConfig } from '../../auth/people.ts';

const said = (users: number, asked: number, config: Partial<InstanceConfig> = {}) =>
  noticesOf({ ...instanceConfig, ...config }, { userCount: users }, asked).map(explain);

describe('a quota of users', () => {
  test('is told before anybody approves, with how many would be too many', () => {
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
