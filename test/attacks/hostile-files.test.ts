/** No file costs its reader more than a list of users does. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFile, refusalOf } from '../files/tables.ts';
import { managed } from '../users/fixtures.ts';
import { hostileFiles } from './hostile-files.ts';

describe('a small file that expands to a large one', () => {
  for (const file of hostileFiles(1_000)) {
    const { refused } = file;
    if (refused) {
      it(`${file.about} is refused in one clear sentence`, async () => {
        const refusal = await refusalOf(file.bytes(), file.name);
        assert.equal(refusal.code, refused, refusal.text);
      });
    } else {
      it(`${file.about} is checked, and no row of it is right`, async () => {
        const checked = await checkFile(file.bytes(), managed, file.name);
        assert.equal(checked.counts.good, 0);
        const letters = JSON.stringify(checked.rows[0]?.draft).length;
        assert.ok(letters < 5_000, `a row became ${letters} letters`);
      });
    }
  }

  it('says which cell is too long', async () => {
    const [file] = hostileFiles(1);
    assert.ok(file);
    const { text } = await refusalOf(file.bytes(), file.name);
    assert.match(text, /row 2 under “first name” has more than 1000 characters/);
  });
});
