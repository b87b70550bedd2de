import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type FormState, fields } from '../../../src/modals/add-user/form-field-ids.ts';
import { fieldErrors, readDraft, readValues } from '../../../src/modals/add-user/form-state.ts';
import type { Finding } from '../../../src/users/new-user.ts';

const soft: FormState = {
  instance: 'production',
  phone: 'soft',
  password: 'generate',
  more: true,
  channels: true,
  blank: false,
  preset: null,
  members: [],
  like: null,
};

/** `view.state.values` as Slack sends them, with every element, and null for empty ones. */
const filled = {
  [fields.firstName]: { [fields.firstName]: { type: 'plain_text_input', value: 'Mary' } },
  [fields.lastName]: { [fields.lastName]: { type: 'plain_text_input', value: null } },
  [fields.username]: { [fields.username]: { type: 'plain_text_input', value: 'mary' } },
  [fields.email]: { [fields.email]: { type: 'email_text_input', value: 'mary@example.com' } },
  'routing_profile@production': {
    [fields.routingProfile]: { type: 'external_select', selected_option: { value: 'rp-basic' } },
  },
  'security_profiles@production': {
    [fields.securityProfiles]: {
      type: 'multi_external_select',
      selected_options: [{ value: 'sp-agent' }, { value: 'sp-admin' }],
    },
  },
  'hierarchy_group@production': {
    [fields.hierarchyGroup]: { type: 'external_select', selected_option: null },
  },
  [fields.phoneType]: {
    [fields.phoneType]: { type: 'radio_buttons', selected_option: { value: 'soft' } },
  },
  [fields.autoAccept]: {
    [fields.autoAccept]: { type: 'checkboxes', selected_options: [{ value: 'yes' }] },
  },
  [fields.persistentConnection]: {
    [fields.persistentConnection]: { type: 'checkboxes', selected_options: [] },
  },
  [fields.afterContactWorkSeconds]: {
    [fields.afterContactWorkSeconds]: { type: 'number_input', value: '30' },
  },
  [fields.password]: { [fields.password]: { type: 'plain_text_input', value: 'Secret-1' } },
  [fields.deskPhoneNumber]: {
    [fields.deskPhoneNumber]: { type: 'plain_text_input', value: '+1555' },
  },
  chat_after_call_work: { chat_after_call_work: { type: 'number_input', value: '5' } },
  voice_callback_auto_accept: {
    voice_callback_auto_accept: { type: 'static_select', selected_option: { value: 'no' } },
  },
};

describe('reading the form', () => {
  test('gives what was typed and picked; what was left empty is absent', () => {
    assert.deepEqual(readDraft(soft, readValues(filled)), {
      firstName: 'Mary',
      username: 'mary',
      email: 'mary@example.com',
      routingProfile: { id: 'rp-basic' },
      securityProfiles: [{ id: 'sp-agent' }, { id: 'sp-admin' }],
      phoneType: 'soft',
      autoAccept: 'yes',
      persistentConnection: 'no',
      afterContactWorkSeconds: '30',
      channels: {
        VOICE: { agentFirstCallbackAutoAccept: 'no' },
        CHAT: { afterContactWorkSeconds: '5' },
      },
    });
  });

  test('takes a number for a desk phone only, and ticks for a soft one only', () => {
    const desk = readDraft({ ...soft, phone: 'desk' }, readValues(filled));
    assert.equal(desk.deskPhoneNumber, '+1555');
    assert.equal(desk.autoAccept, undefined);
    assert.equal(desk.persistentConnection, undefined);
    assert.equal(readDraft(soft, readValues(filled)).deskPhoneNumber, undefined);
  });

  test('takes a password only where the person chose to type one', () => {
    assert.equal(readDraft(soft, readValues(filled)).password, undefined);
    assert.equal(readDraft({ ...soft, password: 'type' }, readValues(filled)).password, 'Secret-1');
  });

  test('gives only the kind of phone for a form in which nothing was filled in', () => {
    const shown = { auto_accept: { auto_accept: { selected_options: [] } } };
    const empty = readDraft({ ...soft, more: false, channels: false }, readValues(shown));
    assert.deepEqual(empty, { phoneType: 'soft', autoAccept: 'no' });
  });

  test('leaves out a setting that a preset fixes, because there is no field for it', () => {
    const state = { ...soft, more: false, channels: false, preset: 'Tier 1' };
    const fixed = readDraft(state, readValues({}));
    assert.deepEqual(fixed, { preset: 'Tier 1', phoneType: 'soft' });
  });

  test('refuses data that is not the state of a view', () => {
    for (const odd of [null, 'x', { block: 1 }, { block: { action: { value: 1 } } }]) {
      assert.throws(() => readValues(odd));
    }
  });
});

describe('errors at their fields', () => {
  const values = readValues(filled);
  const finding = (
    field: Finding['field'],
    code: 'tags.json' | 'phone.too-short' = 'tags.json',
  ): Finding =>
    code === 'tags.json'
      ? { field, problem: { code, params: {} } }
      : { field, problem: { code, params: { value: '+1' } } };

  test('are shown at the block of the field, whose id includes the instance', () => {
    const errors = fieldErrors([finding('firstName'), finding('routingProfile')], values);
    assert.deepEqual(Object.keys(errors), [fields.firstName, 'routing_profile@production']);
  });

  test('are joined when one field has several', () => {
    const errors = fieldErrors(
      [finding('username'), finding('username', 'phone.too-short')],
      values,
    );
    const [text, ...others] = Object.values(errors);
    assert.deepEqual(others, []);
    assert.match(
      text ?? '',
      /^I can’t read these tags as JSON\. .* “\+1” is too short for a phone number\.$/,
    );
  });

  test('are shown at the username when their own field is hidden, because Slack shows errors at visible inputs only', () => {
    for (const field of ['tags', 'mobile', 'channels', 'voiceEnhancement'] as const) {
      const shown = Object.keys(fieldErrors([finding(field)], readValues({ ...filled })));
      assert.deepEqual(shown, [fields.username], field);
    }
  });

  test('have a place in the form for every field', () => {
    const all: Finding['field'][] = [
      'firstName',
      'lastName',
      'username',
      'email',
      'secondaryEmail',
      'mobile',
      'directoryUserId',
      'password',
      'routingProfile',
      'securityProfiles',
      'hierarchyGroup',
      'phoneType',
      'deskPhoneNumber',
      'autoAccept',
      'persistentConnection',
      'afterContactWorkSeconds',
      'voiceEnhancement',
      'channels',
      'tags',
    ];
    for (const field of all) {
      const [block] = Object.keys(fieldErrors([finding(field)], values));
      assert.ok(block !== undefined && block in filled, field);
    }
  });
});
