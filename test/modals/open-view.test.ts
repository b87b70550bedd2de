import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ModalView } from '@slack/types';
import { WebClient } from '@slack/web-api';
import { updateView } from '../../src/modals/open-view.ts';

const view: ModalView = { type: 'modal', title: { type: 'plain_text', text: 'Form' }, blocks: [] };
const refused = (code: string) => Object.assign(new Error(code), { data: { error: code } });

/** A Slack whose `views.update` fails with these, one after the other, and then answers. */
function failing(...errors: readonly Error[]) {
  const client = new WebClient();
  let calls = 0;
  client.views.update = async () => {
    const error = errors[calls++];
    if (error) throw error;
    return { ok: true };
  };
  return { client, calls: () => calls };
}

describe('a loading view becomes the form', () => {
  test('also when Slack’s first answer is lost', async () => {
    const { client, calls } = failing(new Error('timeout of 3000ms exceeded'));
    await updateView(client, 'V1', view);
    assert.equal(calls(), 2);
  });

  test('also when Slack is asked too often', async () => {
    const { client, calls } = failing(Object.assign(new Error('ratelimited'), { retryAfter: 0 }));
    await updateView(client, 'V1', view);
    assert.equal(calls(), 2);
  });

  test('unless somebody closed or changed it meanwhile, which is no error', async () => {
    for (const code of ['not_found', 'view_not_found', 'hash_conflict']) {
      const { client, calls } = failing(refused(code));
      await updateView(client, 'V1', view, 'hash');
      assert.equal(calls(), 1);
    }
  });

  test('and what Slack refuses is told, not tried again', async () => {
    const { client, calls } = failing(refused('invalid_arguments'));
    await assert.rejects(updateView(client, 'V1', view), /invalid_arguments/);
    assert.equal(calls(), 1);
  });

  test('and two lost answers are an error', async () => {
    const { client, calls } = failing(new Error('timeout'), new Error('timeout'));
    await assert.rejects(updateView(client, 'V1', view), /timeout/);
    assert.equal(calls(), 2);
  });
});
