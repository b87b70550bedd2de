import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ProblemError } from '../../../src/errors/problem.ts';
import { asTyped, shellWords } from '../../../src/users/pasted/shell-words.ts';

describe('words of a command', () => {
  for (const [command, words] of [
    ['a  b\tc', ['a', 'b', 'c']],
    [`a 'b c' "d e"`, ['a', 'b c', 'd e']],
    [`a\\ b 'it'\\''s'`, ['a b', "it's"]],
    [`"a \\" \\\\ \\n"`, ['a " \\ \\n']],
    [`'' ""`, ['', '']],
    ['a \\\n  b \\ \r\n c', ['a', 'b', 'c']],
    ['a ^\r\n b `\n c', ['a', 'b', 'c']],
    ['“a b” ‘c d’ “e"', ['a b', 'c d', 'e']],
    ['—username Mary –tags', ['--username', 'Mary', '--tags']],
    ['a="b c"d', ['a=b cd']],
  ] as const) {
    test(JSON.stringify(command), () => assert.deepEqual(shellWords(command), words));
  }

  test('are those that sh makes of them', { skip: process.platform === 'win32' }, () => {
    const piece = fc.constantFrom('a', 'B', ' ', '  ', "'", '"', '\\', '=', ',', '{', 'é', '/');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const command = pieces.join('');
        let words: string[];
        try {
          words = shellWords(command);
        } catch (error) {
          assert.ok(error instanceof ProblemError);
          const { status } = spawnSync('sh', ['-n', '-c', `: ${command}`]);
          assert.notEqual(status, 0, 'sh refuses what has an open quotation mark as well');
          return;
        }
        if (command.endsWith('\\')) return;
        const script = `for word in ${command}\ndo printf '%s\\0' "$word"; done`;
        const printed = execFileSync('sh', ['-c', words.length === 0 ? ':' : script]);
        assert.deepEqual(printed.toString().split('\0').slice(0, -1), words);
      }),
      { numRuns: 150 },
    );
  });

  test('an open quotation mark is named by its option, never by what follows', () => {
    for (const command of [`--password 'Pass@Word1`, `--password=Pass'Word1`, `--password Pa"ss`]) {
      assert.throws(
        () => shellWords(command),
        (error: unknown) =>
          error instanceof ProblemError &&
          error.problem.code === 'paste.open-quote' &&
          error.message.includes('“--password”') &&
          !/Pass|ss@|Word|“ss/.test(error.message),
      );
    }
  });
});

test('Slack’s changes to a pasted command are undone', () => {
  assert.equal(
    asTyped('--tags a=1&amp;2,b=&lt;x&gt; Email=<mailto:mary@example.com|mary@example.com>'),
    '--tags a=1&2,b=<x> Email=mary@example.com',
  );
});
