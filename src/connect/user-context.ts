/** The context of one configured instance for the rules of users. */
import type { Config, InstanceConfig } from '../config/config.ts';
import type { InstanceAmongOthers, UserContext } from '../users/context.ts';
import type { DirectorySnapshot } from './directory.ts';

export function userContext(
  config: Pick<Config, 'secretsKey'> & Partial<Pick<Config, 'identity'>>,
  instance: InstanceConfig,
  snapshot: DirectorySnapshot,
  others: readonly OtherInstance[] = [],
): UserContext {
  return {
    alias: instance.alias,
    identityMode: snapshot.facts.identityMode,
    ...(config.identity && { identityDomains: config.identity.emailDomains }),
    samlEmail: instance.samlEmail,
    ...(instance.defaultCountry ? { defaultCountry: instance.defaultCountry } : {}),
    directory: snapshot,
    presets: instance.presets,
    tagsOfTheBot: instance.tagUsers ? 1 : 0,
    canTypePassword: config.secretsKey !== undefined,
    ...(snapshot.predefinedAttributes && {
      predefinedAttributes: snapshot.predefinedAttributes,
    }),
    trafficDistributionGroups: instance.trafficDistributionGroups,
    defaultTags: instance.defaultTags,
    requiredTags: instance.requiredTags,
    instance: instanceAmongOthers(snapshot.facts.id, others),
  };
}

/** Another configured instance, with the data about it that is known without a call. */
export type OtherInstance = {
  readonly config: Pick<InstanceConfig, 'alias' | 'instanceId'>;
  readonly snapshot: DirectorySnapshot | undefined;
};

function instanceAmongOthers(id: string, others: readonly OtherInstance[]): InstanceAmongOthers {
  return {
    id,
    others: new Map(others.map(({ config }) => [config.instanceId, config.alias])),
    owners: new Map(
      others.flatMap(({ config, snapshot }) => {
        const lists = snapshot?.lists();
        const items = lists
          ? [...lists.routingProfiles, ...lists.securityProfiles, ...lists.hierarchyGroups]
          : [];
        return items.map((item) => [item.id, config.alias] as const);
      }),
    ),
  };
}
