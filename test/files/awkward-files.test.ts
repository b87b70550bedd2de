/** Every awkward file against what it should come to. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { awkwardFiles } from './awkward-files.ts';
import { checkFile, lines, refusalOf } from './tables.ts';

describe('an awkward file', () => {
  for (const file of awkwardFiles) {
    if ('refused' in file) {
      it(`${file.about} is refused in one clear sentence (${file.refused})`, async () => {
        const refusal = await refusalOf(file.bytes(), file.name);
        assert.equal(refusal.code, file.refused, refusal.text);
        assert.match(refusal.text, file.says ?? /^\P{Cc}{10,400}$/u);
      });
    } else {
      it(`${file.about}: ${file.good} can be asked for`, async () => {
        const checked = await checkFile(file.bytes());
        assert.deepEqual(lines(checked), file.findings);
        assert.equal(checked.counts.good, file.good);
      });
    }
  }
});
