import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  readShorthand,
  ShorthandError,
  type ShorthandValue,
} from '../../../src/users/pasted/shorthand.ts';

/** As plain objects, so that deepEqual can compare them with literals. */
const read = (text: string): unknown => JSON.parse(JSON.stringify(readShorthand(text)));

describe('shorthand syntax', () => {
  // The notations in AWS's guide: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html
  for (const [text, value] of [
    ['FirstName=Mary,LastName=Major', { FirstName: 'Mary', LastName: 'Major' }],
    [
      'FirstName=Mary Ann, LastName=van der Berg',
      { FirstName: 'Mary Ann', LastName: 'van der Berg' },
    ],
    ['a=\'x, y\',b="p=q"', { a: 'x, y', b: 'p=q' }],
    ["a='it\\'s'", { a: "it's" }],
    ['a=', { a: '' }],
    ['a=1,2,3,b=x', { a: ['1', '2', '3'], b: 'x' }],
    ['a=[1,2],b=[]', { a: ['1', '2'], b: [] }],
    ['a=[{b=1},{b=2}]', { a: [{ b: '1' }, { b: '2' }] }],
    [
      'Channel=VOICE,AfterContactWorkConfig={AfterContactWorkTimeLimit=30}',
      { Channel: 'VOICE', AfterContactWorkConfig: { AfterContactWorkTimeLimit: '30' } },
    ],
    ['a={b={c=1,d=2}},e=3', { a: { b: { c: '1', d: '2' } }, e: '3' }],
    ['a=x=y', { a: 'x=y' }],
    ['a=x,', { a: ['x', ''] }],
    ['aws:tag/x=1', { 'aws:tag/x': '1' }],
    ['__proto__=1', JSON.parse('{"__proto__":"1"}')],
  ] as const) {
    test(text, () => assert.deepEqual(read(text), value));
  }

  for (const [text, expected, near] of [
    ['', 'a name', ''],
    ['FirstName', '“=”', ''],
    ['a={b=1', '“}”', ''],
    ['a=[1,2', '“]”', ''],
    ["a='x", "a closing '", ''],
    ['a=1,b=2}', 'a comma', '}'],
    ['a=1,a=2', 'only one “a”', '2'],
    ['=1', 'a name', '=1'],
  ] as const) {
    test(`breaks off: ${JSON.stringify(text)}`, () => {
      assert.throws(
        () => readShorthand(text),
        (error: unknown) =>
          error instanceof ShorthandError && error.expected === expected && error.near === near,
      );
    });
  }

  test('gives back whatever was written in it', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,8}$/);
    const { value } = fc.letrec<{ value: ShorthandValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string({ maxLength: 12 }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    const write = (written: ShorthandValue): string => {
      if (typeof written === 'string') return `"${written.replace(/["\\]/g, '\\$&')}"`;
      return Array.isArray(written) ? `[${written.map(write).join(',')}]` : `{${pairs(written)}}`;
    };
    const pairs = (members: { [name: string]: ShorthandValue }) =>
      Object.entries(members)
        .map(([key, member]) => `${key}=${write(member)}`)
        .join(',');
    fc.assert(
      fc.property(
        fc.dictionary(name, value, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
        (members) => assert.deepEqual(read(pairs(members)), JSON.parse(JSON.stringify(members))),
      ),
      { numRuns: 500 },
    );
  });

  test('reads or refuses any text within a short time', () => {
    const piece = fc.constantFrom(
      'a',
      '=',
      ',',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '\\',
      ' ',
      'b',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        try {
          readShorthand(pieces.join(''));
        } catch (error) {
          assert.ok(error instanceof ShorthandError);
        }
      }),
      { numRuns: 2_000 },
    );
    assert.throws(() => readShorthand(`a=${'{a='.repeat(6_000)}`), ShorthandError);
    assert.throws(() => readShorthand(`a=${'['.repeat(19_000)}`), ShorthandError);
    assert.equal(readShorthand(`a=${'x,'.repeat(9_000)}`).a?.length, 9_001);
  });
});
