/**
 * Every limit of length and count: a value at the limit is accepted, and one beyond it is refused with its location.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messageBlockProblems, viewProblems } from '../../../../sandbox/slack/blocks/validate.ts';
import { type LimitName, limits } from '../../../../sandbox/slack/limits.ts';

type Json = Record<string, unknown>;

const x = (length: number) => 'x'.repeat(length);
const plain = (length: number) => ({ type: 'plain_text', text: x(length) });
const label = plain(1);
const list = <Item>(length: number, item: (at: number) => Item) =>
  Array.from({ length }, (_, at) => item(at));
const url = (length: number) => `https://a.example/${x(length - 'https://a.example/'.length)}`;
const option = (at: number) => ({ text: plain(1), value: `v${at}` });
const button = (more: Json = {}) => ({ type: 'button', text: plain(1), ...more });
const section = (accessory: Json) => ({ type: 'section', text: label, accessory });
const actions = (...elements: Json[]) => ({ type: 'actions', elements });
const input = (element: Json, more: Json = {}) => ({ type: 'input', label, element, ...more });
const select = (more: Json) => ({ type: 'static_select', ...more });
const modal = (more: Json) => ({
  type: 'modal',
  title: label,
  submit: label,
  blocks: [{ type: 'divider' }],
  ...more,
});
const confirm = (more: Json) =>
  button({ confirm: { title: label, text: label, confirm: label, deny: label, ...more } });
const image = (more: Json) => ({
  type: 'image',
  image_url: 'https://a.example/a.png',
  alt_text: 'a',
  ...more,
});
const video = (more: Json) => ({
  type: 'video',
  alt_text: 'a',
  title: label,
  thumbnail_url: 'https://a.example/a.png',
  video_url: 'https://a.example/a',
  ...more,
});
const cell = { type: 'raw_text', text: 'a' };
const dataTable = (more: Json) => ({
  type: 'data_table',
  caption: 'a',
  rows: [[cell], [cell]],
  ...more,
});

type Case = {
  /** The location in the error. */
  at: string;
  /** A block that has `size` of the limited items. */
  block?: (size: number) => Json;
  /** Alternatively all blocks of a message, or a whole view. */
  blocks?: (size: number) => Json[];
  view?: (size: number) => Json;
  /** The minimum cannot be tested, because a single character is not a valid address. */
  noMinimum?: boolean;
};

/** Limits that concern more than the shape of blocks and views; limits.behaviour.test.ts tests them. */
export type Behaviour =
  | 'viewBytes'
  | 'viewStackDepth'
  | 'messageText'
  | 'notificationText'
  | 'updateText'
  | 'messageBlocksText'
  | 'metadataBytes'
  | 'tablesPerMessage'
  | 'suggestions'
  | 'fileInputBytes'
  | 'triggerMs'
  | 'ackMs'
  | 'responseUrlUses'
  | 'responseUrlMs'
  | 'sockets'
  | 'socketUrlMs'
  | 'commandText'
  | 'pageSize'
  | 'uploadBytes';

