/** Presets with names that their instance does not have, for doctor and the start of the bot. Pure. */
import type { Preset } from '../preset.ts';
import { goneFromPreset } from './apply-preset.ts';

/**
 * The presets that cannot be used, in the order of the policy file, each with the names that are missing or
 * ambiguous.
 */
export function brokenPresets(
  presets: readonly Preset[],
  directory: Parameters<typeof goneFromPreset>[1]['directory'],
): { readonly preset: string; readonly gone: readonly string[] }[] {
  return presets
    .map((preset) => ({ preset: preset.name, gone: goneFromPreset(preset, { directory }) }))
    .filter(({ gone }) => gone.length > 0);
}
