import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startStopwatch } from '../../src/operations/stopwatch.ts';

/** Clocks that the test controls. */
function fakeClocks() {
  const at = { monotonic: 1_000, uptime: 500_000, wall: 1_700_000_000_000 };
  return {
    at,
    clocks: { monotonic: () => at.monotonic, uptime: () => at.uptime, wall: () => at.wall },
    pass(ms: number) {
      at.monotonic += ms;
      at.uptime += ms;
      at.wall += ms;
    },
  };
}

describe('the time since a mark', () => {
  test('is what every clock says while the machine runs', () => {
    const { clocks, pass } = fakeClocks();
    const watch = startStopwatch(clocks);
    pass(3_000);
    assert.deepEqual([watch.elapsedMs(), watch.isInDoubt()], [3_000, false]);
  });

  test('counts the time in which the machine was suspended', () => {
    const { at, clocks, pass } = fakeClocks();
    const watch = startStopwatch(clocks);
    pass(100);
    at.uptime += 60_000;
    at.wall += 60_000;
    assert.deepEqual([watch.elapsedMs(), watch.isInDoubt()], [60_100, false]);
  });

  for (const ms of [-86_400_000, 86_400_000]) {
    test(`is in doubt when the wall clock jumps by ${ms / 3_600_000} hours`, () => {
      const { at, clocks, pass } = fakeClocks();
      const watch = startStopwatch(clocks);
      pass(50);
      at.wall += ms;
      assert.deepEqual([watch.elapsedMs(), watch.isInDoubt()], [50, true]);
    });
  }

  test('is the machine’s own by default', () => {
    const watch = startStopwatch();
    assert.ok(watch.elapsedMs() >= 0 && watch.elapsedMs() < 5_000);
    assert.equal(watch.isInDoubt(), false);
  });
});
