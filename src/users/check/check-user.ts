/**
 * Applies all rules of a new user at once: returns every finding of a draft, or the user exactly as Connect gets it.
 */

import { problem } from '../../errors/problem.ts';
import { shown, tidy } from '../../text/tidy.ts';
import type { UserContext } from '../context.ts';
import { createNotes } from '../draft-findings.ts';
import { looksLike } from '../existing-user.ts';
import { checkChannels } from '../fields/channels.ts';
import { checkPassword } from '../fields/password.ts';
import { checkIdentity } from '../fields/person.ts';
import { checkPhone } from '../fields/phone.ts';
import {
  checkHierarchyGroup,
  checkRoutingProfile,
  checkSecurityProfiles,
} from '../fields/profiles.ts';
import { checkTags } from '../fields/tags.ts';
import { checkUsername } from '../fields/username.ts';
import type { CheckedUser, Finding, NewUser, UserDraft, Writable } from '../new-user.ts';
import { applyPreset, followsFromPreset } from '../presets/apply-preset.ts';
import { checkProficiencies } from '../proficiencies.ts';

/**
 * Checks one draft against CreateUser's rules and the instance's directory. Pure: the directory is part of the
 * context. Never throws, whatever the strings contain, and no finding contains the password.
 *
 * @example const checked = checkUser({ firstName: 'Mary', … }, context); if (!checked.ok) show(checked.findings);
 */
export function checkUser(asTyped: UserDraft, context: UserContext): CheckedUser {
  const notes = createNotes();
  const draft = applyPreset(asTyped, context, notes);
  const isPresetWrong = notes.findings.some(({ field }) => field === 'preset');
  const username = checkUsername(draft, context, notes);
  const identity = checkIdentity(draft, context, notes);
  const password = checkPassword(draft, context, notes);
  const routingProfile = checkRoutingProfile(draft, context, notes);
  const securityProfiles = checkSecurityProfiles(draft, context, notes);
  const hierarchyGroup = checkHierarchyGroup(draft, context, notes);
  const calls = checkPhone(draft, context, notes);
  const channels = checkChannels(draft, notes);
  const tags = checkTags(draft, context, notes);
  const proficiencies = checkProficiencies(draft, context, notes);
  const { corrections, warnings } = notes;
  const findings = isPresetWrong
    ? notes.findings.filter((finding) => !followsFromPreset(finding))
    : notes.findings;
  const { phone } = calls;
  const [taken] = findings;
  if (findings.length === 1 && taken?.problem.code === 'username.taken' && routingProfile) {
    const wanted = {
      ...identity,
      routingProfile,
      securityProfiles,
      ...(hierarchyGroup && { hierarchyGroup }),
    };
    return { ok: false, findings: [existsAlready(draft, wanted, context) ?? taken] };
  }
  if (findings.length > 0 || !username || !routingProfile || !phone) return { ok: false, findings };
  const user: Writable<NewUser> = {
    username,
    ...identity,
    routingProfile,
    securityProfiles,
    phone,
    afterContactWorkSeconds: calls.afterContactWorkSeconds,
    tags,
  };
  if (hierarchyGroup) user.hierarchyGroup = hierarchyGroup;
  if (calls.voiceEnhancement) user.voiceEnhancement = calls.voiceEnhancement;
  if (channels) user.channels = channels;
  if (proficiencies.length > 0) user.proficiencies = proficiencies;
  const { trafficDistributionGroups = [] } = context;
  if (trafficDistributionGroups.length > 0) {
    user.trafficDistributionGroups = trafficDistributionGroups;
  }
  return { ok: true, user, password, corrections, warnings };
}

/**
 * The finding for a row whose user was created earlier, for example on the website; null when it is a different
 * person.
 */
function existsAlready(
  draft: UserDraft,
  wanted: Parameters<typeof looksLike>[1],
  context: UserContext,
): Finding | null {
  const username = tidy(draft.username ?? '').text;
  const existing = context.existingUsers?.get(username);
  if (!existing || !looksLike(existing, wanted)) return null;
  const params = { username: shown(username), instance: context.alias };
  return { field: 'username', problem: problem('username.exists-same', params) };
}
