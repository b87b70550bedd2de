/** The rules' context for one configured instance. */
import type { Config, InstanceConfig } from '../config/config.ts';
import type { UserContext } from '../users/context.ts';
import type { DirectorySnapshot } from './directory.ts';

export function userContext(
  config: Pick<Config, 'secretsKey'>,
  instance: InstanceConfig,
  snapshot: DirectorySnapshot,
): UserContext {
  return {
    alias: instance.alias,
    identityMode: snapshot.facts.identityMode,
    samlEmail: instance.samlEmail,
    ...(instance.defaultCountry ? { defaultCountry: instance.defaultCountry } : {}),
    directory: snapshot,
    tagsOfTheBot: instance.tagUsers ? 1 : 0,
    canTypePassword: config.secretsKey !== undefined,
    defaultTags: instance.defaultTags,
    requiredTags: instance.requiredTags,
  };
}
