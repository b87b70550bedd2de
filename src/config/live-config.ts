/**
 * The configuration while the bot runs. The policy can be replaced (SIGHUP): who may do what, and how people are
 * identified. Settings that were used to open connections cannot.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Config, InstanceConfig } from './config.ts';

export type LiveConfig = {
  /** Always the current configuration: read it when it is needed, and store no part of it. */
  readonly config: Config;
  instance(alias: string): InstanceConfig;
  /** Applies the new policy; or keeps the old one and returns which changes require a restart. */
  replace(
    next: Config,
  ): { readonly ok: true } | { readonly ok: false; readonly needRestart: string[] };
};

/** The settings of an instance that are read again for every request. */
const replaceable = ['mayRequest', 'approval', 'rules', 'neverCount', 'loginUrl', 'limits'];

export function liveConfig(first: Config): LiveConfig {
  let current = first;
  const config: Config = {
    ...first,
    get identity() {
      return current.identity;
    },
    get instances() {
      return current.instances;
    },
    get operators() {
      return current.operators;
    },
    get openRequestsPerPerson() {
      return current.openRequestsPerPerson;
    },
    get passwordsExpireAfterMs() {
      return current.passwordsExpireAfterMs;
    },
    get retentionDays() {
      return current.retentionDays;
    },
    get policyHash() {
      return current.policyHash;
    },
  };
  return {
    config,
    instance(alias) {
      const found = current.instances.find((instance) => instance.alias === alias);
      if (!found) throw new Error(`there is no instance ${alias}`);
      return found;
    },
    replace(next) {
      const needRestart = differences(current, next);
      if (needRestart.length > 0) return { ok: false, needRestart };
      current = next;
      return { ok: true };
    },
  };
}

function differences(before: Config, after: Config): string[] {
  const aliases = (config: Config) => config.instances.map(({ alias }) => alias);
  if (!isDeepStrictEqual(aliases(before), aliases(after))) return ['instances'];
  return before.instances.flatMap((instance, index) => {
    const next = after.instances[index];
    return Object.keys({ ...instance, ...next })
      .filter((name) => !replaceable.includes(name))
      .filter((name) => !isDeepStrictEqual(member(instance, name), member(next, name)))
      .map((name) => `instances[${index}].${name}`);
  });
}

function member(instance: InstanceConfig | undefined, name: string): unknown {
  return Object.entries(instance ?? {}).find(([key]) => key === name)?.[1];
}
