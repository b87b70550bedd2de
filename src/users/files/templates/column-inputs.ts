/** The choices, validations and hints of a template's columns in a spreadsheet. */
import type { ColumnKey } from '../table/known-columns.ts';

export type TemplateInput =
  | { readonly kind: 'text' }
  | { readonly kind: 'seconds' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'names'; readonly of: NameList; readonly severalAllowed: boolean };

/** The kinds of names that an instance lists. */
export type NameList = 'presets' | 'routingProfiles' | 'securityProfiles' | 'hierarchyGroups';

const yesNo: TemplateInput = { kind: 'words', words: ['yes', 'no'] };

const inputs = new Map<ColumnKey, TemplateInput>([
  ['preset', { kind: 'names', of: 'presets', severalAllowed: false }],
  ['routingProfile', { kind: 'names', of: 'routingProfiles', severalAllowed: false }],
  ['securityProfiles', { kind: 'names', of: 'securityProfiles', severalAllowed: true }],
  ['userHierarchy', { kind: 'names', of: 'hierarchyGroups', severalAllowed: false }],
  ['phoneType', { kind: 'words', words: ['soft', 'desk'] }],
  ['autoAccept', yesNo],
  ['persistentConnection', yesNo],
  ['voiceEnhancement', { kind: 'words', words: ['none', 'isolate voice', 'suppress noise'] }],
  ['afterContactWorkSeconds', { kind: 'seconds' }],
]);

const hints = new Map<ColumnKey, string>([
  ['preset', 'May stay empty. What the preset sets needs no other cell.'],
  ['email', '“Forgot password” sends its link here.'],
  [
    'password',
    'Best left empty: a password is made that nobody sees, and the user sets one with “Forgot password”.',
  ],
  ['securityProfiles', 'Several are separated by |, as in Agent|Supervisor'],
  ['deskPhoneNumber', 'For desk phones only, with the country: +1 555 555 1212'],
  ['afterContactWorkSeconds', 'Seconds for after-call work; 0 is without a limit.'],
  ['secondaryEmail', 'May stay empty.'],
  ['mobile', 'May stay empty. With the country: +1 555 555 1212'],
  ['userHierarchy', 'May stay empty. The path from the top, as in North / Sales'],
  ['tags', 'May stay empty. key=value, several separated by |'],
  ['directoryUserId', 'May stay empty. The id of the account in your directory.'],
]);

export function inputOf(key: ColumnKey): TemplateInput {
  return inputs.get(key) ?? { kind: 'text' };
}

/** A sentence to show beside a selected cell; Excel takes 255 characters. */
export function hintOf(key: ColumnKey): string | undefined {
  return hints.get(key);
}
