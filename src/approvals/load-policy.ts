/**
 * The policy that is in effect from now on. It can be replaced while the bot runs, which is recorded in the audit
 * trail.
 */
import { appendEvent } from '../audit/audit-store.ts';
import type { Config } from '../config/config.ts';
import type { LiveConfig } from '../config/live-config.ts';
import { type ConfigRead, formatConfigProblems } from '../config/read/read-config.ts';
import { rulesOf } from '../policy/read-rules.ts';
import type { Services } from '../services.ts';

/** Records which policy is in effect, by the hash of its file. */
export async function notePolicy(
  services: Pick<Services, 'db' | 'now'>,
  config: Pick<Config, 'policyHash' | 'instances'>,
  actor: 'start' | 'reload',
): Promise<void> {
  const rules = config.instances.map((instance) => ({
    instance: instance.alias,
    rules: rulesOf(instance).map(({ name }) => name),
  }));
  const details = { policyHash: config.policyHash, by: actor, rules };
  await services.db
    .transaction()
    .execute((tx) =>
      appendEvent(tx, null, { kind: 'policy-loaded', actor: 'bot', details }, services.now()),
    );
}

/**
 * Puts a policy that was read again into effect. An invalid policy, or one that needs a restart, is refused: the old
 * one stays in effect, and the log says why.
 */
export async function reloadPolicy(
  services: Pick<Services, 'db' | 'now' | 'log'>,
  live: LiveConfig,
  read: ConfigRead,
): Promise<boolean> {
  const { log } = services;
  const before = live.config.policyHash;
  if (!read.ok) {
    log.error({ problems: formatConfigProblems(read.problems) }, 'the new policy is refused');
    return false;
  }
  const replaced = live.replace(read.config);
  if (!replaced.ok) {
    const { needRestart } = replaced;
    log.error({ needRestart }, 'the new policy is refused: these settings need a restart');
    return false;
  }
  const { policyHash } = read.config;
  if (policyHash !== before) await notePolicy(services, live.config, 'reload');
  log.info({ policyHash, changed: policyHash !== before }, 'the policy was read again');
  return true;
}
