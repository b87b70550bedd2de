/** Presets from the policy file, in the form that the bot uses. */
import type { Writable } from '../../users/new-user.ts';
import type { Preset, PresetField } from '../../users/preset.ts';
import type { ConfiguredPreset } from '../config.ts';
import type { WrittenPreset } from '../policy-file/presets.ts';

const fieldOf = {
  routingProfile: 'routingProfile',
  securityProfiles: 'securityProfiles',
  hierarchyGroup: 'hierarchyGroup',
  phone: 'phoneType',
  autoAccept: 'autoAccept',
  persistentConnection: 'persistentConnection',
  afterContactWorkSeconds: 'afterContactWorkSeconds',
  audioEnhancement: 'voiceEnhancement',
  tags: 'tags',
} as const satisfies Record<string, PresetField>;

const yesNo = (value: boolean) => (value ? 'yes' : 'no');

export function readPresets(written: readonly WrittenPreset[] | undefined): ConfiguredPreset[] {
  return (written ?? []).map((preset) => ({
    name: preset.name,
    values: valuesOf(preset),
    canChange: preset.canChange.map((field) => fieldOf[field]),
    ...(preset.username === undefined ? {} : { usernamePattern: preset.username }),
    mayUse: true,
    usergroups: preset.usergroups,
    people: preset.people,
  }));
}

function valuesOf(preset: WrittenPreset): Preset['values'] {
  const values: Writable<Preset['values']> = {};
  const { routingProfile, securityProfiles, hierarchyGroup, phone, audioEnhancement } = preset;
  if (routingProfile !== undefined) values.routingProfile = { name: routingProfile };
  if (securityProfiles) values.securityProfiles = securityProfiles.map((name) => ({ name }));
  if (hierarchyGroup !== undefined) values.hierarchyGroup = { name: hierarchyGroup };
  if (phone !== undefined) values.phoneType = phone;
  if (preset.autoAccept !== undefined) values.autoAccept = yesNo(preset.autoAccept);
  if (preset.persistentConnection !== undefined) {
    values.persistentConnection = yesNo(preset.persistentConnection);
  }
  if (preset.afterContactWorkSeconds !== undefined) {
    values.afterContactWorkSeconds = String(preset.afterContactWorkSeconds);
  }
  if (audioEnhancement !== undefined) values.voiceEnhancement = audioEnhancement;
  if (preset.tags) {
    values.tags = Object.entries(preset.tags)
      .map(([key, value]) => `${key}=${value}`)
      .join('\n');
  }
  return values;
}
