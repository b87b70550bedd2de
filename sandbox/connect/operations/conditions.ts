/** The condition language of all searches: criteria on fields, filters on tags and groups. */
import type {
  ControlPlaneTagFilter,
  HierarchyGroupCondition,
  ListCondition,
  NumberCondition,
  StringCondition,
  TagCondition,
} from '@aws-sdk/client-connect';
import { invalidParameter } from '../protocol/errors.ts';
import type { Proficiency } from '../world.ts';

/** What a search can filter on for one kind of resource. */
export type Searchable<Item> = {
  /** The fields of `StringCondition.FieldName`, each with the values that may match. */
  fields: Readonly<Record<string, (item: Item) => readonly string[]>>;
  tags: (item: Item) => Readonly<Record<string, string>>;
  /** Ids of the item's group and of those above it, top first; only users have one. */
  groupPath?: (item: Item) => readonly string[];
  /** What people are good at; only users have any. */
  proficiencies?: (item: Item) => readonly Proficiency[];
  /** Fields on which CONTAINS takes 2 to 25 characters only (documented for profiles). */
  shortContains?: readonly string[];
};

type Criteria = {
  OrConditions?: Criteria[] | undefined;
  AndConditions?: Criteria[] | undefined;
  StringCondition?: StringCondition | undefined;
  HierarchyGroupCondition?: HierarchyGroupCondition | undefined;
  ListCondition?: ListCondition | undefined;
};

type Test<Item> = (item: Item) => boolean;

const everything = () => true;

/**
 * Compiles criteria into a predicate, and refuses invalid ones.
 *
 * @throws ServiceError InvalidParameterException. That more than one member at a time is refused is documented for
 * the filters and a guess for the criteria.
 */
export function compileCriteria<Item>(
  criteria: Criteria | undefined,
  about: Searchable<Item>,
): Test<Item> {
  if (!criteria) return everything;
  onlyOne('SearchCriteria', criteria);
  if (criteria.OrConditions) {
    const tests = criteria.OrConditions.map((inner) => compileCriteria(inner, about));
    return (item) => tests.some((test) => test(item));
  }
  if (criteria.AndConditions) {
    const tests = criteria.AndConditions.map((inner) => compileCriteria(inner, about));
    return (item) => tests.every((test) => test(item));
  }
  if (criteria.StringCondition) return compileString(criteria.StringCondition, about);
  if (criteria.HierarchyGroupCondition) {
    return compileGroup(criteria.HierarchyGroupCondition, about);
  }
  return criteria.ListCondition ? compileList(criteria.ListCondition, about) : everything;
}

/** A user matches when one proficiency meets all conditions. The names of the fields are a guess. */
function compileList<Item>(
  { Conditions = [] }: ListCondition,
  { proficiencies }: Searchable<Item>,
): Test<Item> {
  if (!proficiencies) return () => false;
  const about: Searchable<Proficiency> = {
    fields: {
      AttributeName: (proficiency) => [proficiency.AttributeName],
      AttributeValue: (proficiency) => [proficiency.AttributeValue],
    },
    tags: () => ({}),
  };
  const tests = Conditions.map(
    ({ StringCondition: text, NumberCondition: level }): Test<Proficiency> => {
      const named = text ? compileString(text, about) : everything;
      const within = level ? compileLevel(level) : everything;
      return (proficiency) => named(proficiency) && within(proficiency);
    },
  );
  return (item) =>
    proficiencies(item).some((proficiency) => tests.every((test) => test(proficiency)));
}

function compileLevel({
  FieldName,
  MinValue = 1,
  MaxValue = 5,
  ComparisonType,
}: NumberCondition): Test<Proficiency> {
  if (FieldName !== 'Level') throw invalidParameter(`FieldName must be Level, not '${FieldName}'`);
  switch (ComparisonType) {
    case 'GREATER_OR_EQUAL':
      return ({ Level }) => Level >= MinValue;
    case 'GREATER':
      return ({ Level }) => Level > MinValue;
    case 'LESSER_OR_EQUAL':
      return ({ Level }) => Level <= MaxValue;
    case 'LESSER':
      return ({ Level }) => Level < MaxValue;
    case 'EQUAL':
      return ({ Level }) => Level === MinValue;
    case 'NOT_EQUAL':
      return ({ Level }) => Level !== MinValue;
    case 'RANGE':
      return ({ Level }) => Level >= MinValue && Level <= MaxValue;
    default:
      throw invalidParameter('NumberCondition needs a ComparisonType');
  }
}