const cases: Record<Exclude<LimitName, Behaviour>, Case> = {
  blocksPerMessage: { at: '/blocks', blocks: (n) => list(n, () => ({ type: 'divider' })) },
  blocksPerView: {
    at: '/view/blocks',
    view: (n) => modal({ blocks: list(n, () => ({ type: 'divider' })) }),
  },
  viewTitle: { at: '/view/title/text', view: (n) => modal({ title: plain(n) }) },
  viewSubmit: { at: '/view/submit/text', view: (n) => modal({ submit: plain(n) }) },
  viewClose: { at: '/view/close/text', view: (n) => modal({ close: plain(n) }) },
  callbackId: { at: '/view/callback_id', view: (n) => modal({ callback_id: x(n) }) },
  externalId: { at: '/view/external_id', view: (n) => modal({ external_id: x(n) }) },
  privateMetadata: { at: '/view/private_metadata', view: (n) => modal({ private_metadata: x(n) }) },

  blockId: { at: '/blocks/0/block_id', block: (n) => ({ type: 'divider', block_id: x(n) }) },
  actionId: {
    at: '/blocks/0/elements/0/action_id',
    block: (n) => actions(button({ action_id: x(n) })),
  },
  sectionText: { at: '/blocks/0/text/text', block: (n) => ({ type: 'section', text: plain(n) }) },
  sectionFields: {
    at: '/blocks/0/fields',
    block: (n) => ({ type: 'section', fields: list(n, () => label) }),
  },
  sectionFieldText: {
    at: '/blocks/0/fields/0/text',
    block: (n) => ({ type: 'section', fields: [plain(n)] }),
  },
  headerText: { at: '/blocks/0/text/text', block: (n) => ({ type: 'header', text: plain(n) }) },
  contextElements: {
    at: '/blocks/0/elements',
    block: (n) => ({ type: 'context', elements: list(n, () => label) }),
  },
  contextText: {
    at: '/blocks/0/elements/0/text',
    block: (n) => ({ type: 'context', elements: [{ type: 'mrkdwn', text: x(n) }] }),
  },
  actionsElements: { at: '/blocks/0/elements', block: (n) => actions(...list(n, () => button())) },
  inputLabel: {
    at: '/blocks/0/label/text',
    block: (n) => input({ type: 'plain_text_input' }, { label: plain(n) }),
  },
  inputHint: {
    at: '/blocks/0/hint/text',
    block: (n) => input({ type: 'plain_text_input' }, { hint: plain(n) }),
  },
  imageUrl: {
    at: '/blocks/0/image_url',
    block: (n) => image({ image_url: url(n) }),
    noMinimum: true,
  },
  imageAlt: { at: '/blocks/0/alt_text', block: (n) => image({ alt_text: x(n) }) },
  imageTitle: { at: '/blocks/0/title/text', block: (n) => image({ title: plain(n) }) },
  videoTitle: { at: '/blocks/0/title/text', block: (n) => video({ title: plain(n) }) },
  videoDescription: {
    at: '/blocks/0/description/text',
    block: (n) => video({ description: plain(n) }),
  },
  videoAuthor: { at: '/blocks/0/author_name', block: (n) => video({ author_name: x(n) }) },
  markdownText: { at: '/blocks/0/text', block: (n) => ({ type: 'markdown', text: x(n) }) },
  tableRows: {
    at: '/blocks/0/rows',
    block: (n) => ({ type: 'table', rows: list(n, () => [cell]) }),
  },
  tableCells: {
    at: '/blocks/0/rows/0',
    block: (n) => ({ type: 'table', rows: [list(n, () => cell)] }),
  },

  dataTableRows: { at: '/blocks/0/rows', block: (n) => dataTable({ rows: list(n, () => [cell]) }) },
  dataTableCells: {
    at: '/blocks/0/rows/0',
    block: (n) => dataTable({ rows: list(2, () => list(n, () => cell)) }),
  },
  dataTablePage: { at: '/blocks/0/page_size', block: (n) => dataTable({ page_size: n }) },
  dataTableCaption: { at: '/blocks/0/caption', block: (n) => dataTable({ caption: x(n) }) },
  dataTablesText: {
    at: '/blocks',
    blocks: (n) =>
      [n - 5000, 5000].map((size) =>
        dataTable({ rows: [[{ ...cell, text: x(1) }], [{ ...cell, text: x(size - 1) }]] }),
      ),
  },
  alertText: {
    at: '/view/blocks/0/text/text',
    view: (n) => modal({ blocks: [{ type: 'alert', text: plain(n) }] }),
  },

  placeholder: {
    at: '/blocks/0/element/placeholder/text',
    block: (n) => input({ type: 'plain_text_input', placeholder: plain(n) }),
  },
  buttonText: {
    at: '/blocks/0/elements/0/text/text',
    block: (n) => actions(button({ text: plain(n) })),
  },
  buttonValue: { at: '/blocks/0/elements/0/value', block: (n) => actions(button({ value: x(n) })) },
  buttonUrl: {
    at: '/blocks/0/elements/0/url',
    block: (n) => actions(button({ url: url(n) })),
    noMinimum: true,
  },
  accessibilityLabel: {
    at: '/blocks/0/elements/0/accessibility_label',
    block: (n) => actions(button({ accessibility_label: x(n) })),
  },
  options: {
    at: '/blocks/0/accessory/options',
    block: (n) => section(select({ options: list(n, option) })),
  },
  optionGroups: {
    at: '/blocks/0/accessory/option_groups',
    block: (n) =>
      section(select({ option_groups: list(n, (at) => ({ label, options: [option(at)] })) })),
  },
  checkboxOptions: {
    at: '/blocks/0/accessory/options',
    block: (n) => section({ type: 'checkboxes', options: list(n, option) }),
  },
  radioOptions: {
    at: '/blocks/0/accessory/options',
    block: (n) => section({ type: 'radio_buttons', options: list(n, option) }),
  },
  overflowOptions: {
    at: '/blocks/0/accessory/options',
    block: (n) => section({ type: 'overflow', options: list(n, option) }),
  },
  optionText: {
    at: '/blocks/0/accessory/options/0/text/text',
    block: (n) => section(select({ options: [{ text: plain(n), value: 'a' }] })),
  },
  optionValue: {
    at: '/blocks/0/accessory/options/0/value',
    block: (n) => section(select({ options: [{ text: label, value: x(n) }] })),
  },
  optionDescription: {
    at: '/blocks/0/accessory/options/0/description/text',
    block: (n) => section(select({ options: [{ ...option(0), description: plain(n) }] })),
  },
  optionUrl: {
    at: '/blocks/0/accessory/options/0/url',
    block: (n) => section({ type: 'overflow', options: [{ ...option(0), url: url(n) }] }),
    noMinimum: true,
  },
  optionGroupLabel: {
    at: '/blocks/0/accessory/option_groups/0/label/text',
    block: (n) => section(select({ option_groups: [{ label: plain(n), options: [option(0)] }] })),
  },
  confirmTitle: {
    at: '/blocks/0/elements/0/confirm/title/text',
    block: (n) => actions(confirm({ title: plain(n) })),
  },
  confirmText: {
    at: '/blocks/0/elements/0/confirm/text/text',
    block: (n) => actions(confirm({ text: plain(n) })),
  },
  confirmButton: {
    at: '/blocks/0/elements/0/confirm/deny/text',
    block: (n) => actions(confirm({ deny: plain(n) })),
  },
  textInputMinLength: {
    at: '/blocks/0/element/min_length',
    block: (n) => input({ type: 'plain_text_input', min_length: n }),
  },
  textInputMaxLength: {
    at: '/blocks/0/element/max_length',
    block: (n) => input({ type: 'plain_text_input', max_length: n }),
  },
  textInputInitial: {
    at: '/blocks/0/element/initial_value',
    block: (n) => input({ type: 'plain_text_input', initial_value: x(n) }),
  },
  richTextInputLines: {
    at: '/blocks/0/element/max_lines',
    block: (n) => input({ type: 'rich_text_input', action_id: 'a', max_lines: n }),
  },
  fileInputMaxFiles: {
    at: '/view/blocks/0/element/max_files',
    view: (n) => modal({ blocks: [input({ type: 'file_input', max_files: n })] }),
  },
};

