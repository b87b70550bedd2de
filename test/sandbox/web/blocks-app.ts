/** A small Bolt app that uses every block and element that the page can draw, for the page's browser tests. */
import type { App } from '@slack/bolt';
import type { KnownBlock, ModalView, PlainTextElement, PlainTextOption } from '@slack/types';

const plain = (text: string): PlainTextElement => ({ type: 'plain_text', text });
const option = (text: string): PlainTextOption => ({ text: plain(text), value: text });
const profiles = ['Basic Routing Profile', 'Tier 2', 'Tier 3 Spanish', 'Back office'];

/** A message with every block. */
export const everyBlock: KnownBlock[] = [
  { type: 'header', text: plain('Every block :rocket:') },
  { type: 'section', text: { type: 'mrkdwn', text: '<@U0TARA> requests *1 user* :lock: `Mary`' } },
  {
    type: 'section',
    fields: [
      { type: 'mrkdwn', text: '*Routing*\nBasic' },
      { type: 'plain_text', text: '*plain* <@U0TARA>' },
    ],
  },
  { type: 'divider' },
  { type: 'context', elements: [{ type: 'mrkdwn', text: '34 of 48 · about 7 s left' }] },
  { type: 'image', image_url: 'https://pictures.invalid/x.png', alt_text: 'a chart' },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [
          {
            type: 'rich_text_section',
            elements: [{ type: 'text', text: 'rich', style: { bold: true } }],
          },
        ],
      },
    ],
  },
  {
    type: 'table',
    rows: [
      [
        { type: 'raw_text', text: 'Row' },
        { type: 'raw_text', text: 'Reason' },
      ],
      [
        { type: 'raw_text', text: '4' },
        { type: 'raw_text', text: 'no such profile' },
      ],
    ],
  },
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: 'approve', style: 'primary', text: plain('Approve') },
      {
        type: 'button',
        action_id: 'deny',
        style: 'danger',
        text: plain('Deny'),
        confirm: {
          title: plain('Deny it?'),
          text: plain('Really?'),
          confirm: plain('Yes, deny'),
          deny: plain('Cancel'),
        },
      },
      { type: 'overflow', action_id: 'more', options: [option('Show rows'), option('Copy')] },
      {
        type: 'static_select',
        action_id: 'pick',
        placeholder: plain('Pick'),
        options: [option('A'), option('B')],
      },
      { type: 'datepicker', action_id: 'day' },
    ],
  },
];

/** A modal with every input. */
export const form: ModalView = {
  type: 'modal',
  callback_id: 'form',
  title: plain('Add a Connect user'),
  submit: plain('Send request'),
  close: plain('Cancel'),
  blocks: [
    {
      type: 'input',
      block_id: 'first',
      label: plain('First name'),
      element: { type: 'plain_text_input', action_id: 'v', focus_on_load: true, max_length: 30 },
    },
    {
      type: 'input',
      block_id: 'username',
      label: plain('Username'),
      hint: plain('Maximum 20 characters'),
      element: { type: 'plain_text_input', action_id: 'v', placeholder: plain('jdoe') },
    },
    {
      type: 'input',
      block_id: 'email',
      optional: true,
      label: plain('Email'),
      element: { type: 'email_text_input', action_id: 'v' },
    },
    {
      type: 'input',
      block_id: 'routing',
      label: plain('Routing profile'),
      element: { type: 'external_select', action_id: 'profile', min_query_length: 0 },
    },
    {
      type: 'input',
      block_id: 'security',
      optional: true,
      label: plain('Security profiles'),
      element: { type: 'multi_external_select', action_id: 'profiles', min_query_length: 1 },
    },
    {
      type: 'input',
      block_id: 'phone',
      label: plain('Phone'),
      element: {
        type: 'radio_buttons',
        action_id: 'v',
        initial_option: option('Soft phone'),
        options: [option('Soft phone'), option('Desk phone')],
      },
    },
    {
      type: 'input',
      block_id: 'seconds',
      label: plain('After-call work'),
      element: {
        type: 'number_input',
        action_id: 'v',
        is_decimal_allowed: false,
        initial_value: '0',
      },
    },
    {
      type: 'input',
      block_id: 'also',
      optional: true,
      label: plain('Also'),
      element: { type: 'checkboxes', action_id: 'v', options: [option('Auto-accept')] },
    },
    {
      type: 'input',
      block_id: 'buddy',
      optional: true,
      label: plain('Buddy'),
      element: { type: 'users_select', action_id: 'v' },
    },
    {
      type: 'input',
      block_id: 'file',
      optional: true,
      label: plain('File'),
      element: { type: 'file_input', action_id: 'v', filetypes: ['csv'], max_files: 1 },
    },
    {
      type: 'input',
      block_id: 'reason',
      optional: true,
      label: plain('Reason'),
      element: { type: 'plain_text_input', action_id: 'v', multiline: true },
    },
    {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'push', text: plain('More') }],
    },
  ],
};

const second: ModalView = {
  type: 'modal',
  callback_id: 'second',
  title: plain('More'),
  submit: plain('Keep'),
  blocks: [
    {
      type: 'input',
      block_id: 'mobile',
      label: plain('Mobile'),
      element: { type: 'plain_text_input', action_id: 'v' },
    },
  ],
};

/** The interactions that the app has received, in order. */
export type Told = { what: string; value: unknown }[];

/** Adds the listeners: `/ask` opens the form, "jdoe" is refused at its field, and a submission is recorded. */
export function listen(app: App, told: Told): void {
  app.command('/ask', async ({ ack, command, client }) => {
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view: form });
  });
  app.options(/profile/, async ({ ack, options }) => {
    const wanted = options.value.toLowerCase();
    await ack({
      options: profiles.filter((profile) => profile.toLowerCase().includes(wanted)).map(option),
    });
  });
  app.action('push', async ({ ack, body, client }) => {
    await ack();
    if (!('trigger_id' in body) || !('view' in body)) return;
    told.push({ what: 'push', value: body.view?.state.values.username?.v?.value });
    await client.views.push({ trigger_id: body.trigger_id, view: second });
  });
  app.action(/approve|deny|more|pick|day|new/, async ({ ack, body }) => {
    await ack();
    if ('actions' in body) told.push({ what: 'action', value: body.actions[0] });
  });
  app.view('form', async ({ ack, view }) => {
    if (view.state.values.username?.v?.value === 'jdoe') {
      await ack({ response_action: 'errors', errors: { username: 'jdoe exists already' } });
      return;
    }
    await ack();
    told.push({ what: 'form', value: view.state.values });
  });
  app.view('second', async ({ ack, view }) => {
    await ack();
    told.push({ what: 'second', value: view.state.values.mobile?.v?.value });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    const blocks: KnownBlock[] = [
      { type: 'header', text: plain('Your requests') },
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'new', text: plain('Add a user') }],
      },
    ];
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });
}
