import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FormState } from '../../src/modals/add-user/form-field-ids.ts';
import { createViewChanges } from '../../src/modals/add-user/view-changes.ts';

const untouched: FormState = {
  instance: 'production',
  preset: null,
  like: null,
  members: [],
  phone: 'soft',
  password: 'generate',
  more: false,
  channels: false,
  blank: false,
};

describe('quick clicks in one form', () => {
  test('are worked on one after the other, so that no expanded section is collapsed again', async () => {
    const changes = createViewChanges();
    const { promise: slow, resolve } = Promise.withResolvers<void>();
    const drawn: [string, FormState][] = [];
    const draw = (name: string, wait?: Promise<void>) => async (state: FormState) => {
      await wait;
      drawn.push([name, state]);
    };
    const more = { ...untouched, more: true };
    const first = changes.inTurn({ viewId: 'V1', at: '10.5', state: more }, draw('first', slow));
    // Slack delivers the view from before the first click.
    const second = changes.inTurn({ viewId: 'V1', at: '10.6', state: untouched }, draw('second'));
    await changes.inTurn({ viewId: 'V2', at: '10.7', state: untouched }, draw('other form'));
    resolve();
    await Promise.all([first, second]);
    assert.deepEqual(drawn, [
      ['other form', untouched],
      ['first', more],
      ['second', more],
    ]);
  });

  test('that arrive in the other order end with the choices of the newer one', async () => {
    const changes = createViewChanges();
    const drawn: FormState[] = [];
    const draw = async (state: FormState) => void drawn.push(state);
    const desk = { ...untouched, phone: 'desk' as const };
    const more = { ...untouched, more: true };
    await changes.inTurn({ viewId: 'V1', at: '1548426417.840180', state: desk }, draw);
    await changes.inTurn({ viewId: 'V1', at: '1548426417.840179', state: more }, draw);
    assert.deepEqual(drawn, [desk, { ...desk, more: true }]);
  });

  test('are worked on after an earlier click failed', async () => {
    const changes = createViewChanges();
    const failed = changes.inTurn({ viewId: 'V1', at: '1.1', state: untouched }, async () => {
      throw new Error('Slack is away');
    });
    let worked = false;
    const next = changes.inTurn({ viewId: 'V1', at: '1.2', state: untouched }, async () => {
      worked = true;
    });
    await assert.rejects(failed, /away/);
    await next;
    assert.ok(worked);
  });
});
