import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTable } from '../../../../src/users/files/read/read-table.ts';
import { standardLimits } from '../../../../src/users/files/table/file-limits.ts';
import { FileQuestionError } from '../../../../src/users/files/table/file-question.ts';
import type { Dialect } from '../../../../src/users/files/table/table.ts';
import { csvBytes, encoded } from '../../../files/csv-writing.ts';
import { header, text, userRow } from '../../../files/tables.ts';

const read = (content: string | Uint8Array) =>
  readTable(typeof content === 'string' ? text(content) : content, 'users.csv');
const cellsOf = async (content: string | Uint8Array) =>
  (await read(content)).rows.map((row) => row.cells);
const numbersOf = async (content: string) => (await read(content)).rows.map((row) => row.number);

const dialects: readonly Dialect[] = ([',', ';', '\t'] as const).flatMap((delimiter) =>
  (['\r\n', '\n', '\r'] as const).flatMap((eol) => [
    { delimiter, eol, encoding: 'utf-8' as const, bom: true },
    { delimiter, eol, encoding: 'utf-8' as const, bom: false },
    { delimiter, eol, encoding: 'utf-16le' as const, bom: true },
    { delimiter, eol, encoding: 'utf-16be' as const, bom: true },
    { delimiter, eol, encoding: 'utf-16le' as const, bom: false },
    { delimiter, eol, encoding: 'utf-16be' as const, bom: false },
    { delimiter, eol, encoding: 'windows-1252' as const, bom: false },
  ]),
);

describe('a CSV file', () => {
  const rows = [
    userRow('one', { first: 'Jörg', last: 'Groß, "der" Große; \t' }),
    userRow('two', { last: 'a\nb' }),
  ];
  for (const dialect of dialects) {
    const { encoding, bom, delimiter, eol } = dialect;
    it(`reads ${encoding}${bom ? ' with its mark' : ''}, ${JSON.stringify(delimiter + eol)}, and knows which it was`, async () => {
      const table = await read(csvBytes([header, ...rows], dialect));
      assert.deepEqual(table.headers, header);
      assert.deepEqual(
        table.rows.map((row) => row.cells),
        rows,
      );
      assert.deepEqual(table.dialect, dialect);
    });
  }

  it('reads the characters that only Windows-1252 has, once that encoding is chosen', async () => {
    const bytes = Buffer.concat([text('name,b\n'), Uint8Array.of(0x80, 0x8a, 0xe4, 0x2c, 0x78)]);
    await assert.rejects(cellsOf(bytes), FileQuestionError);
    const choices = { encoding: 'windows-1252' };
    const { rows } = await readTable(bytes, 'users.csv', standardLimits, choices);
    assert.deepEqual(
      rows.map((row) => row.cells),
      [['€Šä', 'x']],
    );
  });

  it('stays UTF-8 when a single character is invalid', async () => {
    const bytes = Buffer.concat([text('Ä,Ö\nÜä,'), Uint8Array.of(0xff), text('x\n')]);
    assert.deepEqual(await cellsOf(bytes), [['Üä', '\uFFFDx']]);
  });

  it('stays UTF-8 when its only non-ASCII character is a replacement character', async () => {
    assert.deepEqual(await cellsOf('a,b\nM\uFFFDller,x\n'), [['M\uFFFDller', 'x']]);
  });

  it('numbers rows as a spreadsheet does: blank lines count, breaks within cells do not', async () => {
    assert.deepEqual(await numbersOf('\n\na,b\n\n1,2\n"3\n\n\n3",4\n,\n5,6'), [5, 6, 8]);
    assert.deepEqual(await numbersOf('\r\na,b\r\n"1\r\n",2\r\n3,4\r\n'), [3, 4]);
  });

  it('reads a “sep=” line as Excel does', async () => {
    const table = await read('sep=;\r\na;b,c,d,e\r\n1;2\r\n');
    assert.deepEqual([table.headers, table.headerRow], [['a', 'b,c,d,e'], 2]);
    assert.deepEqual(await cellsOf('sep=\t\na\tb\n1\t2\n'), [['1', '2']]);
  });

  it('finds the delimiter by the columns that are known, not by counting', async () => {
    const table = await read('first name;notes, long, and, many, more\nMary;1,5\n');
    assert.deepEqual(table.headers, ['first name', 'notes, long, and, many, more']);
  });

  it('reads quotation marks as spreadsheets do', async () => {
    assert.deepEqual(await cellsOf('a,b,c\n"x""y","",""""\n'), [['x"y', '', '"']]);
    assert.deepEqual(await cellsOf('a,b\n  "x, y"  ,2\n'), [['x, y', '2']]);
    assert.deepEqual(await cellsOf('a,b\n5" screen,"x" y\n'), [['5" screen', 'x y']]);
    assert.deepEqual(await cellsOf('a,b\n"1",'), [['1', '']]);
  });

  it('keeps surrounding spaces and everything else of a cell, as only the check knows what they mean', async () => {
    assert.deepEqual(await cellsOf('a,b\n x ,\u00A0y\u200B\n'), [[' x ', '\u00A0y\u200B']]);
  });

  it('takes the apostrophe off that guards a formula, but never touches a password', async () => {
    const rows = await cellsOf("first name,password\n'=1+1,'=1+1\n'Ann,'+49\n");
    assert.deepEqual(rows, [
      ['=1+1', "'=1+1"],
      ["'Ann", "'+49"],
    ]);
  });

  it('drops empty headers only at the end of the header row', async () => {
    const table = await read('a,,b,,\n1,2,3,,\n');
    assert.deepEqual(table.headers, ['a', '', 'b']);
    assert.equal(table.rows[0]?.problems, undefined);
  });

  it('says of each row whether cells are missing or too many, fitted to the header', async () => {
    const { rows } = await read('a,b,c\n1\n1,2,3,4\n1,2,3, ,\n');
    assert.deepEqual(
      rows.map((row) => [row.cells, row.problems?.map((problem) => problem.problem.code)]),
      [
        [['1', '', ''], ['row.cells-few']],
        [['1', '2', '3'], ['row.cells-many']],
        [['1', '2', '3'], undefined],
      ],
    );
  });

  it('is recognized as UTF-16 without a byte order mark in non-Western scripts', async () => {
    const content = `first name,last name\n${'Иван,Петров\nмарія,Коваль\n'.repeat(80)}`;
    for (const encoding of ['utf-16le', 'utf-16be'] as const) {
      const table = await read(encoded(content, { encoding, bom: false }));
      assert.deepEqual(table.headers, ['first name', 'last name']);
      assert.deepEqual([table.rows.length, table.rows[1]?.cells], [160, ['марія', 'Коваль']]);
    }
  });

  it('is not taken for UTF-16 because of characters of other scripts', async () => {
    const cells = [['Иван', 'محمد', '李']];
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
      const bytes = encoded('a,b,c\nИван,محمد,李\n', { encoding, bom: encoding !== 'utf-8' });
      assert.deepEqual(await cellsOf(bytes), cells);
    }
  });
});
