import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reloadPolicy } from '../../src/approvals/load-policy.ts';
import type { Config } from '../../src/config/config.ts';
import { liveConfig } from '../../src/config/live-config.ts';
import { instanceConfig } from '../auth/people.ts';
import { rulesOf } from '../policy/policies.ts';
import { testServices } from '../services.ts';

function configOf(config: Config, policyHash: string, changes: object = {}): Config {
  return { ...config, policyHash, instances: [{ ...instanceConfig, ...changes }] };
}

const rules = rulesOf('- { name: New, requesters: { anyone: true } }');

describe('a policy that is read again while the bot runs', () => {
  test('takes effect for everything that reads the configuration from then on, and is noted in the audit trail', async (t) => {
    const { services, database } = await testServices(t);
    const live = liveConfig(configOf(services.config, 'a'));
    const general = { openRequestsPerPerson: 7, passwordsExpireAfterMs: 8, retentionDays: 9 };
    const next = { ...configOf(services.config, 'b', { rules }), ...general, operators: ['U0BEA'] };
    assert.equal(await reloadPolicy(services, live, { ok: true, config: next }), true);
    assert.deepEqual(live.config.instances[0]?.rules, rules);
    assert.equal(live.config.policyHash, 'b');
    const { openRequestsPerPerson, passwordsExpireAfterMs, retentionDays, operators } = live.config;
    assert.deepEqual({ openRequestsPerPerson, passwordsExpireAfterMs, retentionDays }, general);
    assert.deepEqual(operators, ['U0BEA']);
    const [event] = await database.query(
      `select details from audit_events where kind = 'policy-loaded'`,
    );
    assert.deepEqual(event?.details, {
      by: 'reload',
      policyHash: 'b',
      rules: [{ instance: 'production', rules: ['New'] }],
    });
  });

  test('is refused when it is invalid or changes what needs a restart, and the old policy stays in effect', async (t) => {
    const { services, database } = await testServices(t);
    const live = liveConfig(configOf(services.config, 'a'));
    const wrong = { ok: false, problems: [{ setting: 'rules', wrong: 'is wrong' }] } as const;
    assert.equal(await reloadPolicy(services, live, wrong), false);
    const moved = configOf(services.config, 'b', { rules, region: 'us-east-1' });
    assert.equal(await reloadPolicy(services, live, { ok: true, config: moved }), false);
    assert.deepEqual(live.replace(moved), { ok: false, needRestart: ['instances[0].region'] });
    // A preset that names a deleted item can therefore change only with a restart, which the message says.
    const withPreset = configOf(services.config, 'b', { presets: [{ name: 'Tier 1 support' }] });
    assert.deepEqual(live.replace(withPreset), {
      ok: false,
      needRestart: ['instances[0].presets'],
    });
    assert.equal(live.config.policyHash, 'a');
    assert.equal(live.config.instances[0]?.rules, undefined);
    assert.deepEqual(await database.query('select 1 from audit_events'), []);
  });
});
