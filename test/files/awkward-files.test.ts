/** Checks every irregular file against its expected result. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jsons } from './awkward/json.ts';
import { otherKinds } from './awkward/other-kinds.ts';
import { columns, rows } from './awkward/rows.ts';
import { floods, sizes } from './awkward/sizes.ts';
import { workbooks } from './awkward/workbooks.ts';
import { checkFile, lines, refusalOf } from './tables.ts';

const all = [...otherKinds, ...sizes, ...floods, ...columns, ...rows, ...workbooks, ...jsons];

describe('an awkward file', () => {
  for (const file of all) {
    if ('refused' in file) {
      it(`${file.about} is refused in one clear sentence (${file.refused})`, async () => {
        const refusal = await refusalOf(file.bytes(), file.name);
        assert.equal(refusal.code, file.refused, refusal.text);
        assert.match(refusal.text, file.says ?? /^\P{Cc}{10,400}$/u);
      });
    } else {
      it(`${file.about}: ${file.good} can be requested`, async () => {
        const checked = await checkFile(file.bytes());
        assert.deepEqual(lines(checked), file.findings);
        assert.equal(checked.counts.good, file.good);
      });
    }
  }
});
