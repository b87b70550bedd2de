/** The fields of one row of a file: menus for the names of the instance, text for everything else. */
import type { InputBlock } from '@slack/types';
import type { DirectorySnapshot } from '../../connect/directory.ts';
import { severalNames } from '../../users/files/check/several-names.ts';
import type { RowField } from '../../users/files/repair/row-fields.ts';
import type { ColumnKey } from '../../users/files/table/known-columns.ts';
import { plain } from '../blocks.ts';
import { menuElement, menus, severalElement } from '../menus.ts';

/** The state of a view's inputs, by block and element. */
export type ViewValues = Readonly<
  Record<
    string,
    Readonly<
      Record<
        string,
        {
          readonly value?: string | null;
          readonly selected_option?: { readonly value: string } | null;
          readonly selected_options?: readonly { readonly value: string }[] | null;
        }
      >
    >
  >
>;

const textElement = 'cell';
/** Slack's limit for a hint. */
const longestHint = 1900;

const labels: Partial<Record<ColumnKey, string>> = {
  firstName: 'First name',
  lastName: 'Last name',
  email: 'Email',
  username: 'Username',
  routingProfile: 'Routing profile',
  securityProfiles: 'Security profiles',
  agentHierarchy: 'Hierarchy group',
  userHierarchy: 'Hierarchy group',
  password: 'Their first password',
  phoneType: 'Phone (soft or desk)',
  deskPhoneNumber: 'Phone number',
  autoAccept: 'Auto-accept calls (yes or no)',
  afterContactWorkSeconds: 'After-call work (seconds)',
};

export function labelOfField({ key, title }: Pick<RowField, 'key' | 'title'>): string {
  return labels[key] ?? `${title.charAt(0).toUpperCase()}${title.slice(1)}`.slice(0, 100);
}

/** Columns that every user needs; a column may be empty when a preset provides its value. */
const neededAlways: ReadonlySet<ColumnKey> = new Set(['firstName', 'lastName']);
const neededWithoutPreset: ReadonlySet<ColumnKey> = new Set([
  'username',
  'routingProfile',
  'securityProfiles',
]);

/** Whether a field of a row must not be empty; Slack adds “(optional)” to all others. */
export function isFieldNeeded(
  { key }: Pick<RowField, 'key'>,
  fields: readonly Pick<RowField, 'key'>[],
  identityMode: DirectorySnapshot['facts']['identityMode'],
): boolean {
  // An existing directory provides the names of its people.
  if (neededAlways.has(key)) return identityMode !== 'EXISTING_DIRECTORY';
  if (!neededWithoutPreset.has(key) || fields.some((field) => field.key === 'preset')) return false;
  // When several columns have the same meaning, any of them may be filled in.
  return fields.filter((field) => field.key === key).length === 1;
}

export function rowInput(
  field: RowField,
  blockId: string,
  snapshot: DirectorySnapshot,
  isNeeded: boolean,
): InputBlock {
  const { findings } = field;
  const hint = findings.map((finding) => `⚠️ ${finding}`).join(' ');
  return {
    type: 'input',
    block_id: blockId,
    optional: !isNeeded,
    label: plain(labelOfField(field)),
    ...(hint ? { hint: plain(hint.slice(0, longestHint)) } : {}),
    element: elementOf(field, snapshot),
  };
}

function elementOf({ key, text }: RowField, snapshot: DirectorySnapshot): InputBlock['element'] {
  switch (key) {
    case 'routingProfile':
      return menuElement(key, menus[key].named(snapshot, text.trim()));
    case 'agentHierarchy':
    case 'userHierarchy':
      return menuElement('hierarchyGroup', menus.hierarchyGroup.named(snapshot, text.trim()));
    case 'securityProfiles': {
      const names = severalNames(text, snapshot.securityProfiles).names.map((name) => name.trim());
      const known = names.flatMap((name) => menus.securityProfiles.named(snapshot, name) ?? []);
      return severalElement([...new Map(known.map((option) => [option.value, option])).values()]);
    }
    default:
      return {
        type: 'plain_text_input',
        action_id: textElement,
        ...(key === 'tags' || key === 'proficiencies' ? { multiline: true } : {}),
        ...(text === '' ? {} : { initial_value: text }),
      };
  }
}

/** The current value of the field, as a file would contain it. */
export function writtenIn(
  key: ColumnKey,
  blockId: string,
  values: ViewValues,
  snapshot: DirectorySnapshot,
): string {
  const elements = values[blockId] ?? {};
  switch (key) {
    case 'routingProfile':
      return nameOf('routingProfile', elements[menus.routingProfile.actionId], snapshot);
    case 'agentHierarchy':
    case 'userHierarchy':
      return nameOf('hierarchyGroup', elements[menus.hierarchyGroup.actionId], snapshot);
    case 'securityProfiles': {
      const chosen = elements[menus.securityProfiles.actionId]?.selected_options ?? [];
      return chosen
        .flatMap(({ value }) => menus.securityProfiles.textOf(snapshot, value) ?? [])
        .join('|');
    }
    default:
      return elements[textElement]?.value ?? '';
  }
}

function nameOf(
  field: 'routingProfile' | 'hierarchyGroup',
  element: { readonly selected_option?: { readonly value: string } | null } | undefined,
  snapshot: DirectorySnapshot,
): string {
  const id = element?.selected_option?.value;
  return id === undefined ? '' : (menus[field].textOf(snapshot, id) ?? '');
}
