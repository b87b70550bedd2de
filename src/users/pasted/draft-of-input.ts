/** Converts CreateUser's input, which can be incomplete, into a draft for the form. */
import { problem } from '../../errors/problem.ts';
import { shown } from '../../text/tidy.ts';
import type { UserContext } from '../context.ts';
import { createNotes, type Notes } from '../draft-findings.ts';
import {
  hierarchyGroupKind,
  type Kind,
  resolve,
  routingProfileKind,
  securityProfileKind,
} from '../fields/profiles.ts';
import { createDraftReader } from '../files/check/to-draft.ts';
import { cellsOfEntry } from '../files/read/json/json-cells.ts';
import { standardLimits } from '../files/table/file-limits.ts';
import { placeColumns } from '../files/table/plan-columns.ts';
import { createBudget } from '../files/table/text-limit.ts';
import type { Choice, Finding, HierarchyGroup, Named, UserDraft } from '../new-user.ts';

export type PastedFinding = Pick<Finding, 'problem' | 'suggestion'>;

export type PastedDraft = {
  readonly draft: UserDraft;
  /** Parts of the input that are not in the draft, or were changed. */
  readonly findings: readonly PastedFinding[];
};

/**
 * Reads the input like one entry of a JSON file, except for missing values, which the form reports. Known ids and
 * ARNs become choices; names are accepted as well. Throws `ProblemError` when it is too large.
 */
export function draftOfInput(
  input: Readonly<Record<string, unknown>>,
  context: UserContext,
): PastedDraft {
  const entry = cellsOfEntry(input, 1, standardLimits, createBudget(standardLimits));
  const cells = [...entry.cells.values()];
  const plan = placeColumns(cells.map(({ header }) => header));
  const row = { number: 1, cells: cells.map(({ text }) => text) };
  const { draft, findings } = createDraftReader(plan, context)(row);
  const notes = createNotes();
  return {
    draft: chooseByName(draft, context, notes),
    findings: [
      ...entry.problems.map(({ header, what }) => ({
        problem: problem('row.not-a-text', { name: shown(header), what }),
      })),
      ...plan.unread,
      ...findings,
      ...notes.findings,
    ],
  };
}

/** The form chooses by id, so names become ids; an unknown or ambiguous name is left out and reported. */
function chooseByName(draft: UserDraft, context: UserContext, notes: Notes): UserDraft {
  const idsOf = (choices: readonly Choice[], kind: Kind<Named> | Kind<HierarchyGroup>): Choice[] =>
    choices.flatMap((choice) => {
      if ('id' in choice) return [choice];
      const item = resolve<Named | HierarchyGroup>(choice, kind, context, notes);
      return item ? [{ id: item.id }] : [];
    });
  const { routingProfile, securityProfiles, hierarchyGroup, ...rest } = draft;
  const [routing] = idsOf(routingProfile ? [routingProfile] : [], routingProfileKind(context));
  const [group] = idsOf(hierarchyGroup ? [hierarchyGroup] : [], hierarchyGroupKind(context));
  const profiles = securityProfiles && idsOf(securityProfiles, securityProfileKind(context));
  return {
    ...rest,
    ...(routing ? { routingProfile: routing } : {}),
    ...(profiles ? { securityProfiles: profiles } : {}),
    ...(group ? { hierarchyGroup: group } : {}),
  };
}
