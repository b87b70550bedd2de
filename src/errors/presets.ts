/** Catalogue of errors: presets of the policy. */
import type { ErrorEntry } from './entry.ts';

export const presetErrors = {
  'preset.unknown': {
    sentence: '{instance} has no preset “{preset}”.',
    todo: 'Choose one of: {names}.',
  },
  'preset.none': {
    sentence: '{instance} has no presets that you may use.',
    todo: 'Leave the preset empty and fill in the other fields.',
  },
  'preset.not-yours': {
    sentence: 'You may not use the preset “{preset}” in {instance}.',
    todo: 'Choose another one, or ask the operator of this bot.',
  },
  'preset.broken': {
    sentence: 'The preset “{preset}” names “{name}”, which {instance} does not have.',
    todo: 'The operator has to correct the preset. Until then, leave the preset empty.',
  },
  'preset.fixed': {
    sentence: 'The preset “{preset}” sets this to “{value}”, and it can’t be changed.',
    todo: 'Leave it empty, or leave the preset out.',
  },
  'preset.no-username': {
    sentence: 'The preset “{preset}” can’t make a username out of these names.',
    todo: 'Type the username.',
  },
} as const satisfies Record<string, ErrorEntry>;
