/** H6: no cell of a file that the bot sends becomes a formula, whichever separator a spreadsheet is set to. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readTable } from '../../src/users/files/read/read-table.ts';
import { createReportWriter } from '../../src/users/files/report/write-report.ts';
import type { Delimiter } from '../../src/users/files/table/table.ts';
import { header, userRow } from '../files/tables.ts';

const separators: readonly Delimiter[] = [',', ';', '\t'];

function reportOf(cell: string, delimiter: Delimiter): Uint8Array {
  const dialect = { delimiter, encoding: 'utf-8', bom: false, eol: '\r\n' } as const;
  const report = createReportWriter({ headers: header, dialect });
  report.add({ cells: userRow('one', { first: cell }) }, { status: 'invalid', problem: cell });
  return Buffer.concat(report.parts());
}

/** The cells that a spreadsheet with this separator reads: with quotation marks, and without them. */
function cellsSeenWith(separator: Delimiter, bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  return [...cellsOf(text, separator), ...text.split(new RegExp(`[${separator}"\\r\\n]`))];
}

/** As lenient as a spreadsheet: an open quotation mark closes at the end of the file. */
function cellsOf(text: string, separator: Delimiter): string[] {
  const cells: string[] = [];
  const ends = new RegExp(`[${separator}\\r\\n]`);
  for (let rest = text; rest !== ''; ) {
    const quoted = /^"((?:[^"]|"")*)(?:"|$)/.exec(rest);
    const after = quoted ? rest.slice(quoted[0].length) : rest;
    const end = after.search(ends);
    const plain = end < 0 ? after : after.slice(0, end);
    cells.push((quoted?.[1] ?? '').replaceAll('""', '"') + plain);
    rest = end < 0 ? '' : after.slice(end + 1);
  }
  return cells;
}

const isFormula = (cell: string) => /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell.trimStart());

const attacks = [
  `x;=cmd|'/c calc'!A1;y`,
  `x,=cmd|'/c calc'!A1,y`,
  'x\t=1+1\ty',
  'x;"=1+1";y',
  'x\r\n=1+1',
  'x; \u00A0=1+1',
  `x;'=1+1`,
  '";=1+1;"',
  'x;\uFF1D1+1',
];

describe('a report in any dialect, opened with any separator', () => {
  for (const attack of attacks) {
    it(`makes no formula of ${JSON.stringify(attack)}`, async () => {
      for (const written of separators) {
        const report = reportOf(attack, written);
        for (const opened of separators) {
          const formulas = cellsSeenWith(opened, report).filter(isFormula);
          assert.deepEqual(formulas, [], `written with “${written}”, opened with “${opened}”`);
        }
        const back = await readTable(report, 'report.csv');
        assert.equal(back.rows[0]?.cells[0], attack, 'and is read back as it was');
      }
    });
  }

  it('makes no formula of any text', () => {
    const unit = fc.constantFrom(...';,\t\r\n"\' =+-@|a1\uFF1D'.split(''));
    fc.assert(
      fc.property(
        fc.string({ unit, maxLength: 12 }),
        fc.constantFrom(...separators),
        fc.constantFrom(...separators),
        (cell, written, opened) => {
          assert.deepEqual(cellsSeenWith(opened, reportOf(cell, written)).filter(isFormula), []);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
