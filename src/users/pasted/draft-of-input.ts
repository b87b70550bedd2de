/** CreateUser's input, which may be incomplete, as what somebody types into the form. */
import { type Problem, problem } from '../../errors/problem.ts';
import { shown } from '../../text/tidy.ts';
import type { UserContext } from '../context.ts';
import { createDraftReader } from '../files/check/to-draft.ts';
import { cellsOfEntry } from '../files/read/json-cells.ts';
import { createBudget } from '../files/table/budget.ts';
import { placeColumns } from '../files/table/column-plan.ts';
import { standardLimits } from '../files/table/table.ts';
import type { Choice, UserDraft } from '../new-user.ts';

export type PastedDraft = {
  readonly draft: UserDraft;
  /** What of the input is not in the draft, or not as it was written. */
  readonly problems: readonly Problem[];
};

/**
 * Reads the input as one entry of a JSON file is read, but for what is missing: the form says that. Ids and ARNs that
 * the instance knows become choices; names are taken as well. Throws `ProblemError` when it is too large.
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
  const chosen = chooseByName(draft, context);
  return {
    draft: chosen.draft,
    problems: [
      ...entry.problems.map(({ header, what }) =>
        problem('row.not-a-text', { name: shown(header), what }),
      ),
      ...plan.unread.map((column) => column.problem),
      ...findings.map((finding) => finding.problem),
      ...chosen.problems,
    ],
  };
}

/** The form chooses by id, so names become ids; one that means nothing here is left out and said. */
function chooseByName(
  draft: UserDraft,
  { directory, alias }: UserContext,
): { draft: UserDraft; problems: Problem[] } {
  const problems: Problem[] = [];
  const byId = (
    choice: Choice,
    kind: string,
    match: (name: string) => { kind: string; item?: { readonly id: string } },
  ): Choice[] => {
    if ('id' in choice) return [choice];
    const found = match(choice.name);
    if (found.kind === 'one' && found.item) return [{ id: found.item.id }];
    problems.push(
      problem('paste.unknown-choice', { kind, name: shown(choice.name), instance: alias }),
    );
    return [];
  };
  const { routingProfile, securityProfiles, hierarchyGroup, ...rest } = draft;
  const [routing] = routingProfile
    ? byId(routingProfile, 'routing profile', directory.routingProfiles.match)
    : [];
  const [group] = hierarchyGroup
    ? byId(hierarchyGroup, 'hierarchy group', directory.hierarchyGroups.match)
    : [];
  const profiles = securityProfiles?.flatMap((choice) =>
    byId(choice, 'security profile', directory.securityProfiles.match),
  );
  return {
    draft: {
      ...rest,
      ...(routing ? { routingProfile: routing } : {}),
      ...(profiles ? { securityProfiles: profiles } : {}),
      ...(group ? { hierarchyGroup: group } : {}),
    },
    problems,
  };
}
