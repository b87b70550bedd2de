/** Applies a preset to a draft: its values are filled in, and fixed values must not differ. */
import { problem } from '../../errors/problem.ts';
import { folded, shown } from '../../text/tidy.ts';
import type { UserContext } from '../context.ts';
import { type Notes, readText } from '../draft-findings.ts';
import { readPhoneType, readYesNo } from '../fields/setting-words.ts';
import type { Choice, UserDraft, Writable } from '../new-user.ts';
import { type Preset, type PresetField, presetFields } from '../preset.ts';
import { freeUsernameBy } from './username-pattern.ts';

/** More names would not fit a field's error. */
const mostListed = 5;

/** The preset of this name, ignoring case and spaces. */
export function presetNamed(
  presets: readonly Preset[] | undefined,
  name: string,
): Preset | undefined {
  return presets?.find((preset) => folded(preset.name) === folded(name));
}

/**
 * The draft with the values of its preset. A different value for a fixed field is a finding, and so is a preset that
 * does not exist, that the requester may not use, or that contains names that the instance does not have.
 */
export function applyPreset(draft: UserDraft, context: UserContext, notes: Notes): UserDraft {
  const name = readText(notes, 'preset', draft.preset);
  if (name === undefined) return draft;
  const preset = presetNamed(context.presets, name);
  if (!preset?.mayUse) {
    notes.wrong('preset', unusable(name, preset, context));
    return draft;
  }
  const filled: Writable<UserDraft> = { ...draft };
  for (const field of presetFields) {
    const value = preset.values[field];
    if (value === undefined) continue;
    const isOwn = !isEmpty(draft[field]);
    if (isOwn && preset.canChange.includes(field)) continue;
    if (isOwn && !isSame(field, draft[field], value, context)) {
      const params = { preset: shown(preset.name), value: shown(textOf(value)) };
      notes.wrong(field, problem('preset.fixed', params));
      continue;
    }
    const gone = firstGone(field, value, context);
    if (gone === undefined) Object.assign(filled, { [field]: value });
    else {
      const params = { preset: shown(preset.name), name: shown(gone), instance: context.alias };
      notes.wrong('preset', problem('preset.broken', params));
    }
  }
  if (isEmpty(draft.username) && preset.usernamePattern !== undefined) {
    const username = freeUsernameBy(preset.usernamePattern, draft, context);
    if (username !== undefined) filled.username = username;
    else notes.wrong('username', problem('preset.no-username', { preset: shown(preset.name) }));
  }
  return filled;
}

/** The preset's names that the instance does not have, or has several times: the first of each field. */
export function goneFromPreset({ values }: Pick<Preset, 'values'>, offered: Offered): string[] {
  return presetFields.flatMap((field) => {
    const value = values[field];
    return (value !== undefined && firstGone(field, value, offered)) || [];
  });
}

/** What the instance has by name. */
type Offered = {
  readonly directory: Pick<
    UserContext['directory'],
    'routingProfiles' | 'securityProfiles' | 'hierarchyGroups'
  >;
};

/**
 * Whether a finding is only a consequence of the preset's own finding: a field that the preset would have filled in
 * is empty.
 */
export function followsFromPreset(finding: {
  readonly field: string;
  readonly problem: { readonly code: string };
}): boolean {
  const { field, problem: why } = finding;
  const fields: readonly string[] = [...presetFields, 'username'];
  return why.code === 'field.missing' && fields.includes(field);
}

function unusable(name: string, preset: Preset | undefined, context: UserContext) {
  const { alias: instance } = context;
  if (preset) return problem('preset.not-yours', { preset: shown(preset.name), instance });
  const usable = (context.presets ?? []).filter(({ mayUse }) => mayUse);
  if (usable.length === 0) return problem('preset.none', { instance });
  const names = usable
    .slice(0, mostListed)
    .map((choice) => shown(choice.name))
    .join(', ');
  return problem('preset.unknown', { preset: shown(name), instance, names });
}

type Value = NonNullable<UserDraft[PresetField]>;

const choicesOf = (value: unknown): readonly Choice[] =>
  Array.isArray(value) ? value : typeof value === 'object' && value ? [value as Choice] : [];

function isEmpty(value: UserDraft[PresetField] | string): boolean {
  if (value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return choicesOf(value).every((choice) => 'name' in choice && choice.name.trim() === '');
}

function textOf(value: Value): string {
  if (typeof value === 'string') return value.replaceAll('\n', ', ');
  return choicesOf(value)
    .map((choice) => ('name' in choice ? choice.name : choice.id))
    .join(', ');
}

function idOf(field: PresetField, choice: Choice, { directory }: Offered): string | undefined {
  if ('id' in choice) return choice.id;
  const index =
    field === 'routingProfile'
      ? directory.routingProfiles
      : field === 'securityProfiles'
        ? directory.securityProfiles
        : directory.hierarchyGroups;
  const match = index.match(choice.name);
  return match.kind === 'one' ? match.item.id : index.byId(choice.name)?.id;
}

/** The first name of the preset's field that the instance does not have. */
function firstGone(field: PresetField, value: Value, offered: Offered): string | undefined {
  const gone = choicesOf(value).find((choice) => idOf(field, choice, offered) === undefined);
  return gone && ('name' in gone ? gone.name : gone.id);
}

function isSame(
  field: PresetField,
  own: UserDraft[PresetField],
  value: Value,
  context: UserContext,
): boolean {
  if (typeof value !== 'string' || typeof own !== 'string') {
    const ids = (choices: readonly Choice[]) =>
      choices.map((choice) => idOf(field, choice, context) ?? '?').sort();
    return JSON.stringify(ids(choicesOf(own))) === JSON.stringify(ids(choicesOf(value)));
  }
  switch (field) {
    case 'phoneType':
      return readPhoneType(own) === readPhoneType(value);
    case 'autoAccept':
    case 'persistentConnection':
      return readYesNo(own) === readYesNo(value);
    case 'afterContactWorkSeconds':
      return Number(own) === Number(value);
    default:
      return folded(own) === folded(value);
  }
}
