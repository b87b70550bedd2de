/** The first fields of the form, which fill in others: a preset, and people selected from Slack. */
import type { KnownBlock, PlainTextOption } from '@slack/types';
import type { DirectorySnapshot } from '../../connect/directory.ts';
import { clipped } from '../../messages/rich-text.ts';
import { fieldName } from '../../users/fields/field-names.ts';
import type { Choice, UserDraft } from '../../users/new-user.ts';
import { type Preset, type PresetField, presetFields } from '../../users/preset.ts';
import { context, plain } from '../blocks.ts';
import { unfold } from '../inputs.ts';
import { type FormState, fields } from './form-field-ids.ts';

export const noPreset = '-';

/** The first field, when the person may use any preset. */
export function presetBlocks(state: FormState, presets: readonly Preset[]): KnownBlock[] {
  if (presets.length === 0) return [];
  const none: PlainTextOption = { text: plain('No preset'), value: noPreset };
  const options = [
    none,
    ...presets.map(({ name }): PlainTextOption => ({ text: plain(name), value: name })),
  ];
  return [
    {
      type: 'input',
      block_id: `${fields.preset}@${state.instance}`,
      dispatch_action: true,
      label: plain('Preset'),
      element: {
        type: 'static_select',
        action_id: fields.preset,
        options,
        initial_option: options.find(({ value }) => value === state.preset) ?? none,
      },
    },
  ];
}

/** The values of a preset, as ids for the form's menus. Names that the instance does not have are left out. */
export function presetDraft(preset: Preset, snapshot: DirectorySnapshot): UserDraft {
  const { routingProfile, securityProfiles, hierarchyGroup, ...texts } = preset.values;
  const pick = (
    choice: Choice,
    index: { match(name: string): { kind: string; item?: { readonly id: string } } },
  ): Choice[] => {
    if ('id' in choice) return [choice];
    const match = index.match(choice.name);
    return match.item ? [{ id: match.item.id }] : [];
  };
  const [routing] = routingProfile ? pick(routingProfile, snapshot.routingProfiles) : [];
  const [group] = hierarchyGroup ? pick(hierarchyGroup, snapshot.hierarchyGroups) : [];
  return {
    ...texts,
    ...(routing && { routingProfile: routing }),
    ...(securityProfiles && {
      securityProfiles: securityProfiles.flatMap((profile) =>
        pick(profile, snapshot.securityProfiles),
      ),
    }),
    ...(group && { hierarchyGroup: group }),
  };
}

const formField: Readonly<Record<PresetField, string>> = {
  routingProfile: fields.routingProfile,
  securityProfiles: fields.securityProfiles,
  hierarchyGroup: fields.hierarchyGroup,
  phoneType: fields.phoneType,
  autoAccept: fields.autoAccept,
  persistentConnection: fields.persistentConnection,
  afterContactWorkSeconds: fields.afterContactWorkSeconds,
  voiceEnhancement: fields.voiceEnhancement,
  tags: fields.tags,
};

/**
 * The form's blocks without the fields that the preset fixes. A field with a value from it gets a new block id,
 * because Slack keeps the value of a block while its id stays the same.
 */
export function withPreset(blocks: readonly KnownBlock[], preset: Preset): KnownBlock[] {
  const sets = presetFields.filter((field) => preset.values[field] !== undefined);
  const isFixed = (field: PresetField) => !preset.canChange.includes(field);
  return blocks.flatMap((block) => {
    const [id = ''] = (block.block_id ?? '').split('@');
    const field = sets.find((setting) => formField[setting] === id);
    if (field === undefined) return [block];
    return isFixed(field) ? [] : [{ ...block, block_id: `${block.block_id}~${preset.name}` }];
  });
}

/** The fixed values of the preset, in one line. */
export function fixedBlocks(preset: Preset): KnownBlock[] {
  const said = presetFields.flatMap((field) => {
    const value = preset.values[field];
    if (value === undefined || preset.canChange.includes(field)) return [];
    return [`${fieldName(field)}: ${clipped(textOf(value), 100)}`];
  });
  return said.length === 0 ? [] : [context('preset_fixes', said.join(' · '))];
}

function textOf(value: NonNullable<UserDraft[PresetField]>): string {
  if (typeof value === 'string') return value.replaceAll('\n', ', ');
  const choices = (Array.isArray(value) ? value : [value]) as readonly Choice[];
  return choices.map((choice) => ('name' in choice ? choice.name : choice.id)).join(', ');
}

export const mostMembers = 10;

export function memberBlocks(state: FormState): KnownBlock[] {
  return [
    {
      type: 'input',
      block_id: fields.members,
      dispatch_action: true,
      optional: true,
      label: plain('From Slack'),
      hint: plain(`Fills in names, email and username. Up to ${mostMembers} people.`),
      element: {
        type: 'multi_users_select',
        action_id: fields.members,
        max_selected_items: mostMembers,
        placeholder: plain('Pick people'),
        ...(state.members.length > 0 ? { initial_users: [...state.members] } : {}),
      },
    },
  ];
}

/** The people who will be added, when there are several. */
export function severalBlocks(identities: readonly UserDraft[]): KnownBlock[] {
  const said = identities.map(({ firstName, lastName, username, email }) =>
    [[firstName, lastName].filter(Boolean).join(' '), username ?? 'no username', email]
      .filter(Boolean)
      .map((part) => clipped(part ?? '', 80))
      .join(' · '),
  );
  return [context('several', said.join('\n'))];
}

/** A button that becomes a search for the example user. */
export function likeUserBlocks(state: FormState): KnownBlock[] {
  if (state.preset !== null) return [];
  if (state.like === null) return [unfold(fields.askLike, 'Like an existing user')];
  const chosen =
    state.like === '' ? undefined : { text: plain(state.like.slice(0, 74)), value: state.like };
  return [
    {
      type: 'input',
      block_id: `${fields.like}@${state.instance}`,
      dispatch_action: true,
      optional: true,
      label: plain('Like an existing user'),
      hint: plain('Takes over profiles, group, phone settings, tags and proficiencies'),
      element: {
        type: 'external_select',
        action_id: fields.like,
        min_query_length: 0,
        placeholder: plain('Type a name or username'),
        ...(chosen ? { initial_option: chosen } : {}),
      },
    },
  ];
}

/** Fields with values of an example user get separate block ids, as with a preset. */
export function likeUser(blocks: readonly KnownBlock[], like: string): KnownBlock[] {
  const filled = new Set<string>([...Object.values(formField), fields.proficiencies]);
  return blocks.map((block) => {
    const [id = ''] = (block.block_id ?? '').split('@');
    return filled.has(id) ? { ...block, block_id: `${block.block_id}~${like}` } : block;
  });
}
