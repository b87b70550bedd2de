/**
 * The newer blocks are accepted as Slack accepts them, and refused where a workspace does not support them. They can
 * also be validated without being sent.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestSandbox, type TestSandbox } from './harness.ts';

const channel = 'C0REQUESTS';
const plain = (text: string) => ({ type: 'plain_text', text });
const cell = (text: string) => ({ type: 'raw_text', text });
const table = { type: 'data_table', caption: 'Two', rows: [[cell('Row')], [cell('4')]] };
const alert = { type: 'alert', text: plain('The quota is used up.'), level: 'warning' };
const modal = { type: 'modal', title: plain('a'), blocks: [alert] };

describe('The newer blocks', () => {
  let sandbox: TestSandbox;
  before(async () => {
    sandbox = await startTestSandbox({ rateLimits: false });
  });
  after(() => sandbox.stop());

  const post = () =>
    sandbox.api('chat.postMessage', { channel, text: 'a', blocks: [{ type: 'divider' }, table] });

  it('are refused with their place while the workspace does not know them', async () => {
    await sandbox.call('POST', '/faults', { on: 'slack', kind: 'older-blocks', times: 3 });
    const message = await post();
    assert.equal(message.error, 'invalid_blocks');
    assert.deepEqual(message.response_metadata.messages, [
      '[ERROR] unsupported type: data_table [json-pointer:/blocks/1/type]',
    ]);
    const view = await sandbox.api('views.open', { trigger_id: 'a', view: modal });
    assert.equal(view.error, 'invalid_arguments');
    const validated = await sandbox.api('blocks.validate', { view: modal });
    assert.equal(validated.error, 'invalid_view');
    // A message without newer blocks does not use up the fault; the next message with one is accepted again.
    assert.equal((await post()).ok, true);
  });

  it('are validated without being sent, with the place of what is wrong', async () => {
    assert.equal((await sandbox.api('blocks.validate', { blocks: [table] })).ok, true);
    assert.equal((await sandbox.api('blocks.validate', { view: modal })).ok, true);
    const wrong = await sandbox.api('blocks.validate', { message: { blocks: [alert] } });
    assert.equal(wrong.error, 'invalid_message');
    assert.deepEqual(wrong.errors, [
      { pointer: '/blocks/0/type', code: 'failed_constraint', message: 'unsupported type: alert' },
    ]);
    const both = await sandbox.api('blocks.validate', { blocks: [table], view: modal });
    assert.equal(both.error, 'invalid_arguments');
  });
});
