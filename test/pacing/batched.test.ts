import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createBatched } from '../../src/pacing/batched.ts';

/** A `run` whose calls end when the test resolves them. */
function held() {
  const calls: { items: readonly number[]; end(error?: Error): void }[] = [];
  const batched = createBatched(
    (items: readonly number[]) =>
      new Promise<number[]>((resolve, reject) => {
        const end = (error?: Error) =>
          error ? reject(error) : resolve(items.map((item) => item * 10));
        calls.push({ items, end });
      }),
  );
  return { calls, batched };
}

describe('calls in batches', () => {
  test('the first call starts immediately, and calls made during it share the next one, in their order', async () => {
    const { calls, batched } = held();
    const first = batched(1);
    const others = [batched(2), batched(3)];
    assert.deepEqual(
      calls.map(({ items }) => items),
      [[1]],
    );
    calls[0]?.end();
    assert.equal(await first, 10);
    assert.deepEqual(calls[1]?.items, [2, 3]);
    calls[1]?.end();
    assert.deepEqual(await Promise.all(others), [20, 30]);
    const later = batched(4);
    calls[2]?.end();
    assert.equal(await later, 40);
  });

  test('an error fails every call of its batch and no other', async () => {
    const { calls, batched } = held();
    const first = batched(1);
    const second = batched(2);
    calls[0]?.end(new Error('away'));
    await assert.rejects(first, /away/);
    calls[1]?.end();
    assert.equal(await second, 20);
  });
});
