import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPersonalTurns } from '../../src/pacing/personal-turns.ts';

test('one person’s tasks run one after the other with a bounded queue, and tasks of other people run meanwhile', async () => {
  const turns = createPersonalTurns(2);
  const done: string[] = [];
  const first = Promise.withResolvers<void>();
  const work =
    (name: string, until: Promise<void> = Promise.resolve()) =>
    async () => {
      await until;
      done.push(name);
    };
  const taken = [
    turns.take('sam', work('a', first.promise)),
    turns.take('sam', () => Promise.reject(new Error('b failed'))),
    turns.take('sam', work('c')),
    turns.take('sam', work('d')),
  ];
  assert.equal(turns.hasRoom('sam'), false);
  assert.equal(await turns.take('tara', work('of somebody else')), true);
  first.resolve();
  const ended = await Promise.allSettled(taken);
  assert.deepEqual(done, ['of somebody else', 'a', 'c']);
  assert.deepEqual(
    ended.map((result) => (result.status === 'fulfilled' ? result.value : 'failed')),
    [true, 'failed', true, false],
  );
  assert.equal(turns.hasRoom('sam'), true);
});
