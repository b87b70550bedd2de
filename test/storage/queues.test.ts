import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOf, type NewJob } from '../../src/storage/queues.ts';

const click = (personId: string, kind: 'pause' | 'resume', requestId = 1042): NewJob => ({
  queue: 'decide',
  data: { requestId, personId, channel: 'C0REQUESTS', what: { kind } },
});

test('a repeated click is merged with the first, and clicks of other people are not', () => {
  const first = keyOf(click('U0TARA', 'pause'));
  assert.equal(keyOf(click('U0TARA', 'pause')), first);
  const others = [
    click('U0ARI', 'pause'),
    click('U0TARA', 'resume'),
    click('U0TARA', 'pause', 1043),
  ];
  assert.equal(new Set([first, ...others.map(keyOf)]).size, 4);
});

test('jobs of a request share a key, except the job that expires it', () => {
  const data = { requestId: 1042 };
  assert.equal(keyOf({ queue: 'publish', data }), '1042');
  assert.equal(keyOf({ queue: 'publish', data, singletonKey: 'other' }), 'other');
  assert.equal(keyOf({ queue: 'expire', data }), undefined);
});
