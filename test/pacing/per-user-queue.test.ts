import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPerUserQueue } from '../../src/pacing/per-user-queue.ts';

test('one person’s tasks run one after the other with a bounded queue, and tasks of other people run meanwhile', async () => {
  const queue = createPerUserQueue(2);
  const done: string[] = [];
  const first = Promise.withResolvers<void>();
  const work =
    (name: string, until: Promise<void> = Promise.resolve()) =>
    async () => {
      await until;
      done.push(name);
    };
  const taken = [
    queue.run('sam', work('a', first.promise)),
    queue.run('sam', () => Promise.reject(new Error('b failed'))),
    queue.run('sam', work('c')),
    queue.run('sam', work('d')),
  ];
  assert.equal(queue.hasRoom('sam'), false);
  assert.equal(await queue.run('tara', work('of somebody else')), true);
  first.resolve();
  const ended = await Promise.allSettled(taken);
  assert.deepEqual(done, ['of somebody else', 'a', 'c']);
  assert.deepEqual(
    ended.map((result) => (result.status === 'fulfilled' ? result.value : 'failed')),
    [true, 'failed', true, false],
  );
  assert.equal(queue.hasRoom('sam'), true);
});
