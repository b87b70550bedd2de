/** Presets that name what their instance does not have: doctor and the start of the bot say so. Pure. */
import type { Preset } from '../preset.ts';
import { goneFromPreset } from './apply-preset.ts';

/**
 * The presets that nobody can use as they are, in the order of the policy file, each with the names that are not
 * there, or there several times.
 */
export function brokenPresets(
  presets: readonly Preset[],
  directory: Parameters<typeof goneFromPreset>[1]['directory'],
): { readonly preset: string; readonly gone: readonly string[] }[] {
  return presets
    .map((preset) => ({ preset: preset.name, gone: goneFromPreset(preset, { directory }) }))
    .filter(({ gone }) => gone.length > 0);
}
