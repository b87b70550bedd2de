import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  fullBucket,
  lowerRate,
  type PaceSettings,
  type PaceState,
  rateAt,
  takeSlots,
} from '../../src/pacing/token-bucket.ts';

const connect = { ratePerSecond: 2, burst: 5 };

/** A caller that sends whenever the pace allows it, with its own clock; `second` is its current time. */
function caller(settings: PaceSettings) {
  let state: PaceState = fullBucket(0);
  return {
    /** The time of the next slot in seconds, and its epoch. */
    next(atSecond: number) {
      const taken = takeSlots(state, settings, atSecond * 1000, 1);
      state = taken.state;
      return { second: atSecond + taken.slots.waitMs / 1000, epoch: taken.slots.epoch };
    },
    throttled(atSecond: number, epoch: number) {
      state = lowerRate(state, settings, atSecond * 1000, epoch);
    },
    rate: (atSecond: number) => rateAt(state, settings, atSecond * 1000),
  };
}

/** An independent model of Amazon's token bucket, shared with another caller that retries until it succeeds. */
function bucket(
  { ratePerSecond, burst }: PaceSettings,
  othersPerSecond: (second: number) => number,
) {
  let level = burst;
  let at = 0;
  let wanted = 0;
  let others = 0;
  const step = 0.05;
  return {
    take(second: number): boolean {
      for (; at < second; at = Math.min(second, at + step)) {
        const passed = Math.min(step, second - at);
        level = Math.min(burst, level + passed * ratePerSecond);
        wanted += passed * othersPerSecond(at);
        if (wanted >= 1 && level >= 1) {
          wanted -= 1;
          level -= 1;
          others += 1;
        }
      }
      if (level < 1) return false;
      level -= 1;
      return true;
    },
    others: () => others,
  };
}

/** Sends until `rows` calls have succeeded; each answer takes a quarter of a second. */
function sendAll(rows: number, othersPerSecond: (second: number) => number) {
  const amazon = bucket(connect, othersPerSecond);
  const us = caller(connect);
  const refusals: { at: number; epoch: number }[] = [];
  const through: number[] = [];
  let second = 0;
  let throttled = 0;
  while (through.length < rows) {
    const slot = us.next(second);
    for (const refusal of refusals.splice(0)) {
      if (refusal.at <= slot.second) us.throttled(refusal.at, refusal.epoch);
      else refusals.push(refusal);
    }
    second = slot.second;
    if (amazon.take(second)) {
      through.push(second);
    } else {
      throttled += 1;
      refusals.push({ at: second + 0.25, epoch: slot.epoch });
    }
  }
  const left = connect.ratePerSecond - amazon.others() / second;
  const ratio = second / ((rows - connect.burst) / left);
  return { second, through, ratio, throttledShare: throttled / (rows + throttled), us };
}

describe('slots', () => {
  test('a caller that is alone is never throttled and loses less than 1 % of the rate', () => {
    const { ratio, throttledShare } = sendAll(120, () => 0);
    assert.equal(throttledShare, 0);
    assert.ok(ratio < 1.01, `${ratio}`);
  });

  test('a caller that finds half of the bucket used takes the rest, and few calls are throttled', () => {
    const { ratio, throttledShare } = sendAll(120, () => 1);
    assert.ok(ratio < 1.05, `ratio ${ratio}`);
    assert.ok(throttledShare <= 0.05, `throttled ${throttledShare}`);
  });

  test('the rate that others leave is used, whatever their share', () => {
    for (const others of [0.5, 0.9, 1, 1.1, 1.5]) {
      const { ratio, throttledShare } = sendAll(120, () => others);
      assert.ok(ratio < 1.08, `others ${others}: ratio ${ratio}`);
      assert.ok(throttledShare <= 0.12, `others ${others}: throttled ${throttledShare}`);
    }
  });

  test('the full rate is restored when the other caller has stopped', () => {
    const { through } = sendAll(500, (second) => (second < 120 ? 1 : 0));
    const inMinute = (from: number) =>
      through.filter((second) => second >= from && second < from + 60).length;
    assert.ok(inMinute(60) < 75, `${inMinute(60)} while it was shared`);
    const end = through.at(-1) ?? 0;
    const late = through.filter((second) => second > end - 30).length;
    assert.ok(late >= 55, `${late} in the last half minute`);
  });

  test('however little was left, the whole rate is back within five minutes', () => {
    const us = caller(connect);
    // A minute in which almost every call is throttled.
    for (let second = 0; second < 60; ) {
      const slot = us.next(second);
      second = slot.second;
      us.throttled(second, slot.epoch);
    }
    assert.ok(us.rate(60) < 0.3, `${us.rate(60)}`);
    let second = 60;
    for (const end = 60 + 300; second < end; ) second = us.next(second).second + 0.001;
    assert.equal(us.rate(second), 2);
  });

  test('one throttled call does not change the rate', () => {
    const us = caller(connect);
    us.throttled(1, us.next(0).epoch);
    assert.equal(us.rate(1), 2);
    us.throttled(60, us.next(60).epoch);
    assert.equal(us.rate(60), 2);
  });

  test('a second throttled call soon after lowers the rate by a third', () => {
    const us = caller(connect);
    us.throttled(1, us.next(0).epoch);
    us.throttled(3, us.next(3).epoch);
    assert.ok(us.rate(3) < 1.5, `${us.rate(3)}`);
  });

  test('never go faster than the settings, whatever happens', () => {
    const event = fc.record({
      afterMs: fc.integer({ min: 0, max: 20_000 }),
      count: fc.integer({ min: 1, max: 5 }),
      throttled: fc.boolean(),
      clockBackMs: fc.constantFrom(0, 0, 0, 3_600_000),
    });
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1000, noNaN: true }),
        fc.integer({ min: 1, max: 100 }),
        fc.array(event, { maxLength: 60 }),
        (ratePerSecond, burst, events) => {
          const settings = { ratePerSecond, burst };
          let state = fullBucket(0);
          let wall = 0;
          // The level of Amazon's bucket, measured by a monotonic clock.
          let elapsed = 0;
          let level = burst;
          let filledAt = 0;
          for (const { afterMs, count, throttled, clockBackMs } of events) {
            wall += afterMs - clockBackMs;
            elapsed += afterMs;
            const { state: next, slots } = takeSlots(state, settings, wall, count);
            state = next;
            assert.ok(slots.count >= 1 && slots.count <= count);
            const sentAt = Math.max(elapsed + slots.waitMs, filledAt);
            level = Math.min(burst, level + ((sentAt - filledAt) / 1000) * ratePerSecond);
            filledAt = sentAt;
            level -= slots.count;
            assert.ok(level > -1e-6, `${level} tokens left in the bucket`);
            if (throttled) state = lowerRate(state, settings, wall, slots.epoch);
            const rate = rateAt(state, settings, wall);
            assert.ok(rate > 0 && rate <= ratePerSecond);
          }
        },
      ),
    );
  });

  test('a clock that was set back delays no call', () => {
    const before = takeSlots(fullBucket(1_000_000), connect, 1_000_000, 5);
    const after = takeSlots(before.state, connect, 0, 1);
    assert.ok(after.slots.waitMs <= 750, `${after.slots.waitMs}`);
  });
});
