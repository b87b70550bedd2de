/** The access of the new user: security profiles, routing profile, hierarchy group, by id or name. */
import { problem } from '../../errors/problem.ts';
import { shown, tidy } from '../../text/tidy.ts';
import type { UserContext } from '../context.ts';
import type { Notes } from '../draft-findings.ts';
import type { NameMatch } from '../name-index.ts';
import type { Choice, HierarchyGroup, Named, UserDraft } from '../new-user.ts';

type ChoiceField = 'routingProfile' | 'securityProfiles' | 'hierarchyGroup';

/** How the directory finds items of one kind, and the name of the kind. */
export type Kind<Item> = {
  readonly field: ChoiceField;
  readonly kind: string;
  byId(id: string): Item | undefined;
  match(name: string): NameMatch<Item>;
  textOf(item: Item): string;
};

/** The model of CreateUser. */
export const mostSecurityProfiles = 10;
/**
 * A cell with more names has its own finding, for example when it contains a whole column: none of them is looked up.
 */
export const mostNamesRead = 3 * mostSecurityProfiles;
/**
 * "You can assign up to two security profiles that have granular access control":
 * https://docs.aws.amazon.com/connect/latest/adminguide/tag-based-access-control.html
 */
const mostGranular = 2;
/** The number of items listed for an ambiguous name; more would not fit into a field's error. */
const mostListed = 4;

/** The routing profile, which every user needs. */
export function checkRoutingProfile(
  draft: UserDraft,
  context: UserContext,
  notes: Notes,
): Named | undefined {
  const choice = filled(draft.routingProfile);
  if (!choice) {
    notes.wrong('routingProfile', problem('field.missing', { what: 'The routing profile' }));
    return undefined;
  }
  const kind = routingProfileKind(context);
  const found = resolve(choice, kind, context, notes);
  if (found && 'name' in choice) notes.corrected('routingProfile', choice.name, found.name);
  return found;
}

/** One to ten security profiles; duplicates count once. */
export function checkSecurityProfiles(
  draft: UserDraft,
  context: UserContext,
  notes: Notes,
): Named[] {
  const choices = filledChoices(draft.securityProfiles);
  const [only] = choices;
  if (only && choices.length === 1) return checkOnlyProfile(only, context, notes);
  if (choices.length === 0) {
    notes.wrong('securityProfiles', problem('field.missing', { what: 'The security profile' }));
    return [];
  }
  if (choices.length > mostNamesRead) {
    const params = { count: `more than ${mostNamesRead}` };
    notes.wrong('securityProfiles', problem('security-profiles.too-many', params));
    return [];
  }
  const kind = securityProfileKind(context);
  const before = notes.findings.length;
  const found = new Map<string, Named>();
  for (const choice of choices) {
    const profile = resolve(choice, kind, context, notes);
    if (profile) found.set(profile.id, profile);
    // More unknown names than a user can have profiles count as one mistake.
    if (notes.findings.length - before >= mostSecurityProfiles) break;
  }
  const profiles = [...found.values()];
  if (profiles.length > mostSecurityProfiles) {
    const params = { count: profiles.length };
    notes.wrong('securityProfiles', problem('security-profiles.too-many', params));
  }
  const granular = profiles.filter(({ id }) => context.granularProfiles?.has(id));
  if (granular.length > mostGranular) {
    const names = granular.map(({ name }) => shown(name)).join(', ');
    const params = { count: granular.length, names };
    notes.wrong('securityProfiles', problem('security-profiles.granular', params));
  }
  if (notes.findings.length === before && choices.some((choice) => 'name' in choice)) {
    const from = choices.map((choice) =>
      'name' in choice ? choice.name : (kind.byId(choice.id)?.name ?? choice.id),
    );
    const to = profiles.map((profile) => profile.name);
    notes.corrected('securityProfiles', from.join('|'), to.join('|'));
  }
  return profiles;
}

/** The security profile of nearly every user: a single one, so that there is nothing to count. */
function checkOnlyProfile(choice: Choice, context: UserContext, notes: Notes): Named[] {
  const profile = resolve(choice, securityProfileKind(context), context, notes);
  if (!profile) return [];
  if ('name' in choice) notes.corrected('securityProfiles', choice.name, profile.name);
  return [profile];
}

/** The hierarchy group, which is optional. */
export function checkHierarchyGroup(
  draft: UserDraft,
  context: UserContext,
  notes: Notes,
): HierarchyGroup | undefined {
  const choice = filled(draft.hierarchyGroup);
  if (!choice) return undefined;
  const kind = hierarchyGroupKind(context);
  const found = resolve(choice, kind, context, notes);
  if (found && 'name' in choice) {
    notes.corrected('hierarchyGroup', choice.name, kind.textOf(found));
  }
  return found;
}

export function routingProfileKind({ directory }: UserContext): Kind<Named> {
  const { byId, match } = directory.routingProfiles;
  return { field: 'routingProfile', kind: 'routing profile', byId, match, textOf: nameOf };
}

export function securityProfileKind({ directory }: UserContext): Kind<Named> {
  const { byId, match } = directory.securityProfiles;
  return { field: 'securityProfiles', kind: 'security profile', byId, match, textOf: nameOf };
}

export function hierarchyGroupKind({ directory }: UserContext): Kind<HierarchyGroup> {
  const { byId, match, textOf } = directory.hierarchyGroups;
  return { field: 'hierarchyGroup', kind: 'hierarchy group', byId, match, textOf };
}

const nameOf = ({ name }: Named): string => name;

function filled(choice: Choice | undefined): Choice | undefined {
  if (!choice) return undefined;
  return ('id' in choice ? choice.id : tidy(choice.name, 'name').text) === '' ? undefined : choice;
}

function filledChoices(choices: readonly Choice[] = []): readonly Choice[] {
  const isFilled = (choice: Choice) => filled(choice) !== undefined;
  return choices.every(isFilled) ? choices : choices.filter(isFilled);
}

/** The item that was chosen by id or name; problems of the choice are added to `notes`. */
export function resolve<Item>(
  choice: Choice,
  kind: Kind<Item>,
  context: UserContext,
  notes: Notes,
): Item | undefined {
  if ('id' in choice) {
    const item = kind.byId(choice.id);
    if (item === undefined) {
      const params = { kind: kind.kind, instance: context.alias };
      notes.wrong(kind.field, problem('choice.gone', params));
    }
    return item;
  }
  const { text, fault } = tidy(choice.name, 'name');
  if (fault) {
    notes.wrong(kind.field, problem(fault));
    return undefined;
  }
  const match = kind.match(text);
  if (match.kind === 'one') return match.item;
  const params = { kind: kind.kind, name: shown(text), instance: context.alias };
  switch (match.kind) {
    case 'several': {
      const texts = match.items.slice(0, mostListed).map((item) => shown(kind.textOf(item)));
      const more = match.items.length - texts.length;
      const list = [...texts, ...(more > 0 ? [`${more} more`] : [])].join(', ');
      notes.wrong(kind.field, problem('choice.ambiguous', { ...params, list }));
      return undefined;
    }
    case 'none':
      notes.wrong(kind.field, problem('choice.unknown', params), match.nearest);
      return undefined;
  }
}
