import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { strFromU8, strToU8, zipSync } from 'fflate';
import { readTable } from '../../../src/users/files/read/read-table.ts';
import {
  formula,
  number,
  shared,
  sheetOf,
  truth,
  type WrittenCell,
  workbookBytes,
  workbookParts,
} from '../../files/workbook-writing.ts';

const read = (bytes: Uint8Array) => readTable(bytes, 'users.xlsx');
const cellsOf = async (bytes: Uint8Array) => (await read(bytes)).rows.map((row) => row.cells);

/** The visible text of one cell with this number format. */
async function seen(cell: WrittenCell, format: number | string = 0, date1904 = false) {
  const rows = [['a'], [cell]];
  const table = await read(
    workbookBytes({ sheets: [{ name: 'S', rows }], formats: [format], date1904 }),
  );
  return table.rows[0]?.cells[0];
}

describe('a workbook', () => {
  it('is read from its first sheet', async () => {
    const sheets = [
      {
        name: 'People',
        rows: [
          ['a', 'b'],
          ['1', '2'],
        ],
      },
      { name: 'Other', rows: [['x'], ['y']] },
    ];
    const table = await read(workbookBytes({ sheets }));
    assert.equal(table.kind, 'xlsx');
    assert.deepEqual([table.headers, table.headerRow], [['a', 'b'], 1]);
    assert.deepEqual(table.rows, [{ number: 2, cells: ['1', '2'] }]);
  });

  it('is read from the sheet named Users, in any case and at any position', async () => {
    const sheets = [
      { name: 'Read me', rows: [['x'], ['y']] },
      { name: ' USERS', rows: [['a'], ['1']] },
    ];
    assert.deepEqual(await cellsOf(workbookBytes({ sheets })), [['1']]);
  });

  it('is not read from a hidden sheet while there is another', async () => {
    const sheets = [
      { name: 'Lists', hidden: true, rows: [['x'], ['y']] },
      { name: 'Sheet2', rows: [['a'], ['1']] },
    ];
    assert.deepEqual(await cellsOf(workbookBytes({ sheets })), [['1']]);
  });

  it('keeps the numbers of its rows over those that are missing or blank', async () => {
    const table = await read(sheetOf([undefined, ['a', 'b'], undefined, ['1'], ['  '], ['', '2']]));
    assert.equal(table.headerRow, 2);
    assert.deepEqual(table.rows, [
      { number: 4, cells: ['1', ''] },
      { number: 6, cells: ['', '2'] },
    ]);
  });

  it('reads shared texts with their formatting dropped and pronunciation left out', async () => {
    const sharedStrings = [
      '<t>a</t>',
      '<r><t xml:space="preserve">Ma </t></r><r><rPr><b/></rPr><t>ry</t></r>',
      '<t>東京</t><rPh sb="0" eb="1"><t>トウキョウ</t></rPh>',
      '<t>x_x000A_y &amp; z</t>',
    ];
    const rows = [[shared(0)], [shared(1)], [shared(2)], [shared(3)]];
    const bytes = workbookBytes({ sheets: [{ name: 'S', rows }], sharedStrings });
    assert.deepEqual(await cellsOf(bytes), [['Ma ry'], ['東京'], ['x\ny & z']]);
  });

  it('shows numbers with all their digits, so that a phone number stays one', async () => {
    assert.equal(await seen(number(4915112345678)), '4915112345678');
    assert.equal(await seen(number('4.915112345678E12', 1)), '4915112345678');
    assert.equal(await seen(number('0.30000000000000004')), '0.3');
    assert.equal(await seen(number(-60)), '-60');
    assert.equal(await seen(number('60.0')), '60');
  });

  it('shows numbers in the format of their cell', async () => {
    assert.equal(await seen(number(7, 1), '00000'), '00007');
    assert.equal(await seen(number(1234.5, 1), '#,##0.00'), '1,234.50');
    assert.equal(await seen(number(0.25, 1), 9), '25%');
    assert.equal(await seen(number(12, 1), '@'), '12');
    assert.equal(await seen(number(12, 1), '0" s"'), '12 s');
  });

  it('shows dates in the format of their cell, from either beginning of time', async () => {
    assert.equal(await seen(number(45_996, 1), 'yyyy\\-mm\\-dd'), '2025-12-05');
    assert.equal(await seen(number(45_996 - 1_462, 1), 'dd.mm.yyyy', true), '05.12.2025');
    assert.match((await seen(number(45_996, 1), 14)) ?? '', /^(?:12\/5\/(?:20)?25|12-05-25)$/);
    assert.equal(await seen(number(0.75, 1), 'hh:mm'), '18:00');
  });

  it('shows the number itself where its format makes no sense', async () => {
    assert.equal(await seen(number(5, 1), '"'), '5');
    assert.equal(await seen(number(5, 1), '0'.repeat(300)), '5');
    assert.equal(await seen(number(5, 7)), '5');
  });

  it('reads formulas by the value that was saved with them', async () => {
    assert.equal(await seen(formula('LOWER(A9)', 'mary')), 'mary');
    assert.equal(await seen({ xml: (at) => `<c r="${at}"><f>6*7</f><v>42</v></c>` }), '42');
  });

  it('reads yes and no, and the newer form of dates', async () => {
    assert.equal(await seen(truth(true)), 'TRUE');
    assert.equal(await seen(truth(false)), 'FALSE');
    const iso: WrittenCell = { xml: (at) => `<c r="${at}" t="d"><v>2025-12-05</v></c>` };
    assert.equal(await seen(iso), '2025-12-05');
  });

  it('reads cells and rows without a reference, and columns beyond Z', async () => {
    const bare: WrittenCell = { xml: () => '<c><v>1</v></c>' };
    assert.deepEqual(
      await cellsOf(
        sheetOf([
          ['a', 'b'],
          [bare, bare],
        ]),
      ),
      [['1', '1']],
    );
    const wide = Array.from({ length: 60 }, (_, at) => `h${at}`);
    const table = await read(sheetOf([wide, wide]));
    assert.deepEqual(table.rows[0]?.cells, wide);
  });

  it('reads names with prefixes, as other programs than Excel write them', async () => {
    const parts = workbookParts({ sheets: [{ name: 'S', rows: [['a'], ['1']] }] });
    const name = 'xl/worksheets/sheet1.xml';
    const xml = strFromU8(parts[name] ?? new Uint8Array())
      .replaceAll(/<(\/?)(?=[a-z])/g, '<$1x:')
      .replace('xmlns=', 'xmlns:x=');
    assert.match(xml, /<x:row/);
    assert.deepEqual(await cellsOf(zipSync({ ...parts, [name]: strToU8(xml) })), [['1']]);
  });

  it('has cells beyond the header only where something is in them', async () => {
    const { rows } = await read(
      sheetOf([
        ['a', 'b'],
        ['1', '2', ' '],
        ['1', '2', '', '4'],
      ]),
    );
    assert.deepEqual(
      rows.map((row) => row.problems?.map((problem) => problem.problem)),
      [undefined, [{ code: 'row.cells-many', params: { count: 4, expected: 2 } }]],
    );
  });

  it('refuses a cell in a column far beyond those of any table of users', async () => {
    const far: WrittenCell = { xml: () => '<c r="XFD2"><v>1</v></c>' };
    await assert.rejects(read(sheetOf([['a'], [far]])), /more than 100 columns/);
  });
});
