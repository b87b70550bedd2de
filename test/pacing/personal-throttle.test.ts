import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPersonalThrottle } from '../../src/pacing/personal-throttle.ts';

test('of what one person wants at once a few have their turn, and of the others only the latest, later', async () => {
  const { wait } = createPersonalThrottle({ burst: 3, everyMs: 50 });
  const began = performance.now();
  const all = await Promise.all(Array.from({ length: 40 }, () => wait('U0TARA')));
  const granted = all.flatMap((isGranted, at) => (isGranted ? [at] : []));
  assert.deepEqual(granted, [0, 1, 2, 39]);
  assert.ok(performance.now() - began >= 49);
});

test('what one person has used up is there for others', async () => {
  const { wait } = createPersonalThrottle({ burst: 1, everyMs: 50 });
  assert.equal(await wait('U0TARA'), true);
  const second = wait('U0TARA');
  assert.equal(await Promise.race([second, wait('U0SAM').then(() => 'Sam')]), 'Sam');
  assert.equal(await second, true);
});
