import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Option } from '../../../sandbox/api/interactions.ts';
import type { Block } from '../../../sandbox/api/messages.ts';
import { readBlock } from '../../../sandbox/web/blocks/block-model.ts';
import { readElement } from '../../../sandbox/web/blocks/element-model.ts';
import { initialValue, storedValue, viewValues } from '../../../sandbox/web/blocks/values.ts';

const option = (value: string): Option => ({ text: { type: 'plain_text', text: value }, value });
const field = (block_id: string, element: Record<string, unknown>) =>
  readBlock(
    {
      type: 'input',
      block_id,
      label: { type: 'plain_text', text: 'L' },
      element: { action_id: 'a', ...element },
    } as unknown as Block,
    'modal',
    0,
  );

test('every element starts with what Slack keeps in view.state.values', () => {
  const starts = [
    [{ type: 'plain_text_input' }, { value: null }],
    [{ type: 'number_input', initial_value: '0' }, { value: '0' }],
    [{ type: 'static_select', initial_option: option('x') }, { selected_option: option('x') }],
    [{ type: 'external_select' }, { selected_option: null }],
    [{ type: 'multi_external_select' }, { selected_options: [] }],
    [{ type: 'users_select', initial_user: 'U1' }, { selected_user: 'U1' }],
    [{ type: 'multi_users_select' }, { selected_users: [] }],
    [{ type: 'conversations_select' }, { selected_conversation: null }],
    [{ type: 'datepicker', initial_date: '2026-11-24' }, { selected_date: '2026-11-24' }],
    [{ type: 'timepicker' }, { selected_time: null }],
    [{ type: 'checkboxes', initial_options: [option('x')] }, { selected_options: [option('x')] }],
    [{ type: 'radio_buttons' }, { selected_option: null }],
    [{ type: 'file_input' }, { file_ids: [] }],
  ] as const;
  for (const [element, value] of starts) {
    assert.deepEqual(initialValue(readElement(element)), value, element.type);
  }
});

test('a value in the workspace takes precedence over the initial value', () => {
  const element = readElement({ type: 'plain_text_input', initial_value: 'a' });
  assert.deepEqual(storedValue(element, { type: 'plain_text_input', value: 'b' }), { value: 'b' });
});

test('files that the workspace holds are known by their ids', () => {
  const element = readElement({ type: 'file_input' });
  assert.deepEqual(storedValue(element, { files: [{ id: 'F1' }, { id: 'F2' }] }), {
    file_ids: ['F1', 'F2'],
  });
});

test('a typed value takes precedence, and survives an update that keeps block and action', () => {
  const blocks = [field('name', { type: 'plain_text_input', initial_value: 'new initial' })];
  assert.deepEqual(viewValues(blocks, {}, { name: { a: { value: 'typed' } } }), {
    name: { a: { value: 'typed' } },
  });
});

test('a draft does not fit an element that has become another', () => {
  const blocks = [field('name', { type: 'static_select', initial_option: option('x') })];
  assert.deepEqual(viewValues(blocks, {}, { name: { a: { value: 'typed' } } }), {
    name: { a: { selected_option: option('x') } },
  });
});

test('values of blocks that are gone are not sent', () => {
  assert.deepEqual(viewValues([], {}, { gone: { a: { value: 'x' } } }), {});
});
