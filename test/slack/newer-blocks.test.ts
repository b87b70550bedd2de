/**
 * A workspace that does not support the newer blocks gets older ones, and the newer ones are tried again after a day.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { KnownBlock } from '@slack/types';
import { WebAPIPlatformError } from '@slack/web-api';
import { warning } from '../../src/messages/newer-blocks.ts';
import { createNewerBlocks } from '../../src/slack/posts/send-newer-blocks.ts';
import { log } from '../services.ts';

const alert = warning('quota', 'The quota is used up.');
const dayMs = 24 * 3_600_000;

/** A workspace that refuses these types of blocks. */
function workspaceWithout(...refused: string[]) {
  let nowMs = Date.now();
  const newerBlocks = createNewerBlocks({ now: () => new Date(nowMs), log });
  const tried: string[] = [];
  const send = (block: KnownBlock, code = 'invalid_blocks') =>
    newerBlocks.send([block], async ([sent]) => {
      const type = sent?.type ?? '';
      tried.push(type);
      if (refused.includes(type)) throw new WebAPIPlatformError({ ok: false, error: code });
      return type;
    });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { send, tried, pass };
}

describe('newer blocks', () => {
  test('are sent once where the workspace knows them', async () => {
    const { send, tried } = workspaceWithout();
    assert.equal(await send(alert), 'alert');
    assert.deepEqual(tried, ['alert']);
  });

  test('are replaced when Slack refuses them in a message or a view, and not tried for a day', async () => {
    for (const code of ['invalid_blocks', 'invalid_arguments']) {
      const { send, tried, pass } = workspaceWithout('alert');
      assert.equal(await send(alert, code), 'context');
      assert.equal(await send(alert, code), 'context');
      assert.deepEqual(tried, ['alert', 'context', 'context']);
      pass(dayMs);
      await send(alert, code);
      assert.deepEqual(tried.slice(3), ['alert', 'context']);
    }
  });

  test('are not taken for unknown when the older blocks are refused as well', async () => {
    const { send, tried } = workspaceWithout('alert', 'context');
    await assert.rejects(send(alert), /invalid_blocks/);
    await assert.rejects(send(alert), /invalid_blocks/);
    assert.deepEqual(tried, ['alert', 'context', 'alert', 'context']);
  });

  test('are not replaced for any other refusal, and a message without them is sent once', async () => {
    const { send, tried } = workspaceWithout('alert', 'divider');
    await assert.rejects(send(alert, 'not_in_channel'), /not_in_channel/);
    await assert.rejects(send({ type: 'divider' }), /invalid_blocks/);
    assert.deepEqual(tried, ['alert', 'divider']);
  });
});
