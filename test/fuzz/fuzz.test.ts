/** A short run of the fuzzer, and that it finds what is there to find. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Border } from '../../fuzz/border.ts';
import { inProcessBorders } from '../../fuzz/borders.ts';
import { runFuzz } from '../../fuzz/run.ts';

const broken = (attempt: Border['attempt'], timeoutMs = 1_000): Border => ({
  name: 'broken',
  weight: 1,
  timeoutMs,
  attempt,
});

describe('the fuzzer', () => {
  test('finds nothing at any border that is tried in process', async () => {
    const borders = await inProcessBorders();
    try {
      const report = await runFuzz(borders, { seed: 20261126, inputs: 2_000 });
      const findings = report.findings.filter(({ kind }) => kind !== 'stuck');
      assert.deepEqual(findings, [], 'again with: npm run fuzz -- --inputs 2000 --seed 20261126');
      assert.equal(report.inputs, 2_000);
      for (const border of borders) assert.ok(report.perBorder[border.name], border.name);
    } finally {
      await Promise.all(borders.map((border) => border.close?.()));
    }
  });

  test('tells a throw, a silence and a finding of the border’s own', async () => {
    const run = async (border: Border) =>
      (await runFuzz([border], { seed: 1, inputs: 1 })).findings;
    const [crash] = await run(broken(() => Promise.reject(new Error('thrown'))));
    assert.equal(crash?.kind, 'crash');
    assert.match(crash?.detail ?? '', /thrown/);
    const [stuck] = await run(broken(() => new Promise(() => {}), 20));
    assert.equal(stuck?.kind, 'stuck');
    const [secret] = await run(broken(async () => ({ kind: 'secret', detail: 'there' })));
    assert.equal(secret?.kind, 'secret');
  });

  test('draws the same inputs from the same seed, and one of them alone', async () => {
    const drawn = async (options: { seed: number; replay?: number }) => {
      const numbers: number[] = [];
      const border = broken(async (chance) => {
        numbers.push(chance.next());
        return null;
      });
      await runFuzz([border], { inputs: 5, ...options });
      return numbers;
    };
    const all = await drawn({ seed: 7 });
    assert.deepEqual(await drawn({ seed: 7 }), all);
    assert.deepEqual(await drawn({ seed: 7, replay: 3 }), all.slice(3, 4));
    assert.notDeepEqual(await drawn({ seed: 8 }), all);
  });
});
