/** A file's card and offer show which part of the file was read, how it was read, and what was left out. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { strFromU8, strToU8, zipSync } from 'fflate';
import { fileViewModelOf } from '../../src/doctor/blocks/block-samples.ts';
import { fileCard } from '../../src/messages/files/file-card.ts';
import { fileOffer } from '../../src/messages/files/file-offer.ts';
import type { FileViewModel } from '../../src/messages/files/file-view-model.ts';
import { whatWasRead } from '../../src/users/files/check/describe-source.ts';
import { fileResult } from '../../src/users/files/file-result.ts';
import { checkFile } from '../files/tables.ts';
import { lines as csvLines, inEncoding, person, titles } from '../files/wild/wild-file.ts';
import { workbookParts } from '../files/workbook-writing.ts';
import { managed } from '../users/fixtures.ts';
import { read } from './slack-takes.ts';
import { everyState, viewModelOf } from './view-models.ts';

async function messagesOf(bytes: Uint8Array, more = 0) {
  const { result } = fileResult(await checkFile(bytes, managed, 'users'));
  const view = (state: FileViewModel): FileViewModel => ({
    ...state,
    file: {
      ...state.file,
      summary: result.summary,
      read: whatWasRead(result.layout),
      groups: [
        ...Array.from({ length: more }, (_, at) => ({
          where: `Row ${at + 20}`,
          sentence: 'Email: “x” is no email address.',
        })),
        ...result.groups,
      ],
    },
  });
  const linesOf = (blocks: Parameters<typeof read>[0]) => read(blocks).split('\n');
  return {
    card: linesOf(fileCard(view(fileViewModelOf(viewModelOf()))).blocks),
    offer: linesOf(fileOffer(view(fileViewModelOf(everyState.offered))).blocks),
  };
}

const header = titles.split(',');
const cells = (first: string, last: string, login: string) => person(first, last, login).split(',');

/** A workbook as contact centers use them: with a title, a filter, a hidden column, a total and older sheets. */
function keptWorkbook(): Uint8Array {
  const parts = workbookParts({
    sheets: [
      {
        name: 'November',
        rows: [
          ['New agents'],
          [...header, 'Cost center', 'mobile'],
          [...cells('Ann', 'Quinn', 'aquinn'), '12', '+442079460001'],
          [...cells('Ben', 'Quill', 'bquill'), '12', '+442079460002'],
          [...cells('Cy', 'Quest', 'cquest'), '12', '+442079460003'],
          ['Total', '3'],
        ],
      },
      {
        name: 'Costs',
        rows: [
          ['Month', 'Sum'],
          ['May', '12'],
        ],
      },
      { name: 'Leavers', rows: [header, cells('Old', 'Quote', 'oquote')], hidden: true },
    ],
  });
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    .replace('<sheetData>', '<cols><col min="8" max="8" hidden="1"/></cols><sheetData>')
    .replace('<row r="4"', '<row r="4" hidden="1"');
  return zipSync({ ...parts, 'xl/worksheets/sheet1.xml': strToU8(sheet) });
}

describe('a file that was read in part', () => {
  const notRead =
    'Not read sheet “Costs”, hidden sheet “Leavers”, row 1 (above the header), row 6 (total), row 4 (hidden), column “Cost center” and 1 more';

  test('names sheet, cells and what was left out on its card', async () => {
    const { card } = await messagesOf(keptWorkbook());
    assert.deepEqual(
      card.filter((line) => /^(?:Read|Not read|Users) /.test(line)),
      ['Users Ann Quinn (aquinn), Cy Quest (cquest)', 'Read sheet “November”, A2:H5', notRead],
    );
  });

  test('names them in its offer, in sentences where there are few', async () => {
    const { offer } = await messagesOf(
      csvLines(`${titles},Notes`, `${person('Ann', 'Quinn', 'aquinn')},x`, 'Total,1'),
    );
    assert.ok(
      offer.includes('Row 1 · Notes: The column “Notes” is unknown and is left out.'),
      offer.join('\n'),
    );
    assert.ok(
      offer.some((line) => /“Total” is a total/.test(line)),
      offer.join('\n'),
    );
    assert.ok(!offer.some((line) => line.startsWith('Not read')), offer.join('\n'));
  });

  test('names them in its offer, in short where there are many causes', async () => {
    const { offer } = await messagesOf(keptWorkbook(), 9);
    assert.ok(offer.includes('Read sheet “November”, A2:H5'), offer.join('\n'));
    assert.ok(offer.includes(notRead), offer.join('\n'));
  });
});

describe('a text file', () => {
  test('names an encoding that is not UTF-8, in offer and card', async () => {
    const text = [titles, person('太郎', '山田', 'tyamada'), person('花子', '鈴木', 'hsuzuki'), ''];
    const { card, offer } = await messagesOf(inEncoding('shift_jis', text.join('\r\n')));
    for (const said of [card, offer]) {
      assert.ok(said.includes('Read text in Japanese (Shift JIS)'), said.join('\n'));
    }
  });

  test('has no line about its encoding when it was read as UTF-8 in full', async () => {
    const { card, offer } = await messagesOf(csvLines(titles, person('Zoë', 'Quinn', 'zquinn')));
    for (const said of [card, offer]) {
      assert.ok(!said.some((line) => /^(?:Read|Not read) /.test(line)), said.join('\n'));
    }
  });
});
