import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ModalView } from '@slack/types';
import { WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import { openView, updateView } from '../../src/modals/open-view.ts';
import { createNewerBlocks } from '../../src/slack/posts/send-newer-blocks.ts';
import { log } from '../services.ts';

const newerBlocks = createNewerBlocks({ now: () => new Date(), log });

const view: ModalView = { type: 'modal', title: { type: 'plain_text', text: 'Form' }, blocks: [] };
const refused = (code: string) => new WebAPIPlatformError({ ok: false, error: code });

/** A Slack whose `views.update` fails with these errors in sequence, and then succeeds. */
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
  test('replaces the loading view when Slack’s first answer is lost', async () => {
    const { client, calls } = failing(new Error('timeout of 3000ms exceeded'));
    await updateView({ client, newerBlocks }, 'V1', view);
    assert.equal(calls(), 2);
  });

  test('replaces the loading view when Slack limits the rate', async () => {
    const { client, calls } = failing(new WebAPIRateLimitedError(0));
    await updateView({ client, newerBlocks }, 'V1', view);
    assert.equal(calls(), 2);
  });

  test('replaces the loading view when Slack itself failed once', async () => {
    const { client, calls } = failing(refused('internal_error'));
    await updateView({ client, newerBlocks }, 'V1', view);
    assert.equal(calls(), 2);
  });

  test('replaces a view that has changed since, without the old hash', async () => {
    const { client, calls } = failing(refused('hash_conflict'));
    await updateView({ client, newerBlocks }, 'V1', view, 'old');
    assert.equal(calls(), 2);
  });

  test('does not report a view that the person has closed as an error', async () => {
    for (const code of ['not_found', 'view_not_found']) {
      const { client, calls } = failing(refused(code));
      await updateView({ client, newerBlocks }, 'V1', view, 'hash');
      assert.equal(calls(), 1);
    }
  });

  test('reports what Slack refuses, and does not try it again', async () => {
    const { client, calls } = failing(refused('invalid_arguments'));
    await assert.rejects(updateView({ client, newerBlocks }, 'V1', view), /invalid_arguments/);
    assert.equal(calls(), 1);
  });

  test('reports an error after two lost answers', async () => {
    const { client, calls } = failing(new Error('timeout'), new Error('timeout'));
    await assert.rejects(updateView({ client, newerBlocks }, 'V1', view), /timeout/);
    assert.equal(calls(), 2);
  });
});

describe('a loading view whose form cannot be made', () => {
  test('is replaced by a view with the error and its reference in the log', async () => {
    const client = new WebClient();
    const shown: string[] = [];
    client.views.open = async () => ({ ok: true, view: { id: 'V1' } });
    client.views.update = async (call) => {
      shown.push(JSON.stringify(call));
      return { ok: true };
    };
    const opening = { client, newerBlocks, log, triggerId: 'T1', tooLate: async () => {} };
    const load = async (): Promise<ModalView> => {
      throw new Error('no such group');
    };
    await openView(opening, { title: 'Form', meanwhile: 'One moment …', load });
    assert.equal(shown.length, 1);
    assert.match(shown[0] ?? '', /unexpected.*reference: [0-9a-f]{8}/);
  });
});
