import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messageBlockProblems, viewProblems } from '../../../../sandbox/slack/blocks/validate.ts';

type Json = Record<string, unknown>;

const plain = { type: 'plain_text', text: 'a' };
const mrkdwn = { type: 'mrkdwn', text: 'a' };
const divider = { type: 'divider' };
const option = (value: string) => ({ text: plain, value });
const button = (more: Json = {}) => ({ type: 'button', text: plain, ...more });
const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
const input = (element: Json, more: Json = {}) => ({
  type: 'input',
  label: plain,
  element,
  ...more,
});
const modal = (blocks: unknown[], more: Json = {}) => ({
  type: 'modal',
  title: plain,
  submit: plain,
  blocks,
  ...more,
});
const home = (blocks: unknown[]) => ({ type: 'home', blocks });

/** The first problem that Slack would report for one block of a message. */
const first = (block: unknown) => messageBlockProblems([block]).at(-1);
const firstInModal = (block: unknown) => viewProblems(modal([block])).at(-1);

describe('A block', () => {
  it('is refused with a member that Block Kit does not have', () => {
    assert.equal(
      first(actions(button({ disabled: true }))),
      'invalid additional property: disabled [json-pointer:/blocks/0/elements/0]',
    );
    assert.equal(
      first({ type: 'divider', text: plain }),
      'invalid additional property: text [json-pointer:/blocks/0]',
    );
  });

  it('is refused with a member that every JavaScript object has', () => {
    const divider = JSON.parse('{"type":"divider","constructor":1,"__proto__":{}}');
    assert.equal(messageBlockProblems([divider]).length, 2);
  });

  it('is refused without a member that it needs', () => {
    assert.equal(
      first({ type: 'header' }),
      'missing required field: text [json-pointer:/blocks/0]',
    );
    assert.equal(first({ text: plain }), 'missing required field: type [json-pointer:/blocks/0]');
    assert.equal(
      first({ type: 'section' }),
      'must define either `text` or `fields` [json-pointer:/blocks/0]',
    );
  });

  it('is refused with another type of text than it takes', () => {
    assert.match(String(first({ type: 'header', text: mrkdwn })), /text\/type\]$/);
    assert.match(String(first(actions(button({ text: mrkdwn })))), /elements\/0\/text\/type\]$/);
    assert.equal(
      first({ type: 'section', text: 'a' }),
      'must provide an object [json-pointer:/blocks/0/text]',
    );
    assert.equal(first({ type: 'section', text: mrkdwn }), undefined);
  });

  it('is refused a text of nothing but white space', () => {
    const blank = { type: 'plain_text', text: ' \n\t' };
    assert.equal(
      first({ type: 'header', text: blank }),
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    );
  });

  it('names the union first and then the place, as Slack does for text objects', () => {
    const long = { type: 'mrkdwn', text: 'x'.repeat(3001) };
    assert.deepEqual(messageBlockProblems([{ type: 'section', text: long }]), [
      'failed to match all allowed schemas [json-pointer:/blocks/0/text]',
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ]);
  });

  it('is refused when it is no object at all', () => {
    for (const wrong of [null, 'divider', 7, [], [{}]]) {
      assert.match(String(first(wrong)), /json-pointer:\/blocks\/0/);
    }
  });

  it('is reported as unsupported when its type is unknown', () => {
    assert.equal(
      first({ type: 'carousell' }),
      'unsupported type: carousell [json-pointer:/blocks/0/type]',
    );
    assert.equal(
      first({ type: 'toString' }),
      'unsupported type: toString [json-pointer:/blocks/0/type]',
    );
  });
});

describe('A surface', () => {
  const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] };
  const markdown = { type: 'markdown', text: '# a' };

  it('takes tables and markdown in messages, not in modals and not on the Home tab', () => {
    for (const block of [table, markdown]) {
      assert.equal(first(block), undefined);
      assert.match(String(firstInModal(block)), /unsupported type/);
      assert.match(String(viewProblems(home([block])).at(-1)), /unsupported type/);
    }
  });

  it('takes a file input in modals only', () => {
    const file = input({ type: 'file_input' });
    assert.equal(firstInModal(file), undefined);
    assert.match(String(first(file)), /unsupported type: file_input/);
    assert.match(String(viewProblems(home([file])).at(-1)), /unsupported type: file_input/);
  });

  it('needs `submit` when it is a modal with an input', () => {
    const { submit: _submit, ...without } = modal([
      { type: 'divider' },
      input({ type: 'plain_text_input' }),
    ]);
    assert.equal(
      viewProblems(without).at(-1),
      'must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]',
    );
  });

  it('has one type, and only the members of that type, when it is a view', () => {
    assert.match(
      String(viewProblems({ ...modal([divider]), type: 'dialog' }).at(-1)),
      /view\/type\]$/,
    );
    assert.deepEqual(viewProblems(modal([divider], { submit_disabled: true })), [
      'failed to match all allowed schemas [json-pointer:/view]',
      'invalid additional property: submit_disabled [json-pointer:/view]',
    ]);
    assert.match(String(viewProblems(home([divider]), 'modal').at(-1)), /view\/type\]$/);
  });
});

