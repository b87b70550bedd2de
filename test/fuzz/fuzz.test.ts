/** A short run of the fuzzer, and tests that it finds deliberate faults. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runFuzz } from '../../fuzz/run.ts';
import type { Target } from '../../fuzz/target.ts';
import { inProcessTargets } from '../../fuzz/targets.ts';

const broken = (attempt: Target['attempt'], timeoutMs = 1_000): Target => ({
  name: 'broken',
  weight: 1,
  timeoutMs,
  attempt,
});

describe('the fuzzer', () => {
  test('finds nothing at any target that is tried in process', async () => {
    const targets = await inProcessTargets();
    try {
      const report = await runFuzz(targets, { seed: 20261126, inputs: 2_000 });
      const findings = report.findings.filter(({ kind }) => kind !== 'stuck');
      assert.deepEqual(findings, [], 'again with: npm run fuzz -- --inputs 2000 --seed 20261126');
      assert.equal(report.inputs, 2_000);
      for (const target of targets) assert.ok(report.perTarget[target.name], target.name);
    } finally {
      await Promise.all(targets.map((target) => target.close?.()));
    }
  });

  test('distinguishes an exception, a timeout and a finding of the target itself', async () => {
    const run = async (target: Target) =>
      (await runFuzz([target], { seed: 1, inputs: 1 })).findings;
    const [crash] = await run(broken(() => Promise.reject(new Error('thrown'))));
    assert.equal(crash?.kind, 'crash');
    assert.match(crash?.detail ?? '', /thrown/);
    const [stuck] = await run(broken(() => new Promise(() => {}), 20));
    assert.equal(stuck?.kind, 'stuck');
    const [secret] = await run(broken(async () => ({ kind: 'secret', detail: 'there' })));
    assert.equal(secret?.kind, 'secret');
  });

  test('draws the same inputs from the same seed, also a single one of them', async () => {
    const drawn = async (options: { seed: number; replay?: number }) => {
      const numbers: number[] = [];
      const target = broken(async (chance) => {
        numbers.push(chance.next());
        return null;
      });
      await runFuzz([target], { inputs: 5, ...options });
      return numbers;
    };
    const all = await drawn({ seed: 7 });
    assert.deepEqual(await drawn({ seed: 7 }), all);
    assert.deepEqual(await drawn({ seed: 7, replay: 3 }), all.slice(3, 4));
    assert.notDeepEqual(await drawn({ seed: 8 }), all);
  });
});
