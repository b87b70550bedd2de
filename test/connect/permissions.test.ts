import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPermissions } from '../../src/connect/permissions.ts';
import { plainProfile } from '../auth/people.ts';

function start() {
  const clock = { at: 0 };
  const asked: string[] = [];
  const answers = { permissions: ['Users.View'], fail: false };
  const permissions = createPermissions(
    {
      securityProfile: async (id) => {
        asked.push(id);
        if (answers.fail) throw new Error('Connect is away');
        return plainProfile(id, answers.permissions);
      },
      describeUser: async (id) => {
        asked.push(id);
        return null;
      },
    },
    { now: () => new Date(clock.at), maxAgeMs: 60_000 },
  );
  const of = async (id: string, options?: { fresh: boolean }) =>
    (await permissions.profile(id, options)).permissions;
  return { permissions, of, clock, asked, answers };
}

describe('permissions', () => {
  it('are read afresh once at a time, for all who asked before the reading begins', async () => {
    const { permissions, asked } = start();
    const ask = () => permissions.user('u', { fresh: true });
    await Promise.all(Array.from({ length: 50 }, ask));
    assert.deepEqual(asked, ['u', 'u']);
    await ask();
    assert.deepEqual(asked, ['u', 'u', 'u']);
  });

  it('are read once a minute for each profile', async () => {
    const { of, clock, asked } = start();
    await Promise.all([of('p'), of('p'), of('q')]);
    clock.at = 60_000;
    await of('p');
    assert.deepEqual(asked, ['p', 'q']);
    clock.at = 60_001;
    await of('p');
    assert.deepEqual(asked, ['p', 'q', 'p']);
  });

  it('are read now when they must be fresh, and the answer is cached for later callers', async () => {
    const { of, answers, asked } = start();
    assert.deepEqual(await of('p'), ['Users.View']);
    answers.permissions = ['Users.View', 'Users.Create'];
    assert.deepEqual(await of('p'), ['Users.View']);
    assert.deepEqual(await of('p', { fresh: true }), ['Users.View', 'Users.Create']);
    assert.deepEqual(await of('p'), ['Users.View', 'Users.Create']);
    assert.equal(asked.length, 2);
  });

  it('are never taken from an older answer when they must be fresh and cannot be read', async () => {
    const { of, answers } = start();
    await of('p');
    answers.fail = true;
    await assert.rejects(of('p', { fresh: true }), /away/);
    answers.fail = false;
    assert.deepEqual(await of('p'), ['Users.View']);
  });

  it('come with the users who hold them, read the same way', async () => {
    const { permissions, asked } = start();
    assert.equal(await permissions.user('u'), null);
    await permissions.user('u');
    await permissions.user('u', { fresh: true });
    assert.deepEqual(asked, ['u', 'u']);
  });
});
