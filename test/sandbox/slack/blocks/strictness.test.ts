/** Cases that other projects' validators refuse, and that an earlier version of the sandbox accepted. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messageBlockProblems, viewProblems } from '../../../../sandbox/slack/blocks/validate.ts';

type Json = Record<string, unknown>;

const plain = { type: 'plain_text', text: 'a' };
const input = (element: Json, more: Json = {}) => ({
  type: 'input',
  label: plain,
  element: { action_id: 'a', ...element },
  ...more,
});
const section = (accessory: Json) => ({ type: 'section', text: plain, accessory });
const rich = (...elements: Json[]) => ({ type: 'rich_text', elements });
const inline = (element: Json) => rich({ type: 'rich_text_section', elements: [element] });
const bullets = (more: Json) => rich({ type: 'rich_text_list', style: 'bullet', ...more });
const video = (more: Json) => ({
  type: 'video',
  alt_text: 'a',
  title: plain,
  thumbnail_url: 'https://a.example/a.png',
  video_url: 'https://a.example/a',
  ...more,
});
const image = (slackFile: Json) => ({ type: 'image', alt_text: 'a', slack_file: slackFile });
const view = (type: 'modal' | 'home', blocks: unknown[]) =>
  type === 'home' ? { type, blocks } : { type, title: plain, submit: plain, blocks };

const inModal = (block: unknown) => viewProblems(view('modal', [block]));
const inMessage = (block: unknown) => messageBlockProblems([block]);
const inHome = (block: unknown) => viewProblems(view('home', [block]));
const letter = [{ type: 'text', text: 'a' }];

type Case = {
  what: string;
  good: unknown;
  bad: unknown[];
  check?: (block: unknown) => string[];
};

const cases: Case[] = [
  {
    what: 'dispatch_action on an input with a file input',
    check: inModal,
    good: input({ type: 'file_input' }),
    bad: [input({ type: 'file_input' }, { dispatch_action: true })],
  },
  {
    what: 'a date that does not exist',
    good: input({ type: 'datepicker', initial_date: '2028-02-29' }),
    bad: ['2026-13-45', '2026-02-30', '2026-00-01', '2026-2-3', ''].map((date) =>
      input({ type: 'datepicker', initial_date: date }),
    ),
  },
  {
    what: 'an empty or repeating conversation filter',
    good: input({ type: 'conversations_select', filter: { include: ['im', 'public'] } }),
    bad: [{}, { include: ['im', 'im'] }].map((filter) =>
      input({ type: 'conversations_select', filter }),
    ),
  },
  {
    what: 'an empty or repeating dispatch configuration',
    good: input({
      type: 'plain_text_input',
      dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
    }),
    bad: [{}, { trigger_actions_on: ['on_enter_pressed', 'on_enter_pressed'] }].map((config) =>
      input({ type: 'plain_text_input', dispatch_action_config: config }),
    ),
  },
  {
    what: 'initial people, channels and conversations that are none',
    good: input({ type: 'multi_users_select', initial_users: ['U0TARA', 'W012A3CDE'] }),
    bad: [
      input({ type: 'multi_users_select', initial_users: [] }),
      input({ type: 'multi_users_select', initial_users: ['tara'] }),
      input({ type: 'multi_channels_select', initial_channels: [] }),
      input({ type: 'multi_conversations_select', initial_conversations: [] }),
      input({ type: 'users_select', initial_user: 'C0GENERAL' }),
      input({ type: 'channels_select', initial_channel: '#general' }),
    ],
  },
  {
    what: 'a video whose address is not https',
    good: video({ title_url: 'https://a.example/', provider_name: 'a' }),
    bad: [
      video({ video_url: 'http://a.example/a' }),
      video({ title_url: 'http://a.example/a' }),
      video({ provider_name: '' }),
    ],
  },
  {
    what: 'a rich text input without an action id',
    good: input({ type: 'rich_text_input' }),
    bad: [{ type: 'input', label: plain, element: { type: 'rich_text_input' } }],
  },
  {
    what: 'an empty style of rich text',
    good: inline({ type: 'text', text: 'a', style: { bold: true } }),
    bad: [
      inline({ type: 'text', text: 'a', style: {} }),
      inline({ type: 'user', user_id: 'U0TARA', style: {} }),
    ],
  },
  {
    what: 'a rich text list without items, or numbered from below zero',
    good: bullets({ elements: [{ type: 'rich_text_section', elements: letter }], offset: 0 }),
    bad: [
      bullets({ elements: [] }),
      bullets({ elements: [{ type: 'rich_text_section', elements: letter }], offset: -1 }),
    ],
  },
  {
    what: 'a date of rich text before 1970',
    good: inline({ type: 'date', timestamp: 0, format: '{date}' }),
    bad: [inline({ type: 'date', timestamp: -1, format: '{date}' })],
  },
  {
    what: 'ids in rich text that are none',
    good: inline({ type: 'channel', channel_id: 'C0GENERAL' }),
    bad: [
      inline({ type: 'channel', channel_id: 'U0TARA' }),
      inline({ type: 'user', user_id: 'tara' }),
      inline({ type: 'team', team_id: '' }),
      inline({ type: 'usergroup', usergroup_id: 'U0TARA' }),
      inline({ type: 'color', value: 'red' }),
    ],
  },
  {
    what: 'response_url_enabled outside an input of a modal',
    check: inModal,
    good: input({ type: 'channels_select', response_url_enabled: true }),
    bad: [section({ type: 'conversations_select', response_url_enabled: true })],
  },
  {
    what: 'response_url_enabled in a message',
    good: input({ type: 'channels_select' }),
    bad: [input({ type: 'channels_select', response_url_enabled: true })],
  },
  {
    what: 'response_url_enabled on the Home tab',
    check: inHome,
    good: input({ type: 'channels_select' }),
    bad: [input({ type: 'channels_select', response_url_enabled: true })],
  },
  {
    what: 'an empty time zone',
    good: input({ type: 'timepicker', timezone: 'Europe/Berlin' }),
    bad: [input({ type: 'timepicker', timezone: '' })],
  },
  {
    what: 'empty file types',
    check: inModal,
    good: input({ type: 'file_input', filetypes: ['csv'] }),
    bad: [[], ['']].map((filetypes) => input({ type: 'file_input', filetypes })),
  },
  {
    what: 'the empty id of a Slack file',
    good: image({ id: 'F0123ABC456' }),
    bad: [image({ id: '' })],
  },
  {
    what: 'a level of header that does not exist',
    good: { type: 'header', text: plain, level: 4 },
    bad: [0, 5, 1.5, '1'].map((level) => ({ type: 'header', text: plain, level })),
  },
  {
    what: 'a data table without rows, or with rows of different lengths',
    good: {
      type: 'data_table',
      caption: 'a',
      rows: [
        [{ type: 'raw_text', text: 'a' }],
        [{ type: 'raw_number', value: 1.5, text: '1.5' }],
        [inline({ type: 'text', text: 'a' })],
      ],
    },
    bad: [
      { type: 'data_table', caption: 'a', rows: [[{ type: 'raw_text', text: 'a' }]] },
      { type: 'data_table', caption: 'a', rows: [[{ type: 'raw_text', text: 'a' }], []] },
      { type: 'data_table', rows: [letter, letter] },
      {
        type: 'data_table',
        caption: 'a',
        row_header_column_index: 1,
        rows: [[{ type: 'raw_text', text: 'a' }], [{ type: 'raw_text', text: 'a' }]],
      },
      {
        type: 'data_table',
        caption: 'a',
        rows: [[inline({ type: 'text', text: 'a' })], [{ type: 'raw_text', text: 'a' }]],
      },
    ],
  },
  {
    what: 'an alert of an unknown level',
    check: inModal,
    good: { type: 'alert', text: plain, level: 'warning' },
    bad: [{ type: 'alert', text: plain, level: 'danger' }],
  },
  {
    what: 'an alert in a message',
    good: { type: 'divider' },
    bad: [{ type: 'alert', text: plain }],
  },
];

describe('The strict check refuses', () => {
  for (const { what, good, bad, check = inMessage } of cases) {
    it(what, () => {
      assert.deepEqual(check(good), [], 'what is good is taken');
      for (const block of bad) assert.notDeepEqual(check(block), [], JSON.stringify(block));
    });
  }

  it('a modal and a Home tab without blocks', () => {
    for (const type of ['modal', 'home'] as const) {
      assert.match(
        String(viewProblems(view(type, [])).at(-1)),
        /at least 1 items.*\/view\/blocks\]$/,
      );
    }
  });
});