function problemsOf({ block, blocks, view }: Case, size: number): string[] {
  if (view) return viewProblems(view(size));
  return messageBlockProblems(blocks ? blocks(size) : block ? [block(size)] : []);
}

function refusedAt(problems: string[], pointer: string): boolean {
  return problems.some((problem) => problem.endsWith(` [json-pointer:${pointer}]`));
}

describe('The limits of Block Kit', () => {
  for (const [name, example] of Object.entries(cases)) {
    const limit: { max: number; min?: number } = limits[name as LimitName];

    it(`${name}: takes ${limit.max} and refuses ${limit.max + 1}`, () => {
      assert.deepEqual(problemsOf(example, limit.max), []);
      const problems = problemsOf(example, limit.max + 1);
      assert.ok(refusedAt(problems, example.at), problems.join('\n'));
    });

    const least = limit.min ?? 0;
    if (least === 0 || example.noMinimum) continue;
    it(`${name}: takes ${least} and refuses ${least - 1}`, () => {
      assert.deepEqual(problemsOf(example, least), []);
      const problems = problemsOf(example, least - 1);
      assert.ok(refusedAt(problems, example.at), problems.join('\n'));
    });
  }

  it('names the source of every limit', () => {
    for (const [name, { source }] of Object.entries(limits)) assert.ok(source.length > 5, name);
  });
});
