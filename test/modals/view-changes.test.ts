import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  createViewChanges,
  type ExpandedSections,
} from '../../src/modals/add-user/view-changes.ts';

const nothing: ExpandedSections = { more: false, channels: false, blank: false };

describe('quick clicks in one form', () => {
  test('are worked on one after the other, so that no expanded section is collapsed again', async () => {
    const changes = createViewChanges();
    const { promise: slow, resolve } = Promise.withResolvers<void>();
    const drawn: [string, ExpandedSections][] = [];
    const draw = (name: string, wait?: Promise<void>) => async (unfolded: ExpandedSections) => {
      await wait;
      drawn.push([name, unfolded]);
    };
    const first = changes.inTurn('V1', { ...nothing, more: true }, draw('first', slow));
    // Slack delivers the view from before the first click.
    const second = changes.inTurn('V1', nothing, draw('second'));
    await changes.inTurn('V2', nothing, draw('other form'));
    resolve();
    await Promise.all([first, second]);
    assert.deepEqual(drawn, [
      ['other form', nothing],
      ['first', { ...nothing, more: true }],
      ['second', { ...nothing, more: true }],
    ]);
  });

  test('are worked on after an earlier click failed', async () => {
    const changes = createViewChanges();
    const failed = changes.inTurn('V1', nothing, async () => {
      throw new Error('Slack is away');
    });
    let worked = false;
    const next = changes.inTurn('V1', nothing, async () => {
      worked = true;
    });
    await assert.rejects(failed, /away/);
    await next;
    assert.ok(worked);
  });
});
