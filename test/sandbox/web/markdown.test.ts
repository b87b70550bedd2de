import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMarkdown } from '../../../sandbox/web/text/markdown.ts';

const words = (text: string) => ({ kind: 'text', text }) as const;

test('a markdown block has headings, lists, rules, fences and inline marks', () => {
  assert.deepEqual(parseMarkdown('## A\n- **b**\n- [c](https://x.example)\n---\n```\nd\n```'), [
    { kind: 'heading', level: 2, children: [words('A')] },
    {
      kind: 'list',
      ordered: false,
      start: 1,
      indent: 0,
      items: [
        [{ kind: 'bold', children: [words('b')] }],
        [{ kind: 'link', url: 'https://x.example', children: [words('c')] }],
      ],
    },
    { kind: 'rule' },
    { kind: 'pre', children: [words('d')] },
  ]);
});

test('a table has a head and rows', () => {
  assert.deepEqual(parseMarkdown('| a | b |\n|---|:-:|\n| 1 | *2* |'), [
    {
      kind: 'grid',
      head: [[words('a')], [words('b')]],
      rows: [[[words('1')], [{ kind: 'italic', children: [words('2')] }]]],
    },
  ]);
});

test('an ordered list keeps its first number', () => {
  const [list] = parseMarkdown('3. a\n4. b');
  assert.ok(list?.kind === 'list' && list.ordered);
  assert.equal(list.start, 3);
  assert.equal(list.items.length, 2);
});

test('HTML and dangerous links stay text', () => {
  assert.deepEqual(parseMarkdown('<b>x</b> [y](javascript:alert(1))'), [
    { kind: 'paragraph', children: [words('<b>x</b> [y](javascript:alert(1))')] },
  ]);
});
