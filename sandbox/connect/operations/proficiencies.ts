/** Predefined attributes, and the proficiency levels of users in them. */
import type {
  AssociateUserProficienciesRequest,
  DescribePredefinedAttributeRequest,
  DescribePredefinedAttributeResponse,
  DisassociateUserProficienciesRequest,
  ListPredefinedAttributesRequest,
  ListPredefinedAttributesResponse,
  ListUserProficienciesRequest,
  ListUserProficienciesResponse,
  SearchPredefinedAttributesRequest,
  SearchPredefinedAttributesResponse,
  UpdateUserProficienciesRequest,
  UserProficiency,
} from '@aws-sdk/client-connect';
import { invalidParameter } from '../protocol/errors.ts';
import type { Instance, PredefinedAttribute, Proficiency, User } from '../world.ts';
import { compileCriteria, type Searchable } from './conditions.ts';
import { type Context, findIn, findInstance } from './context.ts';

/** Amazon Connect's quota "Proficiencies per agent". */
const MOST_PROFICIENCIES = 10;

export function listPredefinedAttributes(
  request: ListPredefinedAttributesRequest,
  context: Context,
): ListPredefinedAttributesResponse {
  const instance = findInstance(context, request.InstanceId);
  const all = [...instance.predefinedAttributes.values()];
  const page = context.pages.cut(all, (attribute) => attribute.name, {
    operation: 'ListPredefinedAttributes',
    question: instance.id,
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    PredefinedAttributeSummaryList: page.items.map((attribute) => ({
      Name: attribute.name,
      LastModifiedTime: attribute.modifiedAt,
      LastModifiedRegion: instance.region,
    })),
    NextToken: page.nextToken,
  };
}

export function describePredefinedAttribute(
  request: DescribePredefinedAttributeRequest,
  context: Context,
): DescribePredefinedAttributeResponse {
  const instance = findInstance(context, request.InstanceId);
  const name = request.Name ?? '';
  const attribute = findIn(instance.predefinedAttributes, name, 'Predefined attribute');
  return { PredefinedAttribute: onTheWire(instance, attribute) };
}

/** Fields: documentation of PredefinedAttributeSearchCriteria names `name` only. */
const searchable: Searchable<PredefinedAttribute> = {
  fields: { name: (attribute) => [attribute.name] },
  tags: () => ({}),
};

export function searchPredefinedAttributes(
  request: SearchPredefinedAttributesRequest,
  context: Context,
): SearchPredefinedAttributesResponse {
  const instance = findInstance(context, request.InstanceId);
  const meets = compileCriteria(request.SearchCriteria, searchable);
  const found = [...instance.predefinedAttributes.values()].filter(meets);
  const page = context.pages.cut(found, (attribute) => attribute.name, {
    operation: 'SearchPredefinedAttributes',
    question: [instance.id, request.SearchCriteria ?? null],
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    PredefinedAttributes: page.items.map((attribute) => onTheWire(instance, attribute)),
    NextToken: page.nextToken,
    ApproximateTotalCount: found.length,
  };
}

const onTheWire = (instance: Instance, attribute: PredefinedAttribute) => ({
  Name: attribute.name,
  Values: { StringList: attribute.values },
  Purposes: ['PROFICIENCY'],
  LastModifiedTime: attribute.modifiedAt,
  LastModifiedRegion: instance.region,
});

export function listUserProficiencies(
  request: ListUserProficienciesRequest,
  context: Context,
): ListUserProficienciesResponse {
  const { instance, user } = findUser(request, context);
  const page = context.pages.cut(user.proficiencies, keyOf, {
    operation: 'ListUserProficiencies',
    question: [instance.id, user.id],
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    UserProficiencyList: page.items,
    NextToken: page.nextToken,
    LastModifiedTime: user.modifiedAt,
    LastModifiedRegion: instance.region,
  };
}

/** That an associated proficiency is refused, and that nothing in that request takes effect, is a guess. */
export function associateUserProficiencies(
  request: AssociateUserProficienciesRequest,
  context: Context,
): Record<string, never> {
  const { instance, user } = findUser(request, context);
  const added = readAll(request.UserProficiencies ?? [], instance);
  const keys = new Set(user.proficiencies.map(keyOf));
  for (const proficiency of added) {
    if (keys.has(keyOf(proficiency))) {
      throw invalidParameter(`The user has a proficiency in ${keyOf(proficiency)} already`);
    }
    keys.add(keyOf(proficiency));
  }
  if (keys.size > MOST_PROFICIENCIES) {
    throw invalidParameter(`A user cannot have more than ${MOST_PROFICIENCIES} proficiencies`);
  }
  return change(user, [...user.proficiencies, ...added], instance, context);
}

export function updateUserProficiencies(
  request: UpdateUserProficienciesRequest,
  context: Context,
): Record<string, never> {
  const { instance, user } = findUser(request, context);
  const changed = new Map(
    readAll(request.UserProficiencies ?? [], instance).map((item) => [keyOf(item), item]),
  );
  const held = new Set(user.proficiencies.map(keyOf));
  const unknown = [...changed.keys()].find((key) => !held.has(key));
  if (unknown !== undefined) throw invalidParameter(`The user has no proficiency in ${unknown}`);
  const all = user.proficiencies.map((item) => changed.get(keyOf(item)) ?? item);
  return change(user, all, instance, context);
}

export function disassociateUserProficiencies(
  request: DisassociateUserProficienciesRequest,
  context: Context,
): Record<string, never> {
  const { instance, user } = findUser(request, context);
  const gone = new Set((request.UserProficiencies ?? []).map(keyOf));
  const rest = user.proficiencies.filter((item) => !gone.has(keyOf(item)));
  return change(user, rest, instance, context);
}

function findUser(
  request: { InstanceId: string | undefined; UserId: string | undefined },
  context: Context,
): { instance: Instance; user: User } {
  const instance = findInstance(context, request.InstanceId);
  return { instance, user: findIn(instance.users, request.UserId ?? '', 'User') };
}

function change(
  user: User,
  proficiencies: Proficiency[],
  instance: Instance,
  context: Context,
): Record<string, never> {
  user.proficiencies = proficiencies;
  user.modifiedAt = context.now();
  context.changed(instance.id);
  return {};
}

/** @throws ServiceError for an attribute that the instance does not have (the error type is a guess) */
function readAll(given: readonly UserProficiency[], instance: Instance): Proficiency[] {
  return given.map(({ AttributeName = '', AttributeValue = '', Level = 0 }) => {
    const attribute = findIn(instance.predefinedAttributes, AttributeName, 'Predefined attribute');
    if (!attribute.values.includes(AttributeValue)) {
      throw invalidParameter(`${AttributeName} has no value ${AttributeValue}`);
    }
    // Documented: "The valid values are 1, 2, 3, 4 and 5."
    if (!Number.isInteger(Level)) throw invalidParameter('Level must be 1, 2, 3, 4 or 5');
    return { AttributeName, AttributeValue, Level };
  });
}

const keyOf = ({
  AttributeName,
  AttributeValue,
}: {
  AttributeName?: string | undefined;
  AttributeValue?: string | undefined;
}) => `${AttributeName}: ${AttributeValue}`;
