import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Block } from '../../../sandbox/api/messages.ts';
import { readBlock } from '../../../sandbox/web/blocks/block-model.ts';
import { readElement } from '../../../sandbox/web/blocks/element-model.ts';
import { readRichText } from '../../../sandbox/web/blocks/rich-text-model.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(value), value });
const input = (element: unknown) =>
  ({ type: 'input', block_id: 'b', label: plain('Label'), element }) as unknown as Block;

describe('a block that cannot be drawn is an error, never left out', () => {
  const cases: [string, Record<string, unknown>, RegExp][] = [
    ['an unknown type', { type: 'carousel', elements: [] }, /cannot draw/],
    ['a section of nothing', { type: 'section' }, /text or fields/],
    ['a header without text', { type: 'header' }, /needs text/],
    ['an input in a message', { ...input({ type: 'plain_text_input' }) }, /no input block/],
  ];
  for (const [what, block, problem] of cases) {
    test(what, () => {
      const model = readBlock(block as Block, 'message', 0);
      assert.equal(model.kind, 'unknown');
      assert.match(model.problem, problem);
    });
  }

  test('tables and markdown outside of messages', () => {
    for (const block of [
      { type: 'table', rows: [] },
      { type: 'data_table', rows: [], caption: 'x' },
      { type: 'markdown', text: 'x' },
    ]) {
      assert.equal(readBlock(block as unknown as Block, 'modal', 0).kind, 'unknown');
      assert.equal(readBlock(block as unknown as Block, 'home', 0).kind, 'unknown');
      assert.notEqual(readBlock(block as unknown as Block, 'message', 0).kind, 'unknown');
    }
  });

  test('an alert outside of modals', () => {
    const block = { type: 'alert', text: plain('x') } as unknown as Block;
    assert.equal(readBlock(block, 'modal', 0).kind, 'alert');
    assert.equal(readBlock(block, 'home', 0).kind, 'unknown');
    assert.equal(readBlock(block, 'message', 0).kind, 'unknown');
  });

  test('an unknown element keeps its place in the block', () => {
    const block = { type: 'actions', elements: [{ type: 'workflow_button' }] } as unknown as Block;
    const model = readBlock(block, 'message', 0);
    assert.equal(model.kind, 'actions');
    assert.equal(model.elements[0]?.kind, 'unknown');
  });
});

test('a block without block_id is named by its place', () => {
  assert.equal(readBlock({ type: 'divider' }, 'message', 3).blockId, 'block-3');
});

test('every element that the bot could use is known', () => {
  const types = [
    ['button', 'button'],
    ['plain_text_input', 'text'],
    ['email_text_input', 'text'],
    ['url_text_input', 'text'],
    ['number_input', 'text'],
    ['checkboxes', 'choices'],
    ['radio_buttons', 'choices'],
    ['static_select', 'select'],
    ['multi_static_select', 'select'],
    ['external_select', 'select'],
    ['multi_external_select', 'select'],
    ['users_select', 'select'],
    ['multi_users_select', 'select'],
    ['conversations_select', 'select'],
    ['datepicker', 'date'],
    ['timepicker', 'time'],
    ['file_input', 'file'],
    ['overflow', 'overflow'],
    ['image', 'image'],
  ] as const;
  for (const [type, kind] of types) {
    assert.equal(readElement({ type, text: plain('x'), options: [option('a')] }).kind, kind, type);
  }
});

test('a select reads its groups, its initial option and its limits', () => {
  const element = readElement({
    type: 'multi_static_select',
    action_id: 'a',
    option_groups: [{ label: plain('G'), options: [option('x'), option('y')] }],
    initial_options: [option('y')],
    max_selected_items: 2,
  });
  assert.ok(element.kind === 'select' && element.many);
  assert.deepEqual(
    element.groups.map((group) => [group.label, group.options.map((option) => option.value)]),
    [['G', ['x', 'y']]],
  );
  assert.deepEqual(element.initial, [option('y')]);
  assert.equal(element.maxSelected, 2);
});

test('an external select searches from three characters on unless it sets another minimum', () => {
  const standard = readElement({ type: 'external_select' });
  const eager = readElement({ type: 'external_select', min_query_length: 0 });
  assert.equal(standard.kind === 'select' && standard.minQueryLength, 3);
  assert.equal(eager.kind === 'select' && eager.minQueryLength, 0);
});

test('a confirm dialog is read with Slack’s words where it has none of its own', () => {
  const { confirm } = readElement({
    type: 'button',
    text: plain('x'),
    confirm: { text: plain('?') },
  });
  assert.deepEqual(
    [confirm?.title, confirm?.confirm, confirm?.deny, confirm?.danger],
    ['Are you sure?', 'Yes', 'Cancel', false],
  );
});

test('whatever arrives is read without throwing', () => {
  const types = fc.constantFrom(
    'section',
    'input',
    'actions',
    'context',
    'table',
    'rich_text',
    'image',
  );
  const block = fc.record(
    {
      type: types,
      text: fc.anything(),
      fields: fc.anything(),
      elements: fc.anything(),
      element: fc.anything(),
      label: fc.anything(),
      accessory: fc.anything(),
      rows: fc.anything(),
      column_settings: fc.anything(),
    },
    { requiredKeys: ['type'] },
  );
  fc.assert(
    fc.property(block, fc.constantFrom('message', 'modal', 'home'), (raw, surface) => {
      const model = readBlock(raw as unknown as Block, surface, 0);
      if (model.kind === 'rich_text') readRichText(model.raw);
      assert.ok(model.kind);
    }),
  );
});

test('rich text becomes the nodes that mrkdwn becomes, and says what it cannot show', () => {
  const nodes = readRichText({
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'a', style: { bold: true, code: true } },
          { type: 'user', user_id: 'U1' },
          { type: 'link', url: 'javascript:x', text: 'no' },
          { type: 'color', value: '#fff' },
        ],
      },
      {
        type: 'rich_text_list',
        style: 'ordered',
        offset: 2,
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'i' }] }],
      },
    ],
  });
  assert.deepEqual(nodes, [
    {
      kind: 'paragraph',
      children: [
        { kind: 'bold', children: [{ kind: 'code', children: [{ kind: 'text', text: 'a' }] }] },
        { kind: 'user', id: 'U1', label: null },
        { kind: 'text', text: 'no' },
        { kind: 'text', text: '[cannot show rich text of type color]' },
      ],
    },
    { kind: 'list', ordered: true, start: 3, indent: 0, items: [[{ kind: 'text', text: 'i' }]] },
  ]);
});
