/** Files with secrets that setup writes are not readable by other accounts of the machine. */
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeText } from '../../src/setup/installation-files.ts';

test('secrets are not written into a file that everybody may read', {
  skip: process.platform === 'win32',
}, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'setup-files-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const mode of [0o644, 0o666, 0o640, 0o600]) {
    writeFileSync(join(folder, '.env'), 'A=1\n');
    chmodSync(join(folder, '.env'), mode);
    writeText(folder, '.env', 'A=2\n', 0o600);
    assert.equal(statSync(join(folder, '.env')).mode & 0o777, mode & 0o770);
  }
});
