import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { withSettings } from '../../src/setup/env-text.ts';

describe('what setup writes into .env', () => {
  test('is read back unchanged, whatever the value, or is refused, and sets no other variable', () => {
    const text = '# TOKEN=what it looks like\nOTHER=1\n';
    const value = fc.string({
      unit: fc.constantFrom('a', ' ', "'", '"', '`', '\\', 'n', '$', '#', '=', '\n', 'é'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(value, (typed) => {
        let written: string;
        try {
          written = withSettings(text, { TOKEN: typed });
        } catch (error) {
          assert.match(String(error), /cannot be written into \.env/);
          assert.ok(
            /[\r\n]/.test(typed) ||
              ["'", '"', '`'].filter((mark) => typed.includes(mark)).length >= 2,
          );
          return;
        }
        assert.deepEqual({ ...parseEnv(written) }, { OTHER: '1', TOKEN: typed });
      }),
      { numRuns: 2_000 },
    );
  });
});
