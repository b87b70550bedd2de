import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deliveryIdOf } from '../../src/slack/delivery-id.ts';

describe('the id of a delivery', () => {
  const cases = [
    [{ type: 'event_callback', event_id: 'Ev1' }, 'event Ev1'],
    [{ type: 'view_submission', view: { id: 'V1' }, trigger_id: 't' }, 'view_submission V1'],
    [
      { type: 'block_actions', view: { id: 'V1' }, actions: [{ action_ts: '17.5' }] },
      'block_actions 17.5',
    ],
    [{ type: 'block_actions', actions: [null] }, 'block_actions'],
    [{}, 'delivery'],
  ] as const;
  for (const [body, id] of cases) {
    test(`of ${JSON.stringify(body)} is ${id}`, () => assert.equal(deliveryIdOf({ ...body }), id));
  }

  test('is the same each time for a command, and does not include the trigger', () => {
    const body = { command: '/connect-add-user', trigger_id: '1337.42.secret' };
    assert.match(deliveryIdOf(body), /^command [0-9a-f]{12}$/);
    assert.equal(deliveryIdOf(body), deliveryIdOf({ ...body }));
    assert.notEqual(deliveryIdOf(body), deliveryIdOf({ ...body, trigger_id: 'another' }));
  });
});
