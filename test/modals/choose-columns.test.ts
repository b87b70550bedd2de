/** The form "Choose the columns": which fields are required, and which messages it shows. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InputBlock } from '@slack/types';
import { columnsView } from '../../src/modals/repair/choose-columns.ts';

const shown = { requestId: 1, instance: 'production', needsNames: true };
const isInput = (block: { readonly type: string }): block is InputBlock => block.type === 'input';
const headers = ['Given', 'Family', 'Work address', 'Role'];
const fieldsOf = (presets: Parameters<typeof columnsView>[2]['presets'], needsNames = true) =>
  new Map(
    columnsView({ ...shown, needsNames }, headers, { presets }).blocks.flatMap((block) =>
      isInput(block)
        ? [[block.label.text, { optional: block.optional === true, hint: block.hint?.text }]]
        : [],
    ),
  );

describe('the form that asks which column is which', () => {
  test('requires a username, unless a preset makes it, which it says then', () => {
    assert.deepEqual(fieldsOf([]).get('Username'), { optional: false, hint: undefined });
    assert.deepEqual(fieldsOf([{ name: 'Tier 1' }]).get('Username'), {
      optional: false,
      hint: undefined,
    });
    assert.deepEqual(fieldsOf([{ name: 'Tier 1', usernamePattern: '{first}' }]).get('Username'), {
      optional: true,
      hint: 'Every user needs it, unless a preset makes it',
    });
  });

  test('asks for a preset for all rows only where there is one', () => {
    assert.equal(fieldsOf([]).has('One preset for all rows'), false);
    assert.deepEqual(fieldsOf([{ name: 'Tier 1' }]).get('One preset for all rows'), {
      optional: true,
      hint: 'What it sets needs no column',
    });
  });

  test('requires names where the instance does not know them itself', () => {
    assert.equal(fieldsOf([]).get('First name')?.optional, false);
    assert.equal(fieldsOf([], false).get('First name')?.optional, true);
  });
});
