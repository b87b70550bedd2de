import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Claim, mostUrgent, urgency } from '../../src/pacing/turn-order.ts';

type Simulated = { readonly name: string; readonly rows: number; readonly arrives: number };

/** Gives one slot per second to the most urgent request, and returns which request got each slot. */
function simulate(requests: readonly Simulated[], slots: number): string[] {
  const state = requests.map((request) => ({
    ...request,
    left: request.rows,
    since: request.arrives,
  }));
  const order: string[] = [];
  for (let slot = 0; slot < slots; slot++) {
    const now = slot * 1000;
    const claims = state
      .filter(({ left, arrives }) => left > 0 && arrives <= now)
      .map((request) => ({ waitedMs: now - request.since, left: request.left, request }));
    const chosen = mostUrgent(claims)?.request;
    if (!chosen) continue;
    chosen.left--;
    chosen.since = now;
    order.push(chosen.name);
  }
  return order;
}

describe('the next slot', () => {
  test('is given to nobody when nobody waits, and to the first of two equal requests', () => {
    assert.equal(mostUrgent([]), undefined);
    const alike: (Claim & { name: string })[] = [
      { name: 'first', waitedMs: 10, left: 3 },
      { name: 'second', waitedMs: 10, left: 3 },
    ];
    assert.equal(mostUrgent(alike)?.name, 'first');
  });

  test('is given to a request for one user within two slots, among fifty files of a thousand rows', () => {
    const files = Array.from({ length: 50 }, (_, file) => ({
      name: `file ${file}`,
      rows: 1_000,
      arrives: 0,
    }));
    const hires = Array.from({ length: 20 }, (_, hire) => ({
      name: `hire ${hire}`,
      rows: 1,
      arrives: (60 + hire * 5) * 1000,
    }));
    const order = simulate([...files, ...hires], 400);
    for (const { name, arrives } of hires) {
      const place = order.indexOf(name) - arrives / 1000;
      assert.ok(place >= 0 && place <= 2, `${name} waited for ${place} slots`);
    }
    for (const { name } of files) {
      const got = order.filter((served) => served === name).length;
      assert.ok(got >= 6, `${name} got ${got} of 400 slots`);
    }
  });

  test('is given to every request, however many smaller ones arrive', () => {
    // A new hire for each slot uses the whole pace, so the file gets slots only because of its waiting time.
    const hires = Array.from({ length: 3_000 }, (_, hire) => ({
      name: 'hire',
      rows: 1,
      arrives: hire * 1000,
    }));
    const order = simulate([{ name: 'file', rows: 1_000, arrives: 0 }, ...hires], 3_000);
    const got = order.filter((name) => name === 'file').length;
    assert.ok(got >= 5, `the file got ${got} of 3000 slots`);
  });

  test('is given to the smaller of two requests that waited equally long, and to the older of two equally large requests', () => {
    const natural = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(natural, natural, natural, (waitedMs, left, more) => {
        assert.ok(urgency({ waitedMs, left }) >= urgency({ waitedMs, left: left + more }));
        assert.ok(urgency({ waitedMs: waitedMs + more, left }) > urgency({ waitedMs, left }));
      }),
    );
  });
});
