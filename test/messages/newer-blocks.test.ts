/** Newer blocks stay within Slack's limits whatever people have typed, and the older blocks have the same content. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DataTableBlock } from '@slack/types';
import fc from 'fast-check';
import { viewProblems } from '../../sandbox/slack/blocks/validate.ts';
import { dataTable, inOlderBlocks, warning } from '../../src/messages/newer-blocks.ts';
import { post } from '../../src/messages/post.ts';
import { assertSlackTakes, read } from './slack-takes.ts';
import { anyText } from './view-models.ts';

const head = ['Rows', 'What to correct'];
const tableOf = (rows: readonly (readonly string[])[]): DataTableBlock | null =>
  dataTable({ blockId: 'causes', caption: (shown) => `The first ${shown}`, head, rows });
const postOf = (table: DataTableBlock) =>
  post({ key: 'k', to: { channel: 'C1' }, blocks: [table] });

describe('a data table', () => {
  test('is taken by Slack, and so are the older blocks, whatever is in its cells', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anyText(400), { maxLength: 3 }), { maxLength: 150 }),
        (rows) => {
          const table = tableOf(rows);
          if (!table) return assert.equal(rows.length, 0);
          assertSlackTakes(postOf(table));
          assertSlackTakes(post({ ...postOf(table), blocks: inOlderBlocks([table]) }));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('holds a hundred rows at most, or as many as fit, and says how many', () => {
    const short = tableOf(Array.from({ length: 300 }, (_, row) => [String(row), 'taken']));
    assert.deepEqual([short?.rows.length, short?.caption], [101, 'The first 100']);
    const long = tableOf(Array.from({ length: 300 }, (_, row) => [String(row), 'x'.repeat(290)]));
    assert.ok(long && long.rows.length < 35 && long.rows.length > 25, String(long?.rows.length));
    assert.equal(long.caption, `The first ${long.rows.length - 1}`);
  });

  test('mentions nobody in the text for notifications', () => {
    const table = tableOf([['<!channel>', '<@U0ARI> & co']]);
    assert.ok(table);
    assert.equal(postOf(table).text, 'The first 1\n&lt;!channel&gt; · &lt;@U0ARI&gt; &amp; co');
  });

  test('is its first rows, one a line, where the workspace does not know it', () => {
    const rows = Array.from({ length: 9 }, (_, row) => [`Row ${row + 2}`, `cause ${row}`, '']);
    const table = tableOf(rows);
    assert.ok(table);
    const older = read(inOlderBlocks([table])).split('\n');
    assert.equal(older.length, 8);
    assert.deepEqual(older.slice(0, 2), ['The first 9', 'Row 2 · cause 0']);
    assert.equal(older.at(-1), '… and 3 more.');
  });
});

describe('a warning in a modal', () => {
  const view = (words: string, older = false) => {
    const blocks = [warning('quota', words)];
    return {
      type: 'modal',
      title: { type: 'plain_text', text: 'Rows' },
      blocks: older ? inOlderBlocks(blocks) : blocks,
    };
  };

  test('is an alert, and small text where the words are too many or the workspace is older', () => {
    const typeOf = (words: string, older = false) => view(words, older).blocks[0]?.type;
    assert.equal(typeOf('The quota is used up.'), 'alert');
    assert.equal(typeOf('x'.repeat(201)), 'context');
    assert.equal(typeOf('The quota is used up.', true), 'context');
    for (const words of ['a', 'x'.repeat(200), 'x'.repeat(201)]) {
      assert.deepEqual(viewProblems(view(words), 'modal'), []);
      assert.deepEqual(viewProblems(view(words, true), 'modal'), []);
    }
  });
});
