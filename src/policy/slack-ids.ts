/** Ids of people and user groups, as the policy file writes them. */
import { z } from 'zod';

export const personId = z
  .string()
  .regex(/^[UW][A-Z0-9]{2,}$/, { error: 'must be a member id, which begins with U or W' });

export const usergroupId = z
  .string()
  .regex(/^S[A-Z0-9]{2,}$/, { error: 'must be a user group’s id, which begins with S' });

/** Where a value can be found, shown after its description. */
export const sources = z.registry<{ source: string }>();

export const memberIdSource = 'Slack → the person’s profile → ⋮ → Copy member ID';
export const usergroupIdSource = 'Slack → People → User groups → the group → ⋮ → Copy group ID';
