import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { ProblemError } from '../../src/errors/problem.ts';
import { open, seal } from '../../src/storage/secrets.ts';

const key = randomBytes(32);
const lost = (error: unknown) =>
  error instanceof ProblemError && error.problem.code === 'create.password-lost';

describe('sealed secrets', () => {
  test('a sealed text opens with the same key in the same context', () => {
    for (const text of ['Ünïcode-Pa55wort ✓', '', 'x'.repeat(10_000)]) {
      assert.equal(open({ secretsKey: key }, seal(key, text, 'row:1001:3'), 'row:1001:3'), text);
    }
  });

  test('H4: a sealed box does not contain the text, and no two boxes are equal', () => {
    const box = seal(key, 'Secret-Passw0rd', 'row:1001:3');
    assert.equal(box.includes('Secret-Passw0rd'), false);
    assert.notDeepEqual(box, seal(key, 'Secret-Passw0rd', 'row:1001:3'));
  });

  test('a different key or a different row opens nothing', () => {
    const box = seal(key, 'Secret-Passw0rd', 'row:1001:3');
    assert.throws(() => open({ secretsKey: randomBytes(32) }, box, 'row:1001:3'), lost);
    assert.throws(() => open({ secretsKey: key }, box, 'row:1001:4'), lost);
  });

  test('texts sealed with an old key open as long as the old key is configured', () => {
    const box = seal(key, 'Secret-Passw0rd', 'row:1001:3');
    const secretsKey = randomBytes(32);
    const oldSecretsKeys = [randomBytes(32), key];
    assert.equal(open({ secretsKey, oldSecretsKeys }, box, 'row:1001:3'), 'Secret-Passw0rd');
    assert.throws(() => open({ secretsKey, oldSecretsKeys }, box, 'row:1001:4'), lost);
    assert.throws(() => open({ secretsKey }, box, 'row:1001:3'), lost);
    assert.throws(() => open({}, box, 'row:1001:3'), lost);
  });

  test('a box changed or cut anywhere opens nothing', () => {
    const box = seal(key, 'Secret-Passw0rd', 'row:1001:3');
    for (let at = 0; at < box.length; at++) {
      const changed = Buffer.from(box);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      assert.throws(() => open({ secretsKey: key }, changed, 'row:1001:3'), lost, `byte ${at}`);
      assert.throws(
        () => open({ secretsKey: key }, box.subarray(0, at), 'row:1001:3'),
        lost,
        `cut at ${at}`,
      );
    }
  });
});