function compileString<Item>(condition: StringCondition, about: Searchable<Item>): Test<Item> {
  const { FieldName, Value, ComparisonType } = condition;
  const read =
    FieldName !== undefined && Object.hasOwn(about.fields, FieldName)
      ? about.fields[FieldName]
      : undefined;
  if (FieldName === undefined || !read) {
    throw invalidParameter(
      `FieldName must be one of ${Object.keys(about.fields).join(', ')}, not '${FieldName ?? ''}'`,
    );
  }
  if (Value === undefined || ComparisonType === undefined) {
    throw invalidParameter('StringCondition needs FieldName, Value and ComparisonType');
  }
  if (ComparisonType === 'CONTAINS' && about.shortContains?.includes(FieldName)) {
    const length = [...Value].length;
    if (length < 2 || length > 25) {
      throw invalidParameter(`CONTAINS on '${FieldName}' takes 2 to 25 characters`);
    }
  }
  // That the comparison ignores case is a guess.
  const wanted = Value.toLowerCase();
  return (item) =>
    read(item).some((text) => {
      const value = text.toLowerCase();
      switch (ComparisonType) {
        case 'EXACT':
          return value === wanted;
        case 'STARTS_WITH':
          return value.startsWith(wanted);
        case 'CONTAINS':
          return value.includes(wanted);
        default:
          return ComparisonType satisfies never;
      }
    });
}

function compileGroup<Item>(
  { Value, HierarchyGroupMatchType }: HierarchyGroupCondition,
  { groupPath }: Searchable<Item>,
): Test<Item> {
  if (Value === undefined || HierarchyGroupMatchType === undefined) {
    throw invalidParameter('HierarchyGroupCondition needs Value and HierarchyGroupMatchType');
  }
  if (!groupPath) return () => false;
  return HierarchyGroupMatchType === 'EXACT'
    ? (item) => groupPath(item).at(-1) === Value
    : (item) => groupPath(item).includes(Value);
}

/** "Only one field can be populated" (ControlPlaneTagFilter and its siblings). */
export function compileTagFilter<Item>(
  filter: ControlPlaneTagFilter | undefined,
  about: Searchable<Item>,
): Test<Item> {
  if (!filter) return everything;
  onlyOne('TagFilter', filter);
  if (filter.TagCondition) return compileTags([filter.TagCondition], about);
  if (filter.AndConditions) return compileTags(filter.AndConditions, about);
  if (filter.OrConditions) {
    const tests = filter.OrConditions.map((conditions) => compileTags(conditions, about));
    return (item) => tests.some((test) => test(item));
  }
  return everything;
}

type AttributeAnd = {
  TagConditions?: TagCondition[] | undefined;
  HierarchyGroupCondition?: HierarchyGroupCondition | undefined;
};
type AttributeFilter = {
  OrConditions?: AttributeAnd[] | undefined;
  AndCondition?: AttributeAnd | undefined;
  TagCondition?: TagCondition | undefined;
  HierarchyGroupCondition?: HierarchyGroupCondition | undefined;
};

/** ControlPlaneUserAttributeFilter: at most 25 tag and 20 hierarchy conditions. */
export function compileAttributeFilter<Item>(
  filter: AttributeFilter | undefined,
  about: Searchable<Item>,
): Test<Item> {
  if (!filter) return everything;
  onlyOne('AttributeFilter', filter);
  const ands = filter.OrConditions ?? [filter.AndCondition ?? {}];
  if (ands.flatMap((and) => and.TagConditions ?? []).length > 25) {
    throw invalidParameter('Not more than 25 tag conditions');
  }
  if (ands.filter((and) => and.HierarchyGroupCondition).length > 20) {
    throw invalidParameter('Not more than 20 hierarchy group conditions');
  }
  if (filter.TagCondition) return compileTags([filter.TagCondition], about);
  if (filter.HierarchyGroupCondition) return compileGroup(filter.HierarchyGroupCondition, about);
  const tests = ands.map((and) => {
    const tags = compileTags(and.TagConditions ?? [], about);
    const group = and.HierarchyGroupCondition
      ? compileGroup(and.HierarchyGroupCondition, about)
      : everything;
    return (item: Item) => tags(item) && group(item);
  });
  return (item) => tests.some((test) => test(item));
}

function compileTags<Item>(
  conditions: readonly TagCondition[],
  about: Searchable<Item>,
): Test<Item> {
  return (item) => {
    const tags = about.tags(item);
    return conditions.every(
      ({ TagKey, TagValue }) =>
        TagKey !== undefined &&
        Object.hasOwn(tags, TagKey) &&
        // That a condition without a value matches the key alone is a guess.
        (TagValue === undefined || tags[TagKey] === TagValue),
    );
  };
}

/** @throws ServiceError when more than one member of a "choose one" structure is given. */
export function onlyOne(what: string, members: object): void {
  const given = Object.entries(members).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  if (given.length > 1) {
    throw invalidParameter(
      `${what} may have only one of ${given.map(([name]) => name).join(', ')}`,
    );
  }
}
