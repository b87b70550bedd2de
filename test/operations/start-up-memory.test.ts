import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { giveBackStartUpMemory } from '../../src/operations/start-up-memory.ts';

test('unreferenced memory is collected a few seconds after the start, and not before', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const garbage = new WeakRef({ left: 'behind' });
  giveBackStartUpMemory();
  await nextTurn();
  t.mock.timers.tick(4_000);
  await nextTurn();
  assert.ok(garbage.deref(), 'not while the bot is still busy starting');

  // Reading it keeps it alive until the end of this turn of the event loop.
  await nextTurn();
  t.mock.timers.tick(1_000);
  await nextTurn();
  assert.equal(garbage.deref(), undefined);
});
