/** Steps for a user that already exists: proficiencies, and traffic distribution groups. */
import {
  AssociateTrafficDistributionGroupUserCommand,
  AssociateUserProficienciesCommand,
  ListUserProficienciesCommand,
  SearchPredefinedAttributesCommand,
} from '@aws-sdk/client-connect';
import type { Proficiency } from '../../users/new-user.ts';
import { ConnectReadError } from '../gateway.ts';
import { everyPage } from './list-pages.ts';
import type { Read } from './read-security-profile.ts';

/** Name → values of every predefined attribute. */
export async function readPredefinedAttributes(
  read: Read,
  InstanceId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const attributes = await everyPage(async (NextToken) => {
    const page = { InstanceId, NextToken, MaxResults: 100 };
    const answer = await read('SearchPredefinedAttributes', (client, options) =>
      client.send(new SearchPredefinedAttributesCommand(page), options),
    );
    return { items: answer.PredefinedAttributes ?? [], nextToken: answer.NextToken };
  });
  return new Map(
    attributes.flatMap(({ Name, Values }) => (Name ? [[Name, Values?.StringList ?? []]] : [])),
  );
}

/** The proficiencies of a user. */
export async function readProficiencies(
  read: Read,
  InstanceId: string,
  UserId: string,
): Promise<Proficiency[]> {
  const held = await everyPage(async (NextToken) => {
    const page = { InstanceId, UserId, NextToken, MaxResults: 100 };
    const answer = await read('ListUserProficiencies', (client, options) =>
      client.send(new ListUserProficienciesCommand(page), options),
    );
    return { items: answer.UserProficiencyList ?? [], nextToken: answer.NextToken };
  });
  return held.flatMap(({ AttributeName: attribute, AttributeValue: value, Level: level }) =>
    attribute !== undefined && value !== undefined && level !== undefined
      ? [{ attribute, value, level }]
      : [],
  );
}

/**
 * Adds proficiencies. Connect's answer for one that already exists is not documented, so after a refusal as invalid
 * only the missing ones are added, which makes a repeated call harmless.
 */
export async function addProficiencies(
  read: Read,
  InstanceId: string,
  UserId: string,
  proficiencies: readonly Proficiency[],
): Promise<void> {
  const add = (items: readonly Proficiency[]) =>
    read('AssociateUserProficiencies', (client, options) =>
      client.send(
        new AssociateUserProficienciesCommand({
          InstanceId,
          UserId,
          UserProficiencies: items.map(({ attribute, value, level }) => ({
            AttributeName: attribute,
            AttributeValue: value,
            Level: level,
          })),
        }),
        options,
      ),
    );
  try {
    await add(proficiencies);
  } catch (error) {
    if (!(error instanceof ConnectReadError) || error.kind !== 'invalid') throw error;
    const held = await readProficiencies(read, InstanceId, UserId);
    const isHeld = ({ attribute, value }: Proficiency) =>
      held.some((item) => item.attribute === attribute && item.value === value);
    const missing = proficiencies.filter((item) => !isHeld(item));
    if (missing.length === proficiencies.length) throw error;
    if (missing.length > 0) await add(missing);
  }
}

export async function joinTrafficDistributionGroup(
  read: Read,
  InstanceId: string,
  UserId: string,
  TrafficDistributionGroupId: string,
): Promise<void> {
  const input = { InstanceId, UserId, TrafficDistributionGroupId };
  await read('AssociateTrafficDistributionGroupUser', (client, options) =>
    client.send(new AssociateTrafficDistributionGroupUserCommand(input), options),
  );
}