describe('Ids', () => {
  it('must be unique on the surface for blocks', () => {
    const block = { type: 'divider', block_id: 'same' };
    assert.deepEqual(messageBlockProblems([block, block]), [
      '`block_id` "same" already exists [json-pointer:/blocks/1/block_id]',
    ]);
    assert.match(String(viewProblems(modal([block, block])).at(-1)), /view\/blocks\/1\/block_id/);
  });

  it('must be unique within their block for actions, and may repeat in other blocks', () => {
    const same = button({ action_id: 'go' });
    assert.deepEqual(messageBlockProblems([{ type: 'divider' }, actions(same, same)]), [
      '`action_id` "go" already exists [json-pointer:/blocks/1/elements/1/action_id]',
    ]);
    assert.deepEqual(messageBlockProblems([actions(same), actions(same)]), []);
  });
});

describe('An element', () => {
  it('is accepted only in blocks that allow it', () => {
    assert.match(
      String(first(actions({ type: 'plain_text_input' }))),
      /unsupported type: plain_text_input/,
    );
    assert.match(String(first(input(button()))), /unsupported type: button/);
    assert.match(
      String(first({ type: 'section', text: plain, accessory: { type: 'number_input' } })),
      /unsupported type: number_input/,
    );
    assert.match(
      String(first({ type: 'context', elements: [button()] })),
      /unsupported type: button/,
    );
  });

  it('can start only with an option that it offers', () => {
    const options = [option('a'), option('b')];
    const select = (more: Json) => input({ type: 'static_select', options, ...more });
    assert.equal(first(select({ initial_option: option('b') })), undefined);
    assert.match(String(first(select({ initial_option: option('c') }))), /initial_option\]$/);
    const renamed = { text: { type: 'plain_text', text: 'other' }, value: 'a' };
    assert.match(String(first(select({ initial_option: renamed }))), /initial_option\]$/);
    const boxes = { type: 'checkboxes', options, initial_options: [option('a'), option('c')] };
    assert.match(String(first(input(boxes))), /initial_options\/1\]$/);
    const grouped = {
      type: 'multi_static_select',
      option_groups: [{ label: plain, options }],
      initial_options: [option('b')],
    };
    assert.equal(first(input(grouped)), undefined);
  });

  it('offers options or groups, and not both', () => {
    const options = [option('a')];
    const groups = [{ label: plain, options }];
    const both = { type: 'static_select', options, option_groups: groups };
    assert.match(String(first(input(both))), /not both/);
    assert.match(String(first(input({ type: 'static_select' }))), /options/);
  });

  it('has numeric strings in ascending order as bounds when it is for numbers', () => {
    const number = (more: Json) => first(input({ type: 'number_input', ...more }));
    const whole = { is_decimal_allowed: false };
    assert.equal(
      number({ ...whole, min_value: '0', max_value: '9', initial_value: '5' }),
      undefined,
    );
    assert.match(String(number({})), /missing required field: is_decimal_allowed/);
    assert.match(String(number({ ...whole, min_value: 0 })), /must provide a string/);
    assert.match(String(number({ ...whole, min_value: '0.5' })), /must be an integer/);
    assert.equal(number({ is_decimal_allowed: true, min_value: '0.5' }), undefined);
    assert.match(String(number({ ...whole, min_value: '9', max_value: '0' })), /min_value\]$/);
    assert.match(
      String(number({ ...whole, max_value: '9', initial_value: '10' })),
      /initial_value/,
    );
  });

  it('has a minimum length below the maximum when it is for text', () => {
    const text = { type: 'plain_text_input', min_length: 9, max_length: 8 };
    assert.match(String(first(input(text))), /min_length\]$/);
  });

  it('needs a complete confirm dialog to ask for confirmation', () => {
    const confirm = { title: plain, text: mrkdwn, confirm: plain, deny: plain };
    assert.equal(first(actions(button({ confirm }))), undefined);
    const { deny: _deny, ...partly } = confirm;
    assert.match(
      String(first(actions(button({ confirm: partly })))),
      /missing required field: deny/,
    );
    assert.match(
      String(first(actions(button({ confirm: { ...confirm, title: mrkdwn } })))),
      /confirm\/title\/type\]$/,
    );
  });

  it('must have a known style and a valid address', () => {
    assert.match(String(first(actions(button({ style: 'green' })))), /valid enum value/);
    assert.equal(first(actions(button({ style: 'danger' }))), undefined);
    for (const url of ['example.com', 'javascript:alert(1)', 'https://a b.example']) {
      assert.match(String(first(actions(button({ url })))), /must be a valid URL/);
    }
  });

  it('may have the focus only once in a view', () => {
    const focused = () => input({ type: 'plain_text_input', focus_on_load: true });
    assert.deepEqual(viewProblems(modal([focused()])), []);
    assert.match(String(viewProblems(modal([focused(), focused()])).at(-1)), /focus_on_load/);
  });

  it('is validated up to the last style when it is rich text', () => {
    const rich = (element: Json) => ({
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [element] }],
    });
    assert.equal(first(rich({ type: 'text', text: 'a', style: { bold: true } })), undefined);
    assert.match(
      String(first(rich({ type: 'text', text: 'a', style: { bolder: true } }))),
      /invalid additional property: bolder/,
    );
    assert.match(String(first(rich({ type: 'texte', text: 'a' }))), /unsupported type: texte/);
  });
});
